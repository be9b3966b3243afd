#include "http/handlers/files.hpp"

namespace suara::http {

Handler show_page(StaticFiles& pages, std::string file) {
  return at_once([&pages, file = std::move(file)](const Call& call) { return pages.serve(call.request, file); });
}

Handler show_asset(StaticFiles& pages) {
  return at_once([&pages](const Call& call) -> Result<Response> {
    if (!is_plain_path(call.rest)) return fail(ErrorCode::not_found, "There is nothing at this address.");
    return pages.serve(call.request, "assets/" + call.rest);
  });
}

}  // namespace suara::http
