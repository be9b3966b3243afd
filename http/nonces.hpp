#pragma once
#include <string>
#include <string_view>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/crypto/secret.hpp"
#include "ledger/key_files.hpp"

namespace suara::http {

// What a voter signs to sign in. Nothing is stored of it: the text carries its time and a MAC.
//   nonce = base64url(8-byte big-endian milliseconds || 16 random bytes || HMAC-SHA256(key, those 24 bytes || uuid))
// Showing one twice gains nothing: it only tells its signer once more what it told before.
class Nonces {
 public:
  static constexpr std::int64_t lifetime_ms = 5 * 60'000;

  explicit Nonces(crypto::SecretBytes key) : key_(std::move(key)) {}
  // Reads the key from the file sign-in.key (hexadecimal), or makes one: restarts and other nodes that share the folder
  // agree. Errors: internal, integrity (others may read it, it does not open, or it holds no key).
  static Result<Nonces> from_keys(ledger::KeyFiles& files);

  struct Nonce {
    std::string text;
    Timestamp expires;
  };
  Nonce make(const ElectionUuid& uuid, Timestamp now) const;
  // Errors: malformed (not one of ours, or made for another election), unauthenticated (older than five minutes).
  Result<void> check(std::string_view text, const ElectionUuid& uuid, Timestamp now) const;

 private:
  crypto::SecretBytes key_;
};

}  // namespace suara::http
