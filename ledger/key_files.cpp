#include "ledger/key_files.hpp"

#include <fmt/format.h>

#include "ledger/private_file.hpp"

namespace suara::ledger {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_passphrase_file = 4096;

bool is_key_file(const fs::path& file) { return file.extension() == ".key"; }

}  // namespace

Result<void> KeyFiles::create(const fs::path& file, std::string_view text) {
  const fs::path whole = path(file);
  auto ready = make_private_folder(dir_);
  if (ready) ready = make_private_folder(whole.parent_path());
  if (!ready) return ready;
  std::error_code error;
  if (fs::exists(whole, error)) {  // before a passphrase is used, which takes its time
    return fail(ErrorCode::conflict, fmt::format("{} exists already and is never replaced.", whole.string()));
  }
  const std::scoped_lock lock(mutex_);
  if (!sealer_) return create_private_file(whole, as_bytes(text));
  const auto sealed = sealer_->seal(as_bytes(text));
  if (!sealed) return fail(sealed.error());
  return create_private_file(whole, as_bytes(*sealed));
}

Result<crypto::SecretBytes> KeyFiles::read(const fs::path& file) {
  const fs::path whole = path(file);
  // The folders first: where others may enter them, they could have put a file of theirs in place.
  if (auto ok = check_private_folder(dir_); !ok) return fail(ok.error());
  if (auto ok = check_private_folder(whole.parent_path()); !ok) return fail(ok.error());
  auto content = read_private_file(whole, crypto::max_sealed_text);
  if (!content || !crypto::is_sealed_text(as_text(content->view()))) return content;
  const std::scoped_lock lock(mutex_);
  if (!sealer_) {
    return fail(ErrorCode::integrity,
                fmt::format("{} is sealed: start the service with --key-passphrase-file or --key-seal and what it was "
                            "sealed with.",
                            whole.string()));
  }
  auto opened = sealer_->open(as_text(content->view()));
  if (!opened) return fail(ErrorCode::integrity, fmt::format("{}: {}", whole.string(), opened.error().detail));
  return opened;
}

Result<void> KeyFiles::check() {
  Result<void> first;
  std::error_code error;
  for (fs::recursive_directory_iterator each(dir_, error), end; !error && each != end; each.increment(error)) {
    if (!is_key_file(each->path())) continue;
    const auto content = read_private_file(each->path(), crypto::max_sealed_text);
    if (!content || !crypto::is_sealed_text(as_text(content->view()))) continue;
    const auto opened = read(fs::relative(each->path(), dir_, error));
    if (opened) return {};
    if (first) first = fail(opened.error());
  }
  return first;
}

Result<std::optional<crypto::Sealer>> read_sealer(const fs::path& passphrase_file, const fs::path& seal_file) {
  if (passphrase_file.empty() && seal_file.empty()) return std::nullopt;
  const fs::path& file = passphrase_file.empty() ? seal_file : passphrase_file;
  const auto content = read_private_file(file, max_passphrase_file);
  if (!content) return fail(content.error());
  if (!passphrase_file.empty()) {
    auto sealer = crypto::Sealer::from_passphrase(content->view());
    if (!sealer) return fail(sealer.error().code, fmt::format("{}: {}", file.string(), sealer.error().detail));
    return std::move(*sealer);
  }
  auto key = crypto::SealingKey::from_text(as_text(content->view()));
  if (!key) {
    return fail(key.error().code, fmt::format("{}: {} Make one with: suara key new FILE", file.string(),
                                              key.error().detail));
  }
  return crypto::Sealer(std::move(*key));
}

}  // namespace suara::ledger
