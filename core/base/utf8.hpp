#pragma once
#include <string_view>

namespace suara {

// True where the bytes are well-formed UTF-8 (no surrogates, no overlong forms, at most U+10FFFF).
bool is_valid_utf8(std::string_view text);

}  // namespace suara
