#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
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
  bool blank = false;  // may be answered by a blank vote, which takes the place of any marks
  std::uint32_t min = 0;
  std::uint32_t max = 1;
  std::string question;
  // Ciphertexts of an answer and counts of its tally: the blank vote first where there is one, then the answers.
  std::size_t choices() const { return answers.size() + (blank ? 1 : 0); }
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
  std::vector<Proof> blank_proof;  // two where the question allows blank, otherwise none
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

// A text and its signature: challenge = H(sigmsg|text|A), A = g^response vk^challenge.
struct SignedText {
  std::string text;
  Proof signature;
};

struct Certificate {
  SignedText message;    // {"verification":...,"encryption":...}, signed by `verification` itself
  Element verification;  // g^sk: signs the trustee's messages
  Element encryption;    // g^dk: shares are sealed to it
};

struct Coefexps {
  SignedText message;             // {"coefexps":[...]}, signed by the trustee's verification key
  std::vector<Element> elements;  // A_0 .. A_t, g to the powers of the polynomial's coefficients
};

// "Pedersen": any `threshold` = t+1 of the m trustees decrypt together. All three lists have m items.
struct ThresholdParameters {
  std::uint32_t threshold = 0;
  std::vector<Certificate> certs;
  std::vector<Coefexps> coefexps;
  std::vector<TrusteePublicKey> verification_keys;  // of each trustee's share of the secret
};

// Trustees are numbered ("owners") from 1 in the order of the list: a "Single" item is one, a "Pedersen" item m.
using TrusteeItem = std::variant<TrusteePublicKey, ThresholdParameters>;
using Trustees = std::vector<TrusteeItem>;

struct PublicCredential {
  Element key;
  std::uint64_t weight = 1;
};

// [question][choice], see Question::choices()
using EncryptedTally = std::vector<std::vector<Ciphertext>>;
using Counts = std::vector<std::vector<std::uint64_t>>;

struct PartialDecryption {
  std::vector<std::vector<Element>> factors;
  std::vector<std::vector<Proof>> proofs;
};

// The proofs beyond version 1 that also bind alpha and the factor; same shape as PartialDecryption::proofs.
using StrongProofs = std::vector<std::vector<Proof>>;

}  // namespace suara::ballot
