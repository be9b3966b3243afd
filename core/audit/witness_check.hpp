#pragma once
#include <optional>
#include <string>

#include "core/audit/findings.hpp"
#include "core/audit/key_chain.hpp"
#include "core/election/types.hpp"
#include "core/log/checkpoint.hpp"

namespace suara::audit {

// What there is to judge the witnesses by.
struct WitnessEvidence {
  log::SignedCheckpoint newest;                  // of all entries; its own signature is judged elsewhere
  std::optional<log::SignedCheckpoint> largest;  // checkpoint.witnessed
  std::string largest_fault;                     // why that file cannot be used; empty where it can or is not there
  std::optional<Hash> root_there;                // what the entries give for the size of `largest`; none: unknown
  std::optional<Seq> outcome_at;                 // the entry that told the result, or certified or cancelled the election
};

// The check `witnesses` under that policy; fills what the report says of it.
Report::Witnessed check_witnesses(const election::WitnessPolicy& policy, const WitnessEvidence& evidence,
                                  const KeyChain& keys, Findings& findings, std::vector<std::string>& notes);

}  // namespace suara::audit
