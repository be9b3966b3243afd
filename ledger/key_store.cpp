#include "ledger/key_store.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/crypto/encoding.hpp"

namespace suara::ledger {
namespace {

const std::string first_key = "ledger.key";
const std::string trustee_file = "trustee.key";

std::string later_key(const log::VerifierKey& key) { return "ledger-" + log::key_id(key.key_hash) + ".key"; }

// The id becomes a folder's name, so nothing but letters and digits may stand in it.
bool names_a_folder(const ElectionUuid& uuid) {
  return !uuid.empty() && uuid.value.size() <= 64 && std::all_of(uuid.value.begin(), uuid.value.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  });
}

Result<std::filesystem::path> key_file(const ElectionUuid& uuid, const std::string& name) {
  if (!names_a_folder(uuid)) return fail(ErrorCode::not_found, "There is no election of this id.");
  return std::filesystem::path(uuid.value) / name;
}

std::string_view without_line_feed(const crypto::SecretBytes& content) {
  std::string_view text = as_text(content.view());
  if (text.ends_with('\n')) text.remove_suffix(1);
  return text;
}

Result<void> write_key(KeyFiles& files, const std::filesystem::path& file, std::string text) {
  text += '\n';
  auto written = files.create(file, text);
  crypto::wipe(text.data(), text.size());
  return written;
}

}  // namespace

Result<SigningKeyPtr> KeyStore::load(const ElectionUuid& uuid, const std::string& name) {
  if (const auto known = ledger_keys_.find({uuid, name}); known != ledger_keys_.end()) return known->second;
  const auto file = key_file(uuid, name);
  if (!file) return fail(file.error());
  const auto content = files_->read(*file);
  if (!content) return fail(content.error());
  auto seed = crypto::from_hex(without_line_feed(*content));
  if (!seed || seed->size() != crypto::SigningKey::seed_size) {
    if (seed) crypto::wipe(seed->data(), seed->size());
    return fail(ErrorCode::integrity, fmt::format("{} does not hold a signing key (64 hexadecimal digits).",
                                                  files_->path(*file).string()));
  }
  auto key = std::make_shared<const crypto::SigningKey>(crypto::SigningKey::from_seed(*seed));
  crypto::wipe(seed->data(), seed->size());
  ledger_keys_[{uuid, name}] = key;
  return key;
}

Result<SigningKeyPtr> KeyStore::create(const ElectionUuid& uuid, const std::string& name, crypto::SigningKey made) {
  const auto file = key_file(uuid, name);
  if (!file) return fail(file.error());
  auto key = std::make_shared<const crypto::SigningKey>(std::move(made));
  if (auto written = write_key(*files_, *file, crypto::to_hex(key->seed())); !written) return fail(written.error());
  ledger_keys_[{uuid, name}] = key;
  return key;
}

Result<SigningKeyPtr> KeyStore::create_ledger_key(const ElectionUuid& uuid) {
  const std::scoped_lock lock(mutex_);
  return create(uuid, first_key, crypto::SigningKey::generate());
}

Result<SigningKeyPtr> KeyStore::create_next_ledger_key(const ElectionUuid& uuid, const Origin& origin) {
  auto made = crypto::SigningKey::generate();
  const auto name = log::make_verifier_key(origin.value, made.public_key());
  if (!name) return fail(name.error());
  const std::scoped_lock lock(mutex_);
  return create(uuid, later_key(*name), std::move(made));
}

Result<SigningKeyPtr> KeyStore::ledger_key(const ElectionUuid& uuid) {
  const std::scoped_lock lock(mutex_);
  return load(uuid, first_key);
}

Result<SigningKeyPtr> KeyStore::ledger_key(const ElectionUuid& uuid, const log::VerifierKey& wanted) {
  const std::scoped_lock lock(mutex_);
  for (auto known = ledger_keys_.lower_bound({uuid, {}}); known != ledger_keys_.end(); ++known) {
    if (known->first.first != uuid) break;
    if (known->second->public_key() == wanted.key) return known->second;
  }
  const std::string later = later_key(wanted);
  for (const std::string& name : {later, first_key}) {
    auto key = load(uuid, name);
    if (key && (*key)->public_key() == wanted.key) return key;
    if (!key && key.error().code != ErrorCode::not_found) return key;
  }
  const auto file = key_file(uuid, later);
  if (!file) return fail(file.error());
  return fail(ErrorCode::not_found,
              fmt::format("The key {} that signs this ledger is missing: neither {} nor {} beside it holds it. Put the "
                          "file back from the backup and start the service again.",
                          log::key_id(wanted.key_hash), files_->path(*file).string(), first_key));
}

Result<std::shared_ptr<const crypto::SecretScalar>> KeyStore::create_trustee_key(const ElectionUuid& uuid) {
  const std::scoped_lock lock(mutex_);
  const auto file = key_file(uuid, trustee_file);
  if (!file) return fail(file.error());
  auto key = std::make_shared<const crypto::SecretScalar>(crypto::SecretScalar::random());
  if (auto written = write_key(*files_, *file, key->expose().to_decimal()); !written) return fail(written.error());
  trustee_keys_[uuid] = key;
  return key;
}

Result<std::shared_ptr<const crypto::SecretScalar>> KeyStore::trustee_key(const ElectionUuid& uuid) {
  const std::scoped_lock lock(mutex_);
  if (const auto known = trustee_keys_.find(uuid); known != trustee_keys_.end()) return known->second;
  const auto file = key_file(uuid, trustee_file);
  if (!file) return fail(file.error());
  const auto content = files_->read(*file);
  if (!content) return fail(content.error());
  auto secret = crypto::SecretScalar::from_decimal(without_line_feed(*content));
  if (!secret)
    return fail(ErrorCode::integrity,
                fmt::format("{} does not hold a trustee's key (a number).", files_->path(*file).string()));
  auto key = std::make_shared<const crypto::SecretScalar>(std::move(*secret));
  trustee_keys_[uuid] = key;
  return key;
}

}  // namespace suara::ledger
