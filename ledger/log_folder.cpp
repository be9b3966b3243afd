#include "ledger/log_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <memory>

namespace suara::ledger {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> cannot(std::string_view verb, const fs::path& file, int number) {
  return fail(ErrorCode::internal, fmt::format("Cannot {} {}: {}.", verb, file.string(), std::strerror(number)));
}

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

// An error number, 0 where all went well.
int write_through(int fd, std::string_view content, bool durable) {
  std::unique_ptr<std::FILE, CloseFile> file(::fdopen(fd, "wb"));
  if (!file) {
    const int number = errno;
    ::close(fd);
    return number;
  }
  if (std::fwrite(content.data(), 1, content.size(), file.get()) != content.size()) return errno;
  if (std::fflush(file.get()) != 0) return errno;
  if (::fchmod(fd, 0644) != 0) return errno;
  if (durable && ::fsync(fd) != 0) return errno;
  return std::fclose(file.release()) == 0 ? 0 : errno;
}

}  // namespace

Result<void> LogFolder::write(std::string_view file, std::string_view content, Keep keep) const {
  const fs::path target = path_ / file;
  std::error_code error;
  fs::create_directories(target.parent_path(), error);
  if (error) return cannot("make the folder of", target, error.value());
  // A random name, so that processes that share the folder never write into each other's draft.
  std::string draft = (target.parent_path() / ".draft-XXXXXX").string();
  const int fd = ::mkostemp(draft.data(), O_CLOEXEC);
  if (fd < 0) return cannot("write", target, errno);
  int number = write_through(fd, content, keep == Keep::durable);
  if (number == 0 && ::rename(draft.c_str(), target.c_str()) != 0) number = errno;
  if (number == 0) return {};
  ::unlink(draft.c_str());
  return cannot("write", target, number);
}

Result<std::string> LogFolder::read(std::string_view file, std::size_t max_size) const {
  const fs::path source = path_ / file;
  std::error_code error;
  const auto size = fs::file_size(source, error);
  if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory)
    return fail(ErrorCode::not_found, fmt::format("There is no {}.", source.string()));
  if (error) return cannot("read", source, error.value());
  if (size > max_size) return fail(ErrorCode::too_large, fmt::format("{} is too large.", source.string()));
  std::ifstream in(source, std::ios::binary);
  std::string content(size, '\0');
  if (!in.read(content.data(), static_cast<std::streamsize>(size))) return cannot("read all of", source, EIO);
  return content;
}

void LogFolder::remove_partials(std::string_view full_file) const {
  std::error_code ignored;  // what stays is superseded and harmless
  fs::remove_all(path_ / (std::string(full_file) + ".p"), ignored);
}

Result<std::vector<Hash>> LogFolder::tile(const log::HashTile& tile) const {
  constexpr std::size_t max_size = log::tile_width * sizeof(Hash);
  auto bytes = read(tile_path(tile), max_size);
  if (bytes) return log::decode_tile(*bytes, tile.width);
  if (bytes.error().code != ErrorCode::not_found || tile.width == log::tile_width) return fail(bytes.error());
  bytes = read(tile_path(log::HashTile{tile.level, tile.n}), max_size);
  if (!bytes) return fail(bytes.error());
  return log::decode_tile(*bytes, log::tile_width).map([&](std::vector<Hash> nodes) {
    nodes.resize(tile.width);
    return nodes;
  });
}

}  // namespace suara::ledger
