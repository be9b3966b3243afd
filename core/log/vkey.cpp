#include "core/log/vkey.hpp"

#include <algorithm>

#include "core/base/utf8.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"

namespace suara::log {
namespace {

constexpr std::size_t longest_name = 200;

KeyHash hash_of(std::string_view name, const crypto::PublicKey& key, KeyType type) {
  const std::uint8_t separator[] = {'\n', static_cast<std::uint8_t>(type)};
  const Hash hash = crypto::sha256({as_bytes(name), separator, key.bytes});
  KeyHash out;
  std::copy_n(hash.bytes.begin(), out.size(), out.begin());
  return out;
}

Result<VerifierKey> parse(std::string_view text, KeyType type) {
  const auto bad = [](ErrorCode code, std::string why) { return fail(code, "Verifier key: " + std::move(why)); };
  const std::size_t first = text.find('+');
  // The base64 part may hold '+' itself.
  const std::size_t second = first == text.npos ? text.npos : text.find('+', first + 1);
  if (second == text.npos) return bad(ErrorCode::malformed, "it must look like name+8 hex digits+base64.");
  const auto typed = crypto::from_base64(text.substr(second + 1));
  if (!typed || typed->empty()) return bad(ErrorCode::malformed, "its last part is not base64.");
  if (typed->front() != static_cast<std::uint8_t>(type)) {
    return bad(ErrorCode::unsupported,
               type == KeyType::ledger ? "a ledger's key is an Ed25519 key of type 1; this one is of another type."
                                       : "a witness's key is an Ed25519 key of type 4; this one is of another type.");
  }
  crypto::PublicKey key;
  if (typed->size() != 1 + key.bytes.size()) return bad(ErrorCode::malformed, "an Ed25519 key has 32 bytes.");
  std::copy(typed->begin() + 1, typed->end(), key.bytes.begin());
  auto made = make_verifier_key(text.substr(0, first), key, type);
  if (!made) return made;
  if (text.substr(first + 1, second - first - 1) != key_id(made->key_hash)) {
    return bad(ErrorCode::integrity, "the key id is not that of this name and key; was a character mistyped?");
  }
  return made;
}

}  // namespace

bool is_key_name(std::string_view name) {
  // Unicode's white space beyond ASCII (U+0085, U+00A0, U+1680, U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F,
  // U+3000).
  static constexpr std::string_view spaces[] = {
      "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81", "\xE2\x80\x82",
      "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86", "\xE2\x80\x87", "\xE2\x80\x88",
      "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F",
      "\xE3\x80\x80"};
  if (name.empty() || name.size() > longest_name || !is_valid_utf8(name)) return false;
  const auto holds = [&](std::string_view space) { return name.find(space) != name.npos; };
  return std::none_of(std::begin(spaces), std::end(spaces), holds) && std::none_of(name.begin(), name.end(), [](char c) {
           return static_cast<std::uint8_t>(c) <= 0x20 || c == 0x7F || c == '+';
         });
}

Result<VerifierKey> make_verifier_key(std::string_view name, const crypto::PublicKey& key, KeyType type) {
  if (!is_key_name(name)) {
    return fail(ErrorCode::malformed, "A key name has 1 to 200 bytes and no white space, control character or '+'.");
  }
  return VerifierKey{std::string(name), hash_of(name, key, type), key, type};
}

std::string key_id(const KeyHash& hash) { return crypto::to_hex(hash); }

std::string verifier_key_text(const VerifierKey& key) {
  Bytes typed{static_cast<std::uint8_t>(key.type)};
  typed.insert(typed.end(), key.key.bytes.begin(), key.key.bytes.end());
  return key.name + '+' + key_id(key.key_hash) + '+' + crypto::to_base64(typed);
}

Result<VerifierKey> parse_verifier_key(std::string_view text) { return parse(text, KeyType::ledger); }

Result<VerifierKey> parse_witness_key(std::string_view text) { return parse(text, KeyType::witness); }

}  // namespace suara::log
