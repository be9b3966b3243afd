#pragma once
#include <string>
#include <vector>

#include "core/ballot/types.hpp"

// Making a ballot: what the browser does, here for the bench, the tests and the load tools.
namespace suara::ballot {

// choices[question][choice] is 0 or 1; where the question allows a blank vote, a row begins with the mark for blank,
// and a row that marks it marks nothing else. Error: wrong_choices where the sums are outside min..max.
// The result has everything but `signature`, `unsigned_hash` and `tracker`.
Result<Ballot> encrypt(const Election& election, const crypto::SecretScalar& credential_secret,
                       const std::vector<std::vector<unsigned>>& choices);

// A ballot together with the exponents its ciphertexts were made with, [question][choice]. Whoever has them can open
// the ballot (see opening.hpp): they are kept for a challenge, and destroyed before the ballot is cast.
struct OpenableBallot {
  Ballot ballot;
  std::vector<std::vector<crypto::SecretScalar>> randomness;
};
Result<OpenableBallot> encrypt_openable(const Election& election, const crypto::SecretScalar& credential_secret,
                                        const std::vector<std::vector<unsigned>>& choices);

// Signs the hash of the ballot's unsigned bytes (core/codec writes those).
BallotSignature sign(const std::string& unsigned_hash, const crypto::SecretScalar& credential_secret);

}  // namespace suara::ballot
