#include "tools/verify/directory_source.hpp"

#include <fstream>

namespace suara::verify {

Result<std::string> DirectorySource::read(std::string_view path, std::size_t max_bytes) {
  const auto file = root_ / path;
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  if (error) return fail(ErrorCode::not_found, "The bundle has no file '" + std::string(path) + "'.");
  if (size > max_bytes) {
    return fail(ErrorCode::too_large, "'" + std::string(path) + "' holds " + std::to_string(size) + " bytes; at most " +
                                          std::to_string(max_bytes) + " belong there.");
  }
  std::string bytes(size, '\0');
  std::ifstream in(file, std::ios::binary);
  if (!in.read(bytes.data(), static_cast<std::streamsize>(size))) {
    return fail(ErrorCode::unavailable, "'" + std::string(path) + "' cannot be read.");
  }
  return bytes;
}

}  // namespace suara::verify
