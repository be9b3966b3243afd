#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/ballot/opening.hpp"
#include "core/base/result.hpp"

namespace suara::verify {

// A challenged ballot, opened with the file that its voter's page gave.
struct Challenge {
  std::string election_name;
  std::string election_uuid;
  std::string fingerprint;  // of the election
  std::string tracker;      // base64 without padding
  std::vector<ballot::Question> questions;
  ballot::MarkTable marks;
};

// The ballot is of the election in the file, with every proof and its signature, and the randomness opens it. Errors:
// malformed, unsupported, too_large (no opening file); anything else where the file's content does not hold.
Result<Challenge> open_challenge(std::string_view file);
// Whether an error of open_challenge says that the file is none, rather than a false one.
bool is_unreadable(ErrorCode code);

std::string challenge_text(const Challenge& challenge);
// {"opens":true,"election":{...},"tracker":"...","questions":[{"question","blank","answers":["..."]}]}
std::string challenge_json(const Challenge& challenge);

}  // namespace suara::verify
