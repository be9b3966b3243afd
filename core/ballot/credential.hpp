#pragma once
#include <string>
#include <string_view>

#include "core/ballot/types.hpp"

// The voter's secret code: 20 characters of Crockford's base32 (0-9, A-Z without I, L, O, U; a character's value
// is its place in "0123456789ABCDEFGHJKMNPQRSTVWXYZ") in 5 groups of 4: 19 random ones and a check character.
//
// The check character, over GF(32) = GF(2)[x]/(x^5 + x^2 + 1), values read as polynomials (16 = x^4 ... 1 = 1):
//   acc = 0; for each of the 19 values v, from the left: acc = (acc XOR v) * x; the check's value is acc.
//   t * x is (t << 1), XOR 37 where t >= 16.
// So check = sum of v_i * x^(19-i), i from 0. All weights, that of the check itself (1) included, are non-zero and
// different, for x has order 31: every single wrong character and every exchange of two characters, adjacent or not,
// is found. Example: the 19 characters 0123456789ABCDEFGHJ have the check character T.
namespace suara::ballot {

// A fresh code with dashes, XXXX-XXXX-XXXX-XXXX-XXXX. A secret: the caller hands it to the voter and forgets it.
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
