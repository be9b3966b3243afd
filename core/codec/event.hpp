#pragma once
#include <string>
#include <string_view>

#include "core/ballot/tally.hpp"
#include "core/ballot/trustee.hpp"
#include "core/election/commands.hpp"
#include "core/election/state.hpp"

namespace suara::codec {

// `data` of an entry, canonical JSON; see schema/events.
std::string write_event_data(const election::Event& event);
constexpr std::uint32_t event_version = 1;  // every type so far

// How far to check Belenios objects inside: `full` checks group membership of every element (an auditor), `trusted`
// only the shape (our own ledger, already checked when it was accepted).
enum class Trust { full, trusted };

// Errors: unsupported (type or version unknown), malformed, too_large, integrity (a hash inside does not fit what it
// names), and those of codec/belenios.hpp. That `data` is canonical is checked with the entry (entry_body.hpp).
Result<election::Event> read_event(std::string_view type, std::uint32_t version, std::string_view data, Trust trust);

// A whole entry to its event: entry body, actor, event. Neither signature nor chain is looked at.
Result<election::Recorded> read_recorded(std::string_view entry, Trust trust);

// A credential as RollImported lists it: "<element>", and "<element>,<weight>" where the weight is not 1. Errors:
// malformed, invalid_point.
std::string write_roll_credential(const ballot::PublicCredential& credential);
Result<ballot::PublicCredential> read_roll_credential(std::string_view text, Trust trust);

// The committee's FILE.json of `election draft` to a Draft and back (schema/openapi.yaml, Draft).
Result<election::Draft> read_draft(std::string_view json);
std::string write_draft(const election::Draft& draft);

// Commands whose texts are made from the state. Error: conflict (what they need is not recorded yet).
Result<election::SealElection> seal_command(const election::State& state);
Result<election::PublishResult> result_command(const election::State& state);

// Commands whose texts are made from the sum of the ballots that count and the trustee's decryption of it.
// `through` is the last ballot in `sum`, `accepted` the number of ballots up to it (election::State's `last_cast` and
// `ballots` of the same moment). Error: invalid_proof (the decryption gives no count).
election::ComputeTally tally_command(const ballot::TallyAccumulator& sum);
Result<election::PublishLiveTally> live_tally_command(Seq through, std::uint64_t accepted,
                                                      const ballot::Trustees& trustees,
                                                      const ballot::TallyAccumulator& sum,
                                                      const ballot::Decryption& decryption);
election::DecryptionShare make_share(std::uint32_t owner, const ballot::Decryption& decryption);
// From the texts a trustee sends. Errors: those of codec/belenios.hpp.
Result<election::DecryptionShare> read_share(std::uint32_t owner, std::string_view partial_decryption,
                                             std::string_view strong_proofs);

}  // namespace suara::codec
