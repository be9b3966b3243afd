#pragma once
#include <string>

#include "http/handler.hpp"
#include "http/static_files.hpp"

namespace suara::http {

// One page for an address; what it shows it learns from the address in the browser.
Handler show_page(StaticFiles& pages, std::string file);
Handler show_asset(StaticFiles& pages);

}  // namespace suara::http
