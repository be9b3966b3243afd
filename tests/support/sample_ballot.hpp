#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/ballot/encrypt.hpp"
#include "core/ballot/trustee.hpp"
#include "core/ballot/verify.hpp"

namespace suara::test {

// An election of our own making, with trustees whose secrets the test holds.
struct SampleElection {
  ballot::Election election;
  std::vector<ballot::TrusteeKeyPair> trustees;
  ballot::Trustees published;
};

// Partial decryptions of owners 1, 2, ...
std::map<std::uint32_t, ballot::PartialDecryption> by_owner(std::vector<ballot::PartialDecryption> partials);

SampleElection make_election(std::vector<ballot::Question> questions, std::size_t trustees = 1,
                             const std::string& uuid = "ucSijHEHGk8LHG");

// `answers` texts a, b, c, ...
ballot::Question make_question(std::size_t answers, std::uint32_t min, std::uint32_t max);

// Encrypted, signed, and read back from its bytes.
ballot::Ballot make_ballot(const ballot::Election& election, const crypto::SecretScalar& secret,
                           const std::vector<std::vector<unsigned>>& choices);

// Gives the ballot the hash and signature that fit its present contents.
ballot::Ballot resigned(ballot::Ballot ballot, const crypto::SecretScalar& secret);

}  // namespace suara::test
