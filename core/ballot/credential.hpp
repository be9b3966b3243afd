#pragma once
#include <string>
#include <string_view>

#include "core/ballot/types.hpp"

// The voter's secret code: 20 characters of Crockford's base32 in 5 groups of 4, 19 random and a check
// character (the sum of value_i * (i+1) over the 19, mod 32 is not enough: see credential.cpp for the rule).
namespace suara::ballot {

// A fresh code, e.g. "7K2M-…" with dashes. A secret: the caller hands it to the voter and forgets it.
std::string generate_code();

// Upper case, no dashes or spaces, o->0, i and l->1. Errors: malformed, with a detail that names the position and
// kind of the fault but never the code.
Result<std::string> normalize_code(std::string_view typed);

// s = PBKDF2-HMAC-SHA256(normalized code, salt = uuid, 1000 iterations) big-endian mod q.
crypto::SecretScalar credential_secret(std::string_view normalized_code, const ElectionUuid& uuid);
Element public_credential(const crypto::SecretScalar& secret);

// Online sign-in: the same Schnorr signature as a ballot's, over another text.
// challenge = H(suara-sign-in|phi|nonce|A), checked with A = g^response credential^challenge.
Proof sign_in_proof(const crypto::SecretScalar& secret, std::string_view fingerprint, std::string_view nonce);
Result<void> verify_sign_in(const Element& credential, const Proof& proof, std::string_view fingerprint,
                            std::string_view nonce);

}  // namespace suara::ballot
