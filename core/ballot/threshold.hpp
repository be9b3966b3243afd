#pragma once
#include <span>
#include <string>

#include "core/ballot/types.hpp"

// The key ceremony of a "Pedersen" item: t+1 of m trustees hold the key (Belenios specification, sections 4.6.1 to
// 4.6.7). Each trustee keeps a seed and nothing else until its share is complete; all its secrets and both its
// published messages follow from the seed, so that each step can be repeated, on another machine too.
namespace suara::ballot {

// What one trustee publishes and sends, made from its seed. Deterministic, signatures included.
//   scalar(label) = BLAKE2b-512(key = seed, "suara-trustee-v1|<uuid>|<label>") little-endian mod q
//   sk = scalar("verification"), a_k = scalar("coefficient-<k>")
//   n = BLAKE2b-256(key = seed, "suara-trustee-v1|<uuid>|encryption"), clamped as X25519 clamps; dk = n mod q
//   a signature of a text: w = scalar("nonce|<text>"), challenge = H(sigmsg|text|g^w), response = w - sk challenge
class CeremonyTrustee {
 public:
  static constexpr std::size_t seed_size = 32;
  static constexpr std::size_t sealed_share_size = 80;
  CeremonyTrustee(crypto::SecretBytes seed, ElectionUuid uuid, std::uint32_t threshold);

  Certificate certificate() const;  // the message's text is compact JSON, members in the protocol's order
  Coefexps coefexps() const;
  // f(recipient) as 32 bytes little-endian, sealed (crypto_box_seal) to the recipient's encryption key, which is
  // converted to X25519 (crypto_sign_ed25519_pk_to_curve25519). Not deterministic. `recipient` is 1-based.
  std::vector<std::uint8_t> sealed_share(std::uint32_t recipient, const Element& encryption) const;

  // This trustee's share of the secret from all m sealed shares (its own too, in the order of trustees): opens each,
  // checks g^share = product of A_ik^(self^k), adds them. Errors: invalid_proof, which names the trustee whose share
  // cannot be opened or is not the one its coefexps promise.
  Result<crypto::SecretScalar> collect(std::uint32_t self, std::span<const Coefexps> coefexps,
                                       std::span<const std::vector<std::uint8_t>> sealed) const;

 private:
  std::string text(const std::string& label) const;
  std::vector<crypto::SecretScalar> coefficients() const;
  SignedText sign(std::string message) const;

  crypto::SecretBytes seed_;
  ElectionUuid uuid_;
  std::uint32_t threshold_;
};

// The texts that are signed: compact JSON, which core/codec also reads.
std::string certificate_text(const Element& verification, const Element& encryption);
std::string coefexps_text(std::span<const Element> elements);

// Errors: invalid_proof (the signature, also of a text that says something else than the keys beside it), invalid_point
// (an identity), wrong_choices (a list's length).
Result<void> verify_certificate(const Certificate& certificate);
Result<void> verify_coefexps(const Coefexps& coefexps, const Element& verification, std::uint32_t threshold);

// g^{S_j}: what trustee j's (1-based) verification key must be, product over i and k of A_ik^(j^k). All coefexps have
// the same number of elements.
Element expected_verification_key(std::span<const Coefexps> coefexps, std::uint32_t trustee);

// All of the above for every trustee, no key twice, and the proofs of the verification keys. Errors name the trustee by
// its number in the item; as above, and conflict (a repeated key).
Result<void> verify_threshold(const ThresholdParameters& parameters);

// The product of A_i0: the item's part of the election's public key.
Element threshold_key(const ThresholdParameters& parameters);

}  // namespace suara::ballot
