#include "core/audit/report.hpp"

#include <algorithm>

namespace suara::audit {

std::string_view check_name(Check check) {
  switch (check) {
    case Check::keys:
      return "keys";
    case Check::checkpoint:
      return "checkpoint";
    case Check::entries:
      return "entries";
    case Check::chain:
      return "chain";
    case Check::signatures:
      return "signatures";
    case Check::tree:
      return "tree";
    case Check::legality:
      return "legality";
    case Check::roll:
      return "roll";
    case Check::trustees:
      return "trustees";
    case Check::ballots:
      return "ballots";
    case Check::tally:
      return "tally";
    case Check::live_tallies:
      return "live_tallies";
    case Check::decryption:
      return "decryption";
    case Check::result:
      return "result";
    case Check::trackers:
      return "trackers";
    case Check::witnesses:
      return "witnesses";
  }
  return "";
}

std::string_view check_title(Check check) {
  switch (check) {
    case Check::keys:
      return "the ledger's keys are well-formed, follow one another, and are those expected";
    case Check::checkpoint:
      return "the checkpoint is signed by the key in force";
    case Check::entries:
      return "entries are complete, well-formed, numbered and in order of time";
    case Check::chain:
      return "each entry carries the hash of the one before";
    case Check::signatures:
      return "each entry is signed by the ledger's key of that time";
    case Check::tree:
      return "all entries together give the root that the checkpoint signs";
    case Check::legality:
      return "each event was legal in its phase, for its actor, under the policies";
    case Check::roll:
      return "roll and credentials are the sealed ones";
    case Check::trustees:
      return "each trustee's key is proved, and the election's key is theirs";
    case Check::ballots:
      return "each ballot is valid: credential, proofs, signature, no copied ciphertext";
    case Check::tally:
      return "the encrypted tally is the product of each voter's last ballot";
    case Check::live_tallies:
      return "each live tally is the decryption of the ballots it names";
    case Check::decryption:
      return "each trustee's decryption is proved";
    case Check::result:
      return "the result is what the decryptions give";
    case Check::trackers:
      return "every ballot has a tracker of its own";
    case Check::witnesses:
      return "enough witnesses saw this same history";
  }
  return "";
}

bool Report::is_archive() const { return !checks.at(static_cast<std::size_t>(Check::keys)).applies; }

bool Report::verified() const {
  return std::all_of(checks.begin(), checks.end(), [](const CheckResult& c) { return c.faults == 0; });
}

std::optional<Fault> Report::first_fault() const {
  std::optional<Fault> first;
  for (const CheckResult& check : checks) {
    if (!check.fault) continue;
    const bool placed = check.fault->entry.has_value();
    const bool earlier = first && placed && (!first->entry || *check.fault->entry < *first->entry);
    if (!first || earlier) first = check.fault;
  }
  return first;
}

}  // namespace suara::audit
