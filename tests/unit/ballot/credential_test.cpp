#include "core/ballot/credential.hpp"

#include <catch2/catch.hpp>

using namespace suara;
using namespace suara::ballot;

namespace {
const std::string alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const std::string example = "0123456789ABCDEFGHJT";  // the header's example
}  // namespace

TEST_CASE("a fresh code is five groups of four and passes its own check") {
  const std::string code = generate_code();
  REQUIRE(code.size() == 24);
  for (const std::size_t dash : {4u, 9u, 14u, 19u}) CHECK(code[dash] == '-');
  const auto normal = normalize_code(code);
  REQUIRE(normal);
  CHECK(normal->size() == 20);
  CHECK(normal->find_first_not_of(alphabet) == std::string::npos);
  CHECK(generate_code() != code);
}

TEST_CASE("what people type for a code is understood") {
  CHECK(*normalize_code(example) == example);
  CHECK(*normalize_code("0123-4567-89AB-CDEF-GHJT") == example);
  CHECK(*normalize_code(" 0123 4567 89ab cdef ghjt ") == example);
  CHECK(*normalize_code("oI23-4567-89ab-cdef-ghjt") == example);
  CHECK(*normalize_code("Ol23-4567-89ab-cdef-ghjt") == example);
}

TEST_CASE("every single wrong character of a code is found") {
  for (std::size_t at = 0; at < example.size(); ++at) {
    for (const char c : alphabet) {
      std::string wrong = example;
      wrong[at] = c;
      REQUIRE(normalize_code(wrong).has_value() == (c == example[at]));
    }
  }
}

TEST_CASE("every exchange of two different characters of a code is found") {
  for (std::size_t i = 0; i < example.size(); ++i) {
    for (std::size_t j = i + 1; j < example.size(); ++j) {
      std::string wrong = example;
      std::swap(wrong[i], wrong[j]);
      REQUIRE(normalize_code(wrong).has_value() == (example[i] == example[j]));
    }
  }
}

TEST_CASE("a refused code is explained without being repeated") {
  const std::string secret = "7777";
  for (const std::string& bad :
       {std::string(), secret, std::string(21, '7'), std::string(100000, '7'), "U123-4567-89AB-CDEF-GHJT" + secret,
        secret + "\xc3\xa9" + std::string(14, '7'), std::string(19, '7') + "Z"}) {
    const auto code = normalize_code(bad);
    REQUIRE_FALSE(code);
    CHECK(code.error().code == ErrorCode::malformed);
    CHECK(code.error().detail.find(secret) == std::string::npos);
  }
  CHECK(normalize_code("U").error().detail.find("Character 1 ") != std::string::npos);
}

TEST_CASE("a code gives one credential per election") {
  // PBKDF2 and the power were computed independently (Python's hashlib and big integers).
  const auto secret = credential_secret(example, ElectionUuid{"ucSijHEHGk8LHG"});
  CHECK(secret.expose().to_decimal() == "1528536345512181214610461292777308760595324485795700820838483850918292832652");
  CHECK(public_credential(secret).to_text() == "f3af39ea338968ed29dc76da704c3c17051fdd3b7d7f88afd4c4800d43ccc949");
  CHECK(credential_secret(example, ElectionUuid{"ucSijHEHGk8LHH"}).expose() != secret.expose());
}

TEST_CASE("a sign-in proves the credential for one election and one challenge") {
  const auto secret = crypto::SecretScalar::random();
  const Element credential = public_credential(secret);
  const Proof proof = sign_in_proof(secret, "phi", "nonce");
  CHECK(verify_sign_in(credential, proof, "phi", "nonce"));
  CHECK(verify_sign_in(credential, proof, "phi", "nonce2").error().code == ErrorCode::invalid_proof);
  CHECK_FALSE(verify_sign_in(credential, proof, "phj", "nonce"));
  CHECK_FALSE(verify_sign_in(Element::generator(), proof, "phi", "nonce"));
  CHECK_FALSE(verify_sign_in(credential, {proof.response, proof.challenge}, "phi", "nonce"));
  // Anyone can make this one: the identity is nobody's credential.
  const auto nobody = crypto::SecretScalar::from_scalar(Scalar::zero());
  CHECK_FALSE(verify_sign_in(Element::identity(), sign_in_proof(nobody, "phi", "nonce"), "phi", "nonce"));
}
