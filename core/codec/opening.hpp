#pragma once
#include <string>
#include <string_view>

#include "core/ballot/opening.hpp"
#include "core/base/result.hpp"

// The file with which a voter opens a challenged ballot. Whoever holds it sees what the ballot held; the ballot itself
// is never counted.
//   {"version":1,"election":"<Belenios election>","ballot":"<Belenios ballot>","randomness":[["<decimal>",...],...]}
// [question][choice] in the order of the ballot's choices. Members in any order, white space allowed.
namespace suara::codec {

constexpr std::size_t max_opening_size = 4u << 20;

struct OpeningFile {
  std::string election;
  std::string ballot;
  ballot::Election parsed_election;
  ballot::Ballot parsed_ballot;
  ballot::Randomness randomness;
};

// Compact JSON, from the texts and the randomness.
std::string write_opening(const OpeningFile& opening);

// Reads the texts too; whether they belong together and the randomness opens the ballot is for core/ballot (verify,
// open_ballot). Errors: too_large, malformed, unsupported (version), invalid_point, invalid_scalar.
Result<OpeningFile> read_opening(std::string_view json);

}  // namespace suara::codec
