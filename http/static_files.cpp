#include "http/static_files.hpp"

#include <array>
#include <fstream>

#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"

namespace suara::http {
namespace {

constexpr std::uintmax_t max_asset = 32u << 20;
constexpr std::size_t max_cache = 64u << 20;

std::string_view content_type(std::string_view path) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 14> types{{
      {".html", "text/html; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".json", "application/json"},
      {".map", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".wasm", "application/wasm"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".txt", "text/plain; charset=utf-8"},
  }};
  for (const auto& [ending, type] : types) {
    if (path.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

// Whether a list header such as Accept-Encoding or If-None-Match names the value; "gzip;q=0" does not count.
bool names(std::string_view list, std::string_view value) {
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    std::string_view item = list.substr(0, comma);
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);
    while (item.starts_with(' ')) item.remove_prefix(1);
    while (item.ends_with(' ')) item.remove_suffix(1);
    if (item.starts_with("W/")) item.remove_prefix(2);
    const std::string_view name = item.substr(0, item.find(';'));
    if (name == value) return item.find("q=0") == std::string_view::npos || item.find("q=0.") != std::string_view::npos;
  }
  return false;
}

}  // namespace

std::string content_tag(std::string_view content) {
  return '"' + crypto::to_hex(crypto::sha256(content).view()).substr(0, 32) + '"';
}

bool is_known(const Request& request, std::string_view tag) {
  const std::string_view known = request.header("if-none-match");
  return !known.empty() && (known == "*" || names(known, tag));
}

bool is_plain_path(std::string_view path) {
  constexpr std::string_view allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/";
  if (path.empty() || path.size() > 512 || path.find_first_not_of(allowed) != std::string_view::npos) return false;
  std::size_t begin = 0;
  while (begin <= path.size()) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    if (end == begin || path[begin] == '.') return false;
    begin = end + 1;
  }
  return true;
}

Result<std::string> read_file(const std::filesystem::path& file, std::uintmax_t max_size) {
  std::error_code code;
  const auto status = std::filesystem::status(file, code);
  if (code || !std::filesystem::is_regular_file(status)) {
    return fail(ErrorCode::not_found, "There is nothing at this address.");
  }
  const auto size = std::filesystem::file_size(file, code);
  if (code || size > max_size) return fail(ErrorCode::not_found, "There is nothing at this address.");
  std::string content(size, '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(content.data(), static_cast<std::streamsize>(size));
  if (!in || in.gcount() != static_cast<std::streamsize>(size)) {
    return fail(ErrorCode::not_found, "There is nothing at this address.");
  }
  return content;
}

Result<StaticFiles::Entry> StaticFiles::load(const std::string& path) {
  const auto file = folder_ / path;
  std::error_code code;
  const auto changed = std::filesystem::last_write_time(file, code);
  if (code) return fail(ErrorCode::not_found, "There is nothing at this address.");
  const auto size = std::filesystem::file_size(file, code);
  if (code) return fail(ErrorCode::not_found, "There is nothing at this address.");
  {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(path);
    if (found != entries_.end() && found->second.changed == changed && found->second.size == size) return found->second;
  }
  auto content = read_file(file, max_asset);
  if (!content) return fail(std::move(content.error()));
  Entry entry;
  entry.changed = changed;
  entry.size = size;
  entry.etag = content_tag(*content);
  entry.content = std::make_shared<const std::string>(std::move(*content));
  const std::lock_guard lock(mutex_);
  if (cached_bytes_ + entry.content->size() > max_cache) {
    entries_.clear();
    cached_bytes_ = 0;
  }
  const auto found = entries_.find(path);
  if (found != entries_.end()) cached_bytes_ -= found->second.content->size();
  cached_bytes_ += entry.content->size();
  entries_.insert_or_assign(path, entry);
  return entry;
}

Result<Response> StaticFiles::serve(const Request& request, std::string_view path) {
  if (!is_plain_path(path)) return fail(ErrorCode::not_found, "There is nothing at this address.");
  const std::string name(path);
  auto plain = load(name);
  if (!plain) return fail(std::move(plain.error()));
  Response response;
  response.content_type = content_type(path);
  Entry chosen = std::move(*plain);
  if (names(request.header("accept-encoding"), "gzip")) {
    // A compressed file older than its original is left over from another build.
    auto gzip = load(name + ".gz");
    if (gzip && gzip->changed >= chosen.changed) {
      chosen = std::move(*gzip);
      response.headers.emplace_back("Content-Encoding", "gzip");
    }
  }
  response.headers.emplace_back("Vary", "Accept-Encoding");
  response.headers.emplace_back("ETag", chosen.etag);
  // Names do not change with content, so a browser asks each time; mostly the answer is a short 304.
  response.headers.emplace_back("Cache-Control", "no-cache");
  if (is_known(request, chosen.etag)) {
    response.status = 304;
    return response;
  }
  response.body = chosen.content;
  return response;
}

}  // namespace suara::http
