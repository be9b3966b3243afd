#pragma once
#include <map>
#include <optional>
#include <set>

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

// Every proof in the list: keys of "Single" trustees, whole ceremonies of "Pedersen" items; no key twice (but within
// a "Pedersen" item of threshold 1, whose members all have the same), none the identity. Errors: invalid_proof,
// invalid_point, conflict (a repeated key), each naming the trustee.
Result<void> verify_trustees(const Trustees& trustees);

// The election's public key: the product of the items' keys.
Element combine_keys(const Trustees& trustees);

// verify_trustees, and that the election's public key is theirs. Errors: as there, and conflict.
Result<void> verify_election_key(const Election& election, const Trustees& trustees);

std::uint32_t count_owners(const Trustees& trustees);
// The key that owner's (1-based) partial decryptions are proven with; nothing where there is no such owner.
std::optional<Element> owner_key(const Trustees& trustees, std::uint32_t owner);

// Which partial decryptions decrypt: every "Single" owner's, `threshold` of each "Pedersen" item's.
struct Needed {
  std::vector<std::uint32_t> mandatory;  // "Single" owners without one
  struct Group {
    std::vector<std::uint32_t> absent;  // its owners without one
    std::uint32_t missing = 0;          // how many more of them are needed
  };
  std::vector<Group> groups;  // one for each "Pedersen" item, in order
  bool nothing() const;       // the tally can be decrypted
};
Needed still_needed(const Trustees& trustees, const std::set<std::uint32_t>& submitted);

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
