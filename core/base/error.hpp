#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace suara {

// Every way an operation can be refused. The names (error_name) are what API clients see as `code`,
// and http/error_status.cpp maps each to an HTTP status. Bugs are exceptions, never an ErrorCode.
enum class ErrorCode {
  // bytes from outside
  malformed,       // does not parse, or is not in the one accepted form
  too_large,       // a bound on size, depth or count is exceeded
  unsupported,     // well-formed, but of a version, group or kind this build does not handle
  invalid_point,   // not a canonical element of the prime-order subgroup
  invalid_scalar,  // not a canonical number below the group order
  // cryptographic checks
  invalid_signature,  // an Ed25519 or ballot signature does not verify
  invalid_proof,      // a zero-knowledge proof does not verify
  integrity,          // stored or supplied data contradicts its own hashes, chain or head
  // domain rules
  wrong_election,       // made for another election (uuid or fingerprint)
  wrong_choices,        // a number of questions, choices or marks that the election does not allow
  unknown_credential,   // not among the election's public credentials
  already_voted,        // the re-vote policy refuses a second ballot
  repeated_ciphertext,  // a ciphertext that already stands in this election
  wrong_phase,          // the command is not legal in the election's present phase
  not_permitted,        // the actor's role may not do this
  roll_invalid,         // the roll has faults; `items` lists them by line and column
  invalid_draft,        // the election's description breaks a rule; `items` lists which
  approval_needed,      // a second member of the committee must propose or do this step
  already_verified,     // this voter was marked as present before
  draft_changed,        // the draft that was revised is no longer the one in force
  conflict,             // contradicts something already recorded
  not_found,
  // the service
  unauthenticated,  // no session, or an expired one
  bad_login,
  second_factor_needed,  // login and password are right; the code is missing or wrong
  csrf,  // the CSRF token is missing or wrong
  rate_limited,
  unsupported_media,  // the body's content type is not the one this address takes
  method_not_allowed,
  unavailable,  // the database cannot be reached; nothing was recorded
  overloaded,   // a bounded queue is full
  timeout,
  internal,
};

std::string_view error_name(ErrorCode code);

// `detail` is one plain English sentence: what was wrong and what to do. It never holds a secret, a
// choice or personal data. `items` holds further such sentences where one input has many faults.
struct Error {
  ErrorCode code;
  std::string detail;
  std::vector<std::string> items{};
};

}  // namespace suara
