#include "http/handlers/log_files.hpp"

#include "core/log/tiles.hpp"
#include "http/open_file.hpp"
#include "http/static_files.hpp"

namespace suara::http {
namespace {

// A larger one is sent from the disk piece by piece.
constexpr std::uint64_t whole_in_memory = 256u << 10;

struct LogFile {
  std::string_view content_type;
  std::string_view caching;
  bool immutable = false;
};

// Only the paths that a log has; anything else never reaches the disk.
std::optional<LogFile> log_file(std::string_view path) {
  if (path == "checkpoint" || path == "checkpoint.witnessed") return LogFile{"text/plain; charset=utf-8", "no-cache"};
  if (path == "keys.json") return LogFile{"application/json", "no-cache"};
  const auto tile = log::parse_tile_path(path);
  if (!tile) return std::nullopt;
  const bool full = std::visit([](const auto& each) { return each.width == log::tile_width; }, *tile);
  if (full) return LogFile{"application/octet-stream", "public, max-age=31536000, immutable", true};
  // A partial tile of one width never changes either, but nobody asks for it again once it has grown.
  return LogFile{"application/octet-stream", "public, max-age=60"};
}

Result<Response> answer(const std::filesystem::path& folder, const Call& call) {
  const auto kind = log_file(call.rest);
  if (!kind)
    return fail(ErrorCode::not_found,
                "A log has checkpoint, checkpoint.witnessed, keys.json and tile/...; nothing else.");
  auto file = OpenFile::open(folder / call.rest);
  if (!file) return fail(std::move(file.error()));
  Response response;
  response.content_type = kind->content_type;
  response.headers.emplace_back("Cache-Control", kind->caching);
  if (kind->immutable && (*file)->size() > whole_in_memory) {
    response.file = std::move(*file);
    return response;
  }
  if ((*file)->size() > log::max_bundle_size) return fail(ErrorCode::not_found, "There is nothing at this address.");
  std::string content((*file)->size(), '\0');
  if (!(*file)->read(0, content)) return fail(ErrorCode::not_found, "There is nothing at this address.");
  if (!kind->immutable) {
    const std::string tag = content_tag(content);
    response.headers.emplace_back("ETag", tag);
    if (is_known(call.request, tag)) {
      response.status = 304;
      return response;
    }
  }
  response.body = std::make_shared<const std::string>(std::move(content));
  return response;
}

void allow_all_sites(Response& response) {
  response.headers.emplace_back("Access-Control-Allow-Origin", "*");
  response.headers.emplace_back("Access-Control-Expose-Headers", "ETag");
}

}  // namespace

Handler show_log_file(ledger::Publisher& publisher) {
  return at_once([&publisher](const Call& call) -> Result<Response> {
    auto response = answer(publisher.folder(call.uuid), call);
    Response out = response ? std::move(*response) : error_response(response.error());
    allow_all_sites(out);
    return out;
  });
}

Handler allow_log_readers() {
  return at_once([](const Call&) -> Result<Response> {
    Response response;
    response.status = 204;
    response.headers.emplace_back("Access-Control-Allow-Methods", "GET, HEAD");
    response.headers.emplace_back("Access-Control-Allow-Headers", "If-None-Match");
    response.headers.emplace_back("Access-Control-Max-Age", "86400");
    allow_all_sites(response);
    return response;
  });
}

}  // namespace suara::http
