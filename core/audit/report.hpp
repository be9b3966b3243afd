#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ballot/types.hpp"
#include "core/base/ids.hpp"
#include "core/election/types.hpp"

namespace suara::audit {

// Every check of an audit, in the order of the report. Each looks at one kind of lie. The pages' own audit has the same
// checks by the same names. What they mean for a `.bel` archive: bel_audit.hpp.
enum class Check {
  keys,  // keys.json is well-formed and what the ledger says; the pinned key is among the ledger's, where one is pinned
  checkpoint,    // the checkpoint's form and signature
  entries,       // form, canonical JSON, numbering, ledger name, order of times
  chain,         // each entry's prev is the leaf hash of the one before
  signatures,    // each entry's Ed25519 signature
  tree,          // the root of all entries is the checkpoint's, every tile says the same
  legality,      // each event was legal in its phase, for its actor, under the policies
  roll,          // counts and hash of the sealed roll and credentials
  trustees,      // every key's proof, the whole key ceremony, the election's key is its trustees'
  ballots,       // every ballot: membership, proofs, signature, fingerprint
  tally,         // the last ballot of each credential, multiplied: is the recorded encrypted tally
  live_tallies,  // the same for every published live tally, with its decryption and counts
  decryption,    // both proofs of every partial decryption
  result,        // the counts are what the decryptions give
  trackers,      // no two ballots, cast or challenged, have one tracker
  witnesses,     // under a policy of witnesses: enough of them cosigned this very history
};
constexpr std::size_t check_count = 16;
std::string_view check_name(Check check);
std::string_view check_title(Check check);  // what was looked at, in plain words

struct Fault {
  Check check;
  std::optional<Seq> entry;  // where it can be placed; of an archive: the event's place
  std::string what;          // what was expected and what was found
};

struct CheckResult {
  Check check;
  std::uint64_t count = 0;     // things looked at
  std::optional<Fault> fault;  // the first
  std::uint64_t faults = 0;
  bool applies = true;  // whether the kind of record has such a thing at all
};

struct Report {
  std::vector<CheckResult> checks;  // one for each Check, in order
  std::vector<std::string> notes;   // what a reader should know beside the verdict

  // What the ledger says it is; as far as it could be read.
  std::string origin;
  std::string key;          // verifier key text
  bool key_pinned = false;  // otherwise it came from the bundle itself
  std::uint64_t size = 0;
  std::string root;  // base64
  std::optional<election::Phase> phase;
  std::string election_name;
  ElectionUuid uuid;
  std::string fingerprint;    // of the sealed election; empty before
  std::uint64_t ballots = 0;  // accepted
  std::uint64_t counted = 0;  // distinct credentials
  std::uint64_t weight = 0;   // of the ballots that count
  std::optional<ballot::Counts> result;
  std::vector<election::Contest> contests;

  // Under a policy of witnesses; otherwise empty.
  struct Witnessed {
    std::uint64_t needed = 0;
    std::vector<std::string> names;  // of all witnesses of the policy
    std::vector<std::string> seen;   // of those who cosigned the checkpoint below
    std::uint64_t size = 0;          // of the largest checkpoint that enough of them cosigned; 0: there is none
  };
  std::optional<Witnessed> witnessed;

  std::uint64_t recalled = 0;  // entries that an earlier audit had verified
  // The ledger is not the one that the earlier audit saw, grown: both heads as they are signed.
  struct Contradiction {
    enum class Kind { fork, rollback } kind;
    std::string seen, now;
  };
  std::optional<Contradiction> contradiction;

  bool verified() const;
  bool is_archive() const;  // of a .bel file, which holds no keys, rather than of a bundle or a log
  // The fault of the lowest entry; one that cannot be placed comes last.
  std::optional<Fault> first_fault() const;
};

}  // namespace suara::audit
