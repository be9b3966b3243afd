#pragma once
#include <functional>
#include <string>
#include <vector>

#include "core/ballot/types.hpp"

// Making a ballot: what the browser does, here for the bench, the tests and the load tools.
namespace suara::ballot {

// choices[question][answer] is 0 or 1. Error: wrong_choices where the sums are outside min..max.
// The result has everything but `signature`, `unsigned_hash` and `tracker`.
Result<Ballot> encrypt(const Election& election, const crypto::SecretScalar& credential_secret,
                       const std::vector<std::vector<unsigned>>& choices);

// Signs the hash of the ballot's unsigned bytes (core/codec writes those).
BallotSignature sign(const std::string& unsigned_hash, const crypto::SecretScalar& credential_secret);

}  // namespace suara::ballot
