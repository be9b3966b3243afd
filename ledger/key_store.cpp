#include "ledger/key_store.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/crypto/encoding.hpp"
#include "ledger/private_file.hpp"

namespace suara::ledger {
namespace {

constexpr std::size_t max_key_file = 128;  // 64 hexadecimal digits or at most 77 decimal ones, and a line feed

// The id becomes a folder's name, so nothing but letters and digits may stand in it.
bool names_a_folder(const ElectionUuid& uuid) {
  return !uuid.empty() && uuid.value.size() <= 64 && std::all_of(uuid.value.begin(), uuid.value.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  });
}

Result<std::filesystem::path> key_file(const std::filesystem::path& dir, const ElectionUuid& uuid, const char* name) {
  if (!names_a_folder(uuid)) return fail(ErrorCode::not_found, "There is no election of this id.");
  return dir / uuid.value / name;
}

std::string_view without_line_feed(const crypto::SecretBytes& content) {
  std::string_view text = as_text(content.view());
  if (text.ends_with('\n')) text.remove_suffix(1);
  return text;
}

Result<crypto::SecretBytes> read_key(const std::filesystem::path& file) {
  // The folders first: where others may enter them, they could have put a file of theirs in place.
  if (auto ok = check_private_folder(file.parent_path().parent_path()); !ok) return fail(ok.error());
  if (auto ok = check_private_folder(file.parent_path()); !ok) return fail(ok.error());
  return read_private_file(file, max_key_file);
}

Result<void> write_key(const std::filesystem::path& file, std::string text) {
  text += '\n';
  auto written = make_private_folder(file.parent_path().parent_path());
  if (written) written = make_private_folder(file.parent_path());
  if (written) written = create_private_file(file, as_bytes(text));
  crypto::wipe(text.data(), text.size());
  return written;
}

}  // namespace

KeyStore::KeyStore(std::filesystem::path dir) : dir_(std::move(dir)) {}

Result<std::shared_ptr<const crypto::SigningKey>> KeyStore::create_ledger_key(const ElectionUuid& uuid) {
  const std::scoped_lock lock(mutex_);
  const auto file = key_file(dir_, uuid, "ledger.key");
  if (!file) return fail(file.error());
  auto key = std::make_shared<const crypto::SigningKey>(crypto::SigningKey::generate());
  if (auto written = write_key(*file, crypto::to_hex(key->seed())); !written) return fail(written.error());
  ledger_keys_[uuid] = key;
  return key;
}

Result<std::shared_ptr<const crypto::SigningKey>> KeyStore::ledger_key(const ElectionUuid& uuid) {
  const std::scoped_lock lock(mutex_);
  if (const auto known = ledger_keys_.find(uuid); known != ledger_keys_.end()) return known->second;
  const auto file = key_file(dir_, uuid, "ledger.key");
  if (!file) return fail(file.error());
  const auto content = read_key(*file);
  if (!content) return fail(content.error());
  auto seed = crypto::from_hex(without_line_feed(*content));
  if (!seed || seed->size() != crypto::SigningKey::seed_size) {
    if (seed) crypto::wipe(seed->data(), seed->size());
    return fail(ErrorCode::integrity,
                fmt::format("{} does not hold a signing key (64 hexadecimal digits).", file->string()));
  }
  auto key = std::make_shared<const crypto::SigningKey>(crypto::SigningKey::from_seed(*seed));
  crypto::wipe(seed->data(), seed->size());
  ledger_keys_[uuid] = key;
  return key;
}

Result<std::shared_ptr<const crypto::SecretScalar>> KeyStore::create_trustee_key(const ElectionUuid& uuid) {
  const std::scoped_lock lock(mutex_);
  const auto file = key_file(dir_, uuid, "trustee.key");
  if (!file) return fail(file.error());
  auto key = std::make_shared<const crypto::SecretScalar>(crypto::SecretScalar::random());
  if (auto written = write_key(*file, key->expose().to_decimal()); !written) return fail(written.error());
  trustee_keys_[uuid] = key;
  return key;
}

Result<std::shared_ptr<const crypto::SecretScalar>> KeyStore::trustee_key(const ElectionUuid& uuid) {
  const std::scoped_lock lock(mutex_);
  if (const auto known = trustee_keys_.find(uuid); known != trustee_keys_.end()) return known->second;
  const auto file = key_file(dir_, uuid, "trustee.key");
  if (!file) return fail(file.error());
  const auto content = read_key(*file);
  if (!content) return fail(content.error());
  auto secret = crypto::SecretScalar::from_decimal(without_line_feed(*content));
  if (!secret)
    return fail(ErrorCode::integrity, fmt::format("{} does not hold a trustee's key (a number).", file->string()));
  auto key = std::make_shared<const crypto::SecretScalar>(std::move(*secret));
  trustee_keys_[uuid] = key;
  return key;
}

}  // namespace suara::ledger
