#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/ids.hpp"
#include "core/crypto/group.hpp"

// The objects of the Belenios protocol version 1, group Ed25519. Their texts are core/codec's matter;
// where a hash is over the bytes of an object, the bytes' fingerprint travels beside it.
namespace suara::ballot {

using crypto::Element;
using crypto::Scalar;

struct Question {
  std::vector<std::string> answers;
  std::uint32_t min = 0;
  std::uint32_t max = 1;
  std::string question;
  bool operator==(const Question&) const = default;
};

struct Election {
  std::string description;
  std::string name;
  Element public_key;
  std::vector<Question> questions;
  ElectionUuid uuid;
  std::string administrator;
  std::string credential_authority;
  // base64 without padding of SHA-256 of the election's bytes (phi). Not a member of the object.
  std::string fingerprint;
};

struct Ciphertext {
  Element alpha;
  Element beta;
  auto operator<=>(const Ciphertext&) const = default;
};

struct Proof {
  Scalar challenge;
  Scalar response;
  auto operator<=>(const Proof&) const = default;
};

struct Answer {
  std::vector<Ciphertext> choices;
  std::vector<std::vector<Proof>> individual_proofs;
  std::vector<Proof> overall_proof;
  bool operator==(const Answer&) const = default;
};

struct BallotSignature {
  std::string hash;  // base64 without padding, of the ballot's bytes without `signature`
  Proof proof;
  bool operator==(const BallotSignature&) const = default;
};

struct Ballot {
  ElectionUuid election_uuid;
  std::string election_hash;
  Element credential;
  std::vector<Answer> answers;
  BallotSignature signature;
  // Of the bytes this was read from; not members of the object.
  std::string unsigned_hash;  // what signature.hash must be
  Hash tracker;               // SHA-256 of the ballot's bytes
};

struct TrusteePublicKey {
  Proof pok;
  Element public_key;
};

// One list entry each; only "Single" trustees so far.
using Trustees = std::vector<TrusteePublicKey>;

struct PublicCredential {
  Element key;
  std::uint64_t weight = 1;
};

// [question][answer]
using EncryptedTally = std::vector<std::vector<Ciphertext>>;
using Counts = std::vector<std::vector<std::uint64_t>>;

struct PartialDecryption {
  std::vector<std::vector<Element>> factors;
  std::vector<std::vector<Proof>> proofs;
};

// The proofs beyond version 1 that also bind alpha and the factor; same shape as PartialDecryption::proofs.
using StrongProofs = std::vector<std::vector<Proof>>;

}  // namespace suara::ballot
