#pragma once
#include <string>
#include <string_view>

namespace suara {

// The text as it stands in HTML, between tags or in a quoted attribute.
std::string escape_html(std::string_view text);

}  // namespace suara
