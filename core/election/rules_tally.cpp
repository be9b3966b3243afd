#include <algorithm>
#include <numeric>

#include "core/ballot/tally.hpp"
#include "core/ballot/trustee.hpp"
#include "core/election/rules.hpp"
#include "core/election/trustees.hpp"

namespace suara::election::rules {
namespace {

Result<void> tally_shape(const Summary& summary, const ballot::EncryptedTally& tally) {
  const auto& questions = summary.sealed->parsed_election.questions;
  bool same = tally.size() == questions.size();
  for (std::size_t q = 0; same && q < tally.size(); ++q) same = tally[q].size() == questions[q].choices();
  if (same) return {};
  return fail(ErrorCode::wrong_choices, "The encrypted tally has another shape than the election's questions.");
}

Result<void> counts_every_voter(const State& state, const TallyComputed& tally) {
  if (tally.num_tallied != state.last_ballot.size()) {
    return fail(ErrorCode::conflict, "The tally counts " + std::to_string(tally.num_tallied) + " ballots, but " +
                                         std::to_string(state.last_ballot.size()) +
                                         " voters have one that counts: compute it again.");
  }
  if (tally.total_weight != state.voted_weight) {
    return fail(ErrorCode::conflict, "The tally weighs " + std::to_string(tally.total_weight) +
                                         ", but the ballots that count weigh " + std::to_string(state.voted_weight) +
                                         ": compute it again.");
  }
  return {};
}

// Both proofs of one trustee's share. A refusal names the trustee.
Result<void> share_proven(const Summary& summary, const ballot::EncryptedTally& tally, const DecryptionShare& share) {
  const auto& sealed = *summary.sealed;
  const auto key = ballot::owner_key(sealed.parsed_trustees, share.owner);
  if (!key) {
    return fail(ErrorCode::not_found, "There is no trustee " + std::to_string(share.owner) + " in this election.");
  }
  const auto& fingerprint = sealed.parsed_election.fingerprint;
  auto proven = ballot::verify_partial_decryption(tally, share.partial, *key, fingerprint);
  if (proven) proven = ballot::verify_strong_proofs(tally, share.partial, share.strong, *key, fingerprint);
  if (proven) return {};
  return fail(proven.error().code,
              "The decryption of " + owner_name(summary, share.owner) + " is refused: " + proven.error().detail);
}

// A group has enough decryptions with `threshold` of them: which ones are used must not be open to choice.
Result<void> share_wanted(const Summary& summary, std::uint32_t owner) {
  if (summary.shares.contains(owner)) {
    return fail(ErrorCode::conflict, "Trustee " + std::to_string(owner) + " has submitted its decryption already.");
  }
  for (const auto& group : needed_decryptions(summary).groups) {
    const bool member = std::find(group.absent.begin(), group.absent.end(), owner) != group.absent.end();
    if (!member || group.missing > 0) continue;
    return fail(ErrorCode::conflict, "The tally has all the decryptions it needs of this group: trustee " +
                                         std::to_string(owner) + " has nothing left to do.");
  }
  return {};
}

// Counts no set of valid ballots can have never become public, whatever went wrong before.
Result<void> counts_possible(const Summary& summary, const ballot::Counts& counts, std::uint64_t weight) {
  const auto& questions = summary.sealed->parsed_election.questions;
  for (std::size_t q = 0; q < counts.size(); ++q) {
    const std::uint64_t blank = questions[q].blank ? counts[q].front() : 0;
    const auto marks = std::accumulate(counts[q].begin(), counts[q].end(), std::uint64_t{0}) - blank;
    const std::uint64_t marking = weight - std::min(blank, weight);  // of ballots that are not blank here
    const bool possible = blank <= weight && marks >= marking * questions[q].min && marks <= marking * questions[q].max;
    if (possible) continue;
    return fail(ErrorCode::integrity, "The counts of question " + std::to_string(q + 1) + " hold " +
                                          std::to_string(blank) + " blank votes and " + std::to_string(marks) +
                                          " marks, which valid ballots of weight " + std::to_string(weight) +
                                          " cannot hold.");
  }
  return {};
}

Result<void> counts_match(const Summary& summary, const ballot::EncryptedTally& tally,
                          const std::map<std::uint32_t, ballot::PartialDecryption>& by_owner, std::uint64_t weight,
                          const ballot::Counts& counts) {
  const auto decrypted = ballot::decrypt_counts(tally, summary.sealed->parsed_trustees, by_owner, weight);
  if (!decrypted) return fail(decrypted.error());
  if (*decrypted != counts) {
    return fail(ErrorCode::conflict, "The counts are not what the decryption of the tally gives: compute them again.");
  }
  return counts_possible(summary, counts, weight);
}

}  // namespace

Result<void> live_tally(const State& state, const LiveTallyPublished& tally, Timestamp now) {
  const Summary& summary = state.summary;
  const auto& policies = summary.draft.policies;
  if (policies.tally != TallyPolicy::live) {
    return fail(ErrorCode::not_permitted,
                "This election's tally policy is 'sealed': nothing is counted before the close.");
  }
  const auto ending = state.live_batch.ending(tally.through);
  if (!ending) {
    return fail(ErrorCode::conflict,
                "A live tally must end with a ballot recorded since the last one: compute it again.");
  }
  if (ending->voters < policies.min_batch) {
    return fail(ErrorCode::conflict, std::to_string(ending->voters) +
                                         " voters have voted since the last live tally; it waits for " +
                                         std::to_string(policies.min_batch) + ".");
  }
  if (summary.live && now.ms - state.last_live.ms < min_ms_between_live_tallies) {
    return fail(ErrorCode::conflict, "The last live tally is less than two seconds old: wait.");
  }
  if (tally.accepted != ending->accepted || tally.num_tallied != ending->counted ||
      tally.total_weight != ending->weight) {
    return fail(ErrorCode::conflict, "A live tally must count every ballot up to its last one: compute it again.");
  }
  if (auto ok = tally_shape(summary, tally.tally); !ok) return ok;
  if (tally.shares.size() != 1) {
    return fail(ErrorCode::wrong_choices, "A live tally carries exactly one decryption share, the service's.");
  }
  const DecryptionShare& share = tally.shares.front();
  if (auto ok = share_proven(summary, tally.tally, share); !ok) return ok;
  return counts_match(summary, tally.tally, {{share.owner, share.partial}}, tally.total_weight, tally.counts);
}

Result<void> computes(const State& state, const TallyComputed& tally) {
  if (state.summary.tally) return fail(ErrorCode::conflict, "The tally is computed already.");
  if (auto ok = counts_every_voter(state, tally); !ok) return ok;
  return tally_shape(state.summary, tally.tally);
}

Result<void> decryption(const State& state, Role by, const DecryptionShare& share) {
  const Summary& summary = state.summary;
  const bool live = summary.draft.policies.tally == TallyPolicy::live;
  if (live != (by == Role::service)) {
    return fail(ErrorCode::not_permitted,
                live ? "Under the tally policy 'live' the service holds the key and decrypts."
                     : "Under the tally policy 'sealed' the trustees decrypt, not the service.");
  }
  if (!summary.tally) return fail(ErrorCode::conflict, "The tally is not computed yet: decrypt it when it is.");
  if (auto ok = share_wanted(summary, share.owner); !ok) return ok;
  return share_proven(summary, summary.tally->tally, share);
}

Result<void> result(const State& state, const ballot::Counts& counts) {
  const Summary& summary = state.summary;
  if (auto ready = ready_for_result(summary); !ready) return ready;
  return counts_match(summary, summary.tally->tally, submitted_decryptions(summary), summary.tally->total_weight,
                      counts);
}

}  // namespace suara::election::rules
