#include "tools/verify/record.hpp"

#include <fstream>

#include "core/audit/bel_audit.hpp"
#include "tools/verify/opened_bundle.hpp"

namespace suara::verify {
namespace fs = std::filesystem;
namespace {

constexpr std::uintmax_t max_archive = std::uintmax_t{8} << 30;
constexpr std::size_t head_size = 16;

// By its name too: an archive with a broken beginning is to be judged as what it was meant to be.
Result<bool> is_bel(const fs::path& path) {
  if (path.extension() == ".bel") return true;
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(ErrorCode::unavailable, "'" + path.string() + "' cannot be read.");
  char head[head_size];
  in.read(head, head_size);
  return audit::looks_like_bel({head, static_cast<std::size_t>(in.gcount())});
}

Result<audit::Report> audit_archive(const fs::path& path, const audit::Options& options) {
  if (options.leave_behind) {
    return fail(ErrorCode::conflict,
                "'" + path.string() + "' is a .bel archive, which is verified whole: leave --state out.");
  }
  if (options.pinned_key) {
    return fail(
        ErrorCode::conflict,
        "'" + path.string() +
            "' is a .bel archive: it has no ledger and no ledger's key, so --key has nothing to be held against. "
            "Leave --key out, or verify the bundle of the same election.");
  }
  const auto bytes = read_whole_file(path, max_archive);
  if (!bytes) return fail(bytes.error());
  return audit::audit_bel(*bytes, options);
}

}  // namespace

Result<std::string> read_whole_file(const fs::path& path, std::uintmax_t max_bytes) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  if (error) return fail(ErrorCode::not_found, "There is no file '" + path.string() + "', or it cannot be read.");
  if (size > max_bytes) {
    return fail(ErrorCode::too_large, "'" + path.string() + "' holds more than the " + std::to_string(max_bytes) +
                                          " bytes that are accepted.");
  }
  std::string bytes(size, '\0');
  std::ifstream in(path, std::ios::binary);
  if (!in.read(bytes.data(), static_cast<std::streamsize>(size))) {
    return fail(ErrorCode::unavailable, "'" + path.string() + "' cannot be read.");
  }
  return bytes;
}

Result<audit::Report> audit_record(const fs::path& path, const audit::Options& options) {
  std::error_code error;
  if (!fs::exists(path, error)) {
    return fail(ErrorCode::not_found,
                "There is no '" + path.string() + "'. Name a bundle (a folder or a .tar) or a .bel archive.");
  }
  if (!fs::is_directory(path, error)) {
    const auto archive = is_bel(path);
    if (!archive) return fail(archive.error());
    if (*archive) return audit_archive(path, options);
  }
  auto bundle = OpenedBundle::open(path);
  if (!bundle) return fail(bundle.error());
  return audit::audit_bundle(bundle->source(), options);
}

}  // namespace suara::verify
