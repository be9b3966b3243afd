#include "tools/verify/bel_file.hpp"

#include <fstream>

#include "core/audit/bel_audit.hpp"

namespace suara::verify {
namespace {

constexpr std::size_t first_block = 512;

}  // namespace

Result<std::optional<std::string>> read_bel_file(const std::filesystem::path& path) {
  const auto unreadable = [&] { return fail(ErrorCode::unavailable, "Cannot read '" + path.string() + "'."); };
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  std::ifstream in(path, std::ios::binary);
  if (error || !in) return unreadable();
  std::string bytes(std::min<std::uintmax_t>(size, first_block), '\0');
  if (!in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) return unreadable();
  if (path.extension() != ".bel" && !audit::looks_like_bel(bytes)) return std::optional<std::string>();
  const auto start = bytes.size();
  bytes.resize(size);
  if (!in.read(bytes.data() + start, static_cast<std::streamsize>(size - start))) return unreadable();
  return std::optional<std::string>(std::move(bytes));
}

}  // namespace suara::verify
