#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace suara::http {

// The pages and assets under one folder, kept in memory once read and read again when they change. Thread-safe;
// blocks on the disk.
class StaticFiles {
 public:
  explicit StaticFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // `path` relative to the folder, with / between plain names ([A-Za-z0-9._-], not beginning with a dot); any other
  // path is not_found. Answers If-None-Match with 304 and gives the `.gz` beside a file to those who take gzip.
  Result<Response> serve(const Request& request, std::string_view path);

 private:
  struct Entry {
    std::filesystem::file_time_type changed;
    std::uintmax_t size = 0;
    std::shared_ptr<const std::string> content;
    std::string etag;
  };
  Result<Entry> load(const std::string& path);

  const std::filesystem::path folder_;
  std::mutex mutex_;
  std::map<std::string, Entry> entries_;
  std::size_t cached_bytes_ = 0;
};

// A strong entity tag of this content, and whether the request's If-None-Match names it.
std::string content_tag(std::string_view content);
bool is_known(const Request& request, std::string_view tag);

// True for one or more names of the form above with / between them.
bool is_plain_path(std::string_view path);

// Reads a whole file. Error: not_found (missing, not a plain file, or larger than `max_size`).
Result<std::string> read_file(const std::filesystem::path& file, std::uintmax_t max_size);

}  // namespace suara::http
