#include "http/nonces.hpp"

#include <array>
#include <span>

#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "http/access.hpp"

namespace suara::http {
namespace {

constexpr auto key_file = "sign-in.key";
constexpr std::size_t key_size = 32;
constexpr std::size_t time_size = 8;
constexpr std::size_t stated_size = time_size + 16;
constexpr std::size_t nonce_size = stated_size + 32;

// The first bytes of a nonce have a fixed length, so what is authenticated can be read in one way only.
Hash mac(const crypto::SecretBytes& key, std::span<const std::uint8_t> stated, const ElectionUuid& uuid) {
  Bytes message(stated.begin(), stated.end());
  const auto name = as_bytes(uuid.value);
  message.insert(message.end(), name.begin(), name.end());
  return crypto::hmac_sha256(key.view(), message);
}

}  // namespace

Result<Nonces> Nonces::from_keys(ledger::KeyFiles& files) {
  auto text = files.read(key_file);
  if (!text && text.error().code == ErrorCode::not_found) {
    crypto::SecretBytes fresh(key_size);
    crypto::random_fill(fresh.mutable_view());
    const auto created = files.create(key_file, crypto::to_hex(fresh.view()));
    // Another node may have been first: then its key is the one.
    if (!created && created.error().code != ErrorCode::conflict) return fail(created.error());
    text = files.read(key_file);
  }
  if (!text) return fail(std::move(text.error()));
  auto bytes = crypto::from_hex(as_text(text->view()));
  if (!bytes || bytes->size() != key_size) {
    return fail(ErrorCode::integrity,
                "The file " + files.path(key_file).string() + " does not hold a key; remove it to get a new one.");
  }
  auto key = crypto::SecretBytes::copy_of(*bytes);
  crypto::wipe(bytes->data(), bytes->size());
  return Nonces(std::move(key));
}

Nonces::Nonce Nonces::make(const ElectionUuid& uuid, Timestamp now) const {
  Bytes bytes(stated_size);
  for (std::size_t i = 0; i < time_size; ++i) {
    bytes[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(now.ms) >> (8 * (time_size - 1 - i)));
  }
  crypto::random_fill(std::span(bytes).subspan(time_size));
  const Hash code = mac(key_, bytes, uuid);
  bytes.insert(bytes.end(), code.bytes.begin(), code.bytes.end());
  return {base64url(bytes), {now.ms + lifetime_ms}};
}

Result<void> Nonces::check(std::string_view text, const ElectionUuid& uuid, Timestamp now) const {
  const auto bytes = from_base64url(text);
  if (!bytes || bytes->size() != nonce_size) {
    return fail(ErrorCode::malformed, "The nonce is not one of this service; ask for a new one and sign that.");
  }
  const std::span<const std::uint8_t> all(*bytes);
  if (!crypto::equal_constant_time(mac(key_, all.first(stated_size), uuid).view(), all.subspan(stated_size))) {
    return fail(ErrorCode::malformed, "The nonce was not made for this election; ask for a new one and sign that.");
  }
  std::uint64_t made = 0;
  for (std::size_t i = 0; i < time_size; ++i) made = made << 8 | all[i];
  if (now.ms >= static_cast<std::int64_t>(made) + lifetime_ms) {
    return fail(ErrorCode::unauthenticated,
                "Signing in took longer than five minutes; ask for a new nonce and sign that.");
  }
  return {};
}

}  // namespace suara::http
