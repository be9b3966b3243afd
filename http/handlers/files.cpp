#include "http/handlers/files.hpp"

#include "core/log/tiles.hpp"

namespace suara::http {
namespace {

struct LogFile {
  std::string content_type;
  std::string caching;
};

// Only the paths that a log has; anything else never reaches the disk.
std::optional<LogFile> log_file(std::string_view path) {
  if (path == "checkpoint") return LogFile{"text/plain; charset=utf-8", "no-cache"};
  if (path == "keys.json") return LogFile{"application/json", "no-cache"};
  const auto tile = log::parse_tile_path(path);
  if (!tile) return std::nullopt;
  const bool full = std::visit([](const auto& each) { return each.width == log::tile_width; }, *tile);
  // A partial tile of one width never changes either, but nobody asks for it again once it has grown.
  return LogFile{"application/octet-stream", full ? "public, max-age=31536000, immutable" : "public, max-age=60"};
}

}  // namespace

Handler show_page(StaticFiles& pages, std::string file) {
  return at_once([&pages, file = std::move(file)](const Call& call) { return pages.serve(call.request, file); });
}

Handler show_asset(StaticFiles& pages) {
  return at_once([&pages](const Call& call) -> Result<Response> {
    if (!is_plain_path(call.rest)) return fail(ErrorCode::not_found, "There is nothing at this address.");
    return pages.serve(call.request, "assets/" + call.rest);
  });
}

Handler show_log_file(ledger::Publisher& publisher) {
  return at_once([&publisher](const Call& call) -> Result<Response> {
    const auto kind = log_file(call.rest);
    if (!kind) return fail(ErrorCode::not_found, "A log has checkpoint, keys.json and tile/...; nothing else.");
    auto content = read_file(publisher.folder(call.uuid) / call.rest, log::max_bundle_size);
    if (!content) return fail(std::move(content.error()));
    Response response;
    response.content_type = kind->content_type;
    response.body = std::make_shared<const std::string>(std::move(*content));
    response.headers.emplace_back("Cache-Control", kind->caching);
    response.headers.emplace_back("Access-Control-Allow-Origin", "*");
    return response;
  });
}

}  // namespace suara::http
