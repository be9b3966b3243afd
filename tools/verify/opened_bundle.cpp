#include "tools/verify/opened_bundle.hpp"

namespace suara::verify {

Result<OpenedBundle> OpenedBundle::open(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    return fail(ErrorCode::not_found, "There is no '" + path.string() + "'. Name a bundle (a folder or a .tar).");
  }
  if (std::filesystem::is_directory(path, error)) return OpenedBundle(std::nullopt, path);
  auto unpacked = UnpackedTar::open(path);
  if (!unpacked) return fail(unpacked.error());
  auto folder = unpacked->folder();
  return OpenedBundle(std::move(*unpacked), std::move(folder));
}

}  // namespace suara::verify
