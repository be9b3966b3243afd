#include "core/crypto/sealed_text.hpp"

#include <sodium.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <stdexcept>

#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "core/crypto/sodium_ready.hpp"

namespace suara::crypto {
namespace {

constexpr std::string_view sealed_mark = "suara-sealed ";
constexpr std::string_view key_mark = "suara-sealing-key ";
constexpr std::string_view version = "v1\n";
constexpr std::string_view key_id_prefix = "suara.seal.v1";
constexpr std::size_t key_size = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES == std::tuple_size_v<decltype(SealedText::nonce)>);
static_assert(crypto_pwhash_argon2id_SALTBYTES == std::tuple_size_v<PassphraseSalt>);

tl::unexpected<Error> bad(ErrorCode code, std::string why) { return fail(code, "Sealed file: " + std::move(why)); }

std::optional<std::string_view> take_until(std::string_view& rest, char end) {
  const std::size_t at = rest.find(end);
  if (at == rest.npos) return std::nullopt;
  const auto taken = rest.substr(0, at);
  rest.remove_prefix(at + 1);
  return taken;
}

std::optional<std::uint32_t> decimal(std::optional<std::string_view> text) {
  if (!text || text->empty() || text->front() == '0') return std::nullopt;
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc{} || end != text->data() + text->size()) return std::nullopt;
  return value;
}

template <std::size_t n>
bool read_hex(std::string_view text, std::array<std::uint8_t, n>& out) {
  const auto bytes = from_hex(text);
  if (!bytes || bytes->size() != n) return false;
  std::copy(bytes->begin(), bytes->end(), out.begin());
  return true;
}

Result<SealLock> read_lock(std::string_view line) {
  const auto kind = take_until(line, ' ');
  if (kind == "key") {
    KeyLock lock;
    if (!read_hex(line, lock.key_id)) return bad(ErrorCode::malformed, "its key id is not 8 hex digits.");
    return lock;
  }
  if (kind != "passphrase") return bad(ErrorCode::malformed, "its second line names neither a passphrase nor a key.");
  PassphraseLock lock;
  const auto passes = decimal(take_until(line, ' '));
  const auto kib = decimal(take_until(line, ' '));
  if (!passes || !kib || !read_hex(line, lock.salt)) {
    return bad(ErrorCode::malformed, "its second line does not say how the passphrase is used.");
  }
  lock.cost = {*passes, *kib};
  if (*passes > most_passphrase_cost.passes || *kib > most_passphrase_cost.kib || *kib < least_passphrase_kib) {
    return bad(ErrorCode::too_large, "it asks for a cost of the passphrase that is not accepted.");
  }
  return lock;
}

std::string head_of(const SealLock& lock) {
  std::string head = std::string(sealed_mark) + std::string(version);
  if (const auto* by = std::get_if<PassphraseLock>(&lock)) {
    head += "passphrase " + std::to_string(by->cost.passes) + ' ' + std::to_string(by->cost.kib) + ' ' +
            to_hex(by->salt) + '\n';
  } else {
    head += "key " + key_id_text(std::get<KeyLock>(lock)) + '\n';
  }
  return head;
}

KeyLock lock_of(const SecretBytes& key) {
  const Hash hash = sha256({as_bytes(key_id_prefix), key.view()});
  KeyLock lock;
  std::copy_n(hash.bytes.begin(), lock.key_id.size(), lock.key_id.begin());
  return lock;
}

}  // namespace

std::string key_id_text(const KeyLock& lock) { return to_hex(lock.key_id); }

bool is_sealed_text(std::string_view text) { return text.starts_with(sealed_mark); }
bool is_sealing_key_text(std::string_view text) { return text.starts_with(key_mark); }

Result<SealedText> read_sealed_text(std::string_view text) {
  if (text.size() > max_sealed_text) return bad(ErrorCode::too_large, "it has more than 8192 bytes.");
  if (!is_sealed_text(text)) return bad(ErrorCode::malformed, "it does not begin as one.");
  text.remove_prefix(sealed_mark.size());
  if (!text.starts_with(version)) return bad(ErrorCode::unsupported, "it is of another version than v1.");
  text.remove_prefix(version.size());
  const auto lock_line = take_until(text, '\n');
  const auto box_line = take_until(text, '\n');
  if (!lock_line || !box_line || !text.empty()) return bad(ErrorCode::malformed, "it does not have three lines.");
  auto lock = read_lock(*lock_line);
  if (!lock) return fail(std::move(lock).error());
  const auto bytes = from_base64(*box_line);
  SealedText sealed{*lock, {}, {}};
  if (!bytes || bytes->size() <= sealed.nonce.size() + tag_size ||
      bytes->size() > sealed.nonce.size() + tag_size + max_sealed_secret) {
    return bad(ErrorCode::malformed, "its last line is not the base64 of a sealed secret.");
  }
  const auto box = bytes->begin() + static_cast<std::ptrdiff_t>(sealed.nonce.size());
  std::copy(bytes->begin(), box, sealed.nonce.begin());
  sealed.box.assign(box, bytes->end());
  return sealed;
}

std::string write_sealed_text(const SealedText& sealed) {
  Bytes line(sealed.nonce.begin(), sealed.nonce.end());
  line.insert(line.end(), sealed.box.begin(), sealed.box.end());
  return head_of(sealed.lock) + to_base64(line) + '\n';
}

SealingKey SealingKey::generate() {
  SecretBytes key(key_size);
  random_fill(key.mutable_view());
  const KeyLock lock = lock_of(key);
  return {std::move(key), lock};
}

Result<SealingKey> SealingKey::from_text(std::string_view text) {
  const auto wrong = [](ErrorCode code, const char* why) { return fail(code, std::string("Sealing key: ") + why); };
  if (!is_sealing_key_text(text)) return wrong(ErrorCode::malformed, "the file does not hold one.");
  text.remove_prefix(key_mark.size());
  if (!text.starts_with(version)) return wrong(ErrorCode::unsupported, "it is of another version than v1.");
  text.remove_prefix(version.size());
  if (!text.ends_with('\n')) return wrong(ErrorCode::malformed, "it does not end with a line feed.");
  text.remove_suffix(1);
  auto bytes = from_hex(text);
  const bool fits = bytes && bytes->size() == key_size;
  SecretBytes key;
  if (fits) key = SecretBytes::copy_of(*bytes);
  if (bytes) wipe(bytes->data(), bytes->size());
  if (!fits) return wrong(ErrorCode::malformed, "it is not 64 hex digits.");
  const KeyLock lock = lock_of(key);
  return SealingKey(std::move(key), lock);
}

PassphraseLock SealingKey::new_lock(PassphraseCost cost) {
  PassphraseLock lock{cost, {}};
  random_fill(lock.salt);
  return lock;
}

Result<SealingKey> SealingKey::from_passphrase(std::string_view passphrase, const PassphraseLock& lock) {
  SecretBytes key(key_size);  // also makes libsodium ready
  if (crypto_pwhash(key.mutable_view().data(), key_size, passphrase.data(), passphrase.size(), lock.salt.data(),
                    lock.cost.passes, std::size_t{lock.cost.kib} * 1024, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail(ErrorCode::internal,
                "Using the passphrase takes " + std::to_string(lock.cost.kib / 1024) + " MiB, which are not to be had.");
  }
  return SealingKey(std::move(key), lock);
}

SecretBytes SealingKey::text() const {
  if (!std::holds_alternative<KeyLock>(lock_)) throw std::logic_error("a passphrase's key has no file");
  std::string digits = to_hex(key_.view());
  std::string text = std::string(key_mark) + std::string(version);
  text.reserve(text.size() + digits.size() + 1);  // one place to wipe
  text += digits;
  text += '\n';
  auto out = SecretBytes::copy_of(as_bytes(text));
  wipe(digits.data(), digits.size());
  wipe(text.data(), text.size());
  return out;
}

std::string SealingKey::seal(ByteView secret) const {
  if (secret.empty() || secret.size() > max_sealed_secret) throw std::invalid_argument("not a secret that is sealed");
  SealedText sealed{lock_, {}, Bytes(secret.size() + tag_size)};
  random_fill(sealed.nonce);
  const std::string head = head_of(lock_);
  const auto data = as_bytes(head);
  crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.box.data(), nullptr, secret.data(), secret.size(), data.data(),
                                             data.size(), nullptr, sealed.nonce.data(), key_.view().data());
  return write_sealed_text(sealed);
}

Result<SecretBytes> SealingKey::open(const SealedText& sealed) const {
  const auto does_not = [](std::string why) { return fail(ErrorCode::integrity, std::move(why)); };
  if (sealed.lock != lock_) {
    const auto* by = std::get_if<KeyLock>(&sealed.lock);
    return does_not(by ? "It was sealed with the sealing key " + key_id_text(*by) + ", not with the one given."
                       : "It was sealed with a passphrase, not with the key given.");
  }
  if (sealed.box.size() <= tag_size) return does_not("It holds no secret.");
  SecretBytes secret(sealed.box.size() - tag_size);
  const std::string head = head_of(sealed.lock);
  const auto data = as_bytes(head);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(secret.mutable_view().data(), nullptr, nullptr, sealed.box.data(),
                                                 sealed.box.size(), data.data(), data.size(), sealed.nonce.data(),
                                                 key_.view().data()) != 0) {
    return does_not(std::holds_alternative<PassphraseLock>(lock_)
                        ? "It does not open with this passphrase: it was sealed with another one, or changed since."
                        : "It does not open with this sealing key: it was changed since it was sealed.");
  }
  return secret;
}

}  // namespace suara::crypto
