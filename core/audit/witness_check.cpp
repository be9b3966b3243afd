#include "core/audit/witness_check.hpp"

#include "core/crypto/encoding.hpp"
#include "core/log/cosignature.hpp"

namespace suara::audit {
namespace {

std::vector<log::VerifierKey> keys_of(const election::WitnessPolicy& policy) {
  std::vector<log::VerifierKey> keys;
  for (const std::string& text : policy.keys) keys.push_back(log::parse_witness_key(text).value());
  return keys;
}

// Is the file's checkpoint one of this ledger, at most as large, and does it sign what the entries give?
std::string contradiction(const WitnessEvidence& evidence, const KeyChain& keys) {
  const log::Checkpoint& largest = evidence.largest->checkpoint;
  const log::Checkpoint& newest = evidence.newest.checkpoint;
  if (largest.origin != newest.origin) return "is of the ledger " + largest.origin.value;
  if (auto ok = log::verify_note(evidence.largest->note, keys.at_size(largest.size)); !ok) return ok.error().detail;
  if (largest.size > newest.size) {
    return "was signed for " + std::to_string(largest.size) + " entries; this bundle has " +
           std::to_string(newest.size);
  }
  if (evidence.root_there && *evidence.root_there != largest.root) {
    return "signs root " + crypto::to_base64(largest.root.view()) + " for " + std::to_string(largest.size) +
           " entries; the entries give " + crypto::to_base64(evidence.root_there->view()) +
           ": two histories were signed";
  }
  return "";
}

}  // namespace

Report::Witnessed check_witnesses(const election::WitnessPolicy& policy, const WitnessEvidence& evidence,
                                  const KeyChain& keys, Findings& findings, std::vector<std::string>& notes) {
  const auto witnesses = keys_of(policy);
  Report::Witnessed told;
  told.needed = policy.needed;
  for (const auto& witness : witnesses) told.names.push_back(witness.name);
  const auto fault = [&](std::optional<Seq> at, std::string what) {
    findings.fault(Check::witnesses, at, std::move(what));
  };

  const auto consider = [&](const log::SignedCheckpoint& signed_one, const char* file) {
    const auto seen = log::seen_by(signed_one.note, witnesses);
    if (!seen) return fault(std::nullopt, std::string(file) + ": " + seen.error().detail);
    if (seen->size() < policy.needed || signed_one.checkpoint.size <= told.size) return;
    told.size = signed_one.checkpoint.size;
    told.seen.clear();
    for (const auto& each : *seen) told.seen.push_back(witnesses[each.witness].name);
  };
  if (!evidence.largest_fault.empty()) fault(std::nullopt, "checkpoint.witnessed: " + evidence.largest_fault);
  if (evidence.largest) {
    const std::string wrong = contradiction(evidence, keys);
    if (wrong.empty()) {
      consider(*evidence.largest, "checkpoint.witnessed");
    } else {
      fault(Seq{evidence.largest->checkpoint.size}, "checkpoint.witnessed " + wrong);
    }
  }
  consider(evidence.newest, "checkpoint");
  findings.count(Check::witnesses, told.seen.size());

  const std::string asked = std::to_string(policy.needed) + " of " + std::to_string(witnesses.size()) + " witnesses";
  const std::uint64_t size = evidence.newest.checkpoint.size;
  if (evidence.outcome_at && told.size <= evidence.outcome_at->value) {
    fault(evidence.outcome_at, "told the outcome, but no checkpoint that holds it was seen by " + asked);
  } else if (told.size == 0) {
    notes.push_back("No checkpoint of this ledger was seen by " + asked + " yet.");
  } else if (told.size < size) {
    notes.push_back("Witnessed through entry " + std::to_string(told.size - 1) + " of " + std::to_string(size - 1) +
                    ": nobody but the service vouches for the later ones yet.");
  }
  return told;
}

}  // namespace suara::audit
