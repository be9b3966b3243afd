#pragma once
#include "core/ballot/types.hpp"

namespace suara::ballot {

struct TrusteeKeyPair {
  crypto::SecretScalar secret;
  TrusteePublicKey public_key;
};

TrusteeKeyPair generate_trustee_key();
TrusteePublicKey trustee_public_key(const crypto::SecretScalar& secret);

// Error: invalid_proof.
Result<void> verify_trustee_key(const TrusteePublicKey& key);

// The election's public key: the product of the trustees' keys.
Element combine_keys(const Trustees& trustees);

struct Decryption {
  PartialDecryption partial;
  StrongProofs strong_proofs;
};

Decryption decrypt(const EncryptedTally& tally, const crypto::SecretScalar& secret, const std::string& fingerprint);

// Version 1's proof. Errors: wrong_choices (shape), invalid_proof.
Result<void> verify_partial_decryption(const EncryptedTally& tally, const PartialDecryption& partial,
                                       const Element& trustee_key, const std::string& fingerprint);

// challenge = H(suara-decrypt|phi|X|alpha,factor|A,B). Errors as above.
Result<void> verify_strong_proofs(const EncryptedTally& tally, const PartialDecryption& partial,
                                  const StrongProofs& strong, const Element& trustee_key,
                                  const std::string& fingerprint);

}  // namespace suara::ballot
