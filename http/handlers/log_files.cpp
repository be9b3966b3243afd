#include "http/handlers/log_files.hpp"

#include <mutex>
#include <unordered_map>

#include "core/log/tiles.hpp"
#include "http/open_file.hpp"
#include "http/static_files.hpp"

namespace suara::http {
namespace {

// A larger one is sent from the disk piece by piece.
constexpr std::uint64_t whole_in_memory = 256u << 10;
constexpr std::size_t max_recent = 64u << 20;

struct LogFile {
  std::string_view content_type;
  std::string_view caching;
  bool immutable = false;
};

// Full tiles and bundles that were sent lately, so that one that many ask for costs no more than a page. They never
// change. Thread-safe.
class RecentFiles {
 public:
  using Content = std::shared_ptr<const std::string>;
  Content find(const std::string& name) const {
    const std::lock_guard lock(mutex_);
    const auto found = files_.find(name);
    return found == files_.end() ? nullptr : found->second;
  }
  void keep(const std::string& name, const Content& content) {
    const std::lock_guard lock(mutex_);
    if (bytes_ + content->size() > max_recent) {
      files_.clear();
      bytes_ = 0;
    }
    if (files_.emplace(name, content).second) bytes_ += content->size();
  }

 private:
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Content> files_;
  std::size_t bytes_ = 0;
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

Result<Response> answer(const std::filesystem::path& folder, RecentFiles& recent, const Call& call) {
  const auto kind = log_file(call.rest);
  if (!kind)
    return fail(ErrorCode::not_found,
                "A log has checkpoint, checkpoint.witnessed, keys.json and tile/...; nothing else.");
  Response response;
  response.content_type = kind->content_type;
  response.headers.emplace_back("Cache-Control", kind->caching);
  const std::string name = kind->immutable ? call.uuid.value + '/' + call.rest : std::string();
  if (kind->immutable && (response.body = recent.find(name))) return response;
  auto file = OpenFile::open(folder / call.rest);
  if (!file) return fail(std::move(file.error()));
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
  if (kind->immutable) recent.keep(name, response.body);
  return response;
}

void allow_all_sites(Response& response) {
  response.headers.emplace_back("Access-Control-Allow-Origin", "*");
  response.headers.emplace_back("Access-Control-Expose-Headers", "ETag");
}

}  // namespace

Handler show_log_file(ledger::Publisher& publisher) {
  return at_once([&publisher, recent = std::make_shared<RecentFiles>()](const Call& call) -> Result<Response> {
    auto response = answer(publisher.folder(call.uuid), *recent, call);
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
