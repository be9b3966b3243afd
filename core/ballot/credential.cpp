#include "core/ballot/credential.hpp"

#include <array>

#include "core/ballot/proofs.hpp"
#include "core/crypto/hash.hpp"

namespace suara::ballot {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t random_length = 19;
constexpr std::size_t code_length = random_length + 1;
constexpr std::size_t group_length = 4;
constexpr unsigned iterations = 1000;

constexpr unsigned times_x(unsigned value) { return (value << 1) ^ (value >= 16 ? 37u : 0u); }

char check_character(std::string_view random_part) {
  unsigned acc = 0;
  for (const char c : random_part) acc = times_x(acc ^ static_cast<unsigned>(alphabet.find(c)));
  return alphabet[acc];
}

// The alphabet's character for a typed one; 0 where there is none.
char fold(char typed) {
  char c = typed >= 'a' && typed <= 'z' ? static_cast<char>(typed - 'a' + 'A') : typed;
  if (c == 'O') c = '0';
  if (c == 'I' || c == 'L') c = '1';
  return alphabet.find(c) == std::string_view::npos ? '\0' : c;
}

std::string sign_in_text(std::string_view fingerprint, std::string_view nonce) {
  return "suara-sign-in|" + std::string(fingerprint) + "|" + std::string(nonce);
}

}  // namespace

std::string generate_code() {
  std::array<std::uint8_t, random_length> random;
  crypto::random_fill(random);
  std::string code;
  for (const auto byte : random) code += alphabet[byte % alphabet.size()];  // 32 divides 256: no bias
  crypto::wipe(random.data(), random.size());
  code += check_character(code);
  for (std::size_t at = code_length - group_length; at > 0; at -= group_length) code.insert(at, 1, '-');
  return code;
}

Result<std::string> normalize_code(std::string_view typed) {
  std::string code;
  for (const char c : typed) {
    if (c == '-' || c == ' ') continue;
    if (code.size() == code_length) {
      return fail(ErrorCode::malformed,
                  "The code is too long: it has 20 letters and digits. Check it against the card.");
    }
    const char folded = fold(c);
    if (folded == '\0') {
      return fail(ErrorCode::malformed, "Character " + std::to_string(code.size() + 1) +
                                            " of the code is not one that codes have (digits, and letters except U).");
    }
    code += folded;
  }
  if (code.size() != code_length) {
    return fail(ErrorCode::malformed, "The code is too short: it has " + std::to_string(code.size()) +
                                          " letters and digits of 20. Check it against the card.");
  }
  if (check_character(std::string_view(code).substr(0, random_length)) != code.back()) {
    return fail(ErrorCode::malformed,
                "The code's check character does not fit: a character is mistyped or two are exchanged. Check it "
                "against the card.");
  }
  return code;
}

crypto::SecretScalar credential_secret(std::string_view normalized_code, const ElectionUuid& uuid) {
  Hash derived = crypto::pbkdf2_sha256(normalized_code, uuid.str(), iterations);
  Scalar value = crypto::scalar_from_big_endian(derived.view());
  auto secret = crypto::SecretScalar::from_scalar(value);
  crypto::wipe(derived.bytes.data(), derived.bytes.size());
  crypto::wipe(value.bytes.data(), value.bytes.size());
  return secret;
}

Element public_credential(const crypto::SecretScalar& secret) { return crypto::g_pow(secret.expose()); }

Proof sign_in_proof(const crypto::SecretScalar& secret, std::string_view fingerprint, std::string_view nonce) {
  return prove_knowledge(secret, sign_in_text(fingerprint, nonce));
}

Result<void> verify_sign_in(const Element& credential, const Proof& proof, std::string_view fingerprint,
                            std::string_view nonce) {
  if (credential.is_identity() || !knowledge_proven(credential, proof, sign_in_text(fingerprint, nonce))) {
    return fail(ErrorCode::invalid_proof,
                "The proof of the voter's credential does not verify. Sign in again with the code.");
  }
  return {};
}

}  // namespace suara::ballot
