#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "core/ballot/tally.hpp"
#include "core/ballot/trustee.hpp"
#include "core/election/rules.hpp"

namespace suara::election::rules {
namespace {

Result<void> tally_shape(const Summary& summary, const ballot::EncryptedTally& tally) {
  const auto& questions = summary.sealed->parsed_election.questions;
  bool same = tally.size() == questions.size();
  for (std::size_t q = 0; same && q < tally.size(); ++q) same = tally[q].size() == questions[q].choices();
  if (same) return {};
  return fail(ErrorCode::wrong_choices, "The encrypted tally has another shape than the election's questions.");
}

Result<void> counts_every_voter(const State& state, std::uint64_t num_tallied) {
  if (num_tallied == state.last_ballot.size()) return {};
  return fail(ErrorCode::conflict, "The tally counts " + std::to_string(num_tallied) + " ballots, but " +
                                       std::to_string(state.last_ballot.size()) +
                                       " voters have one that counts: compute it again.");
}

// Both proofs of one trustee's share.
Result<void> share_proven(const Summary& summary, const ballot::EncryptedTally& tally, const DecryptionShare& share) {
  const auto& sealed = *summary.sealed;
  const auto key = ballot::owner_key(sealed.parsed_trustees, share.owner);
  if (!key) {
    return fail(ErrorCode::not_found, "There is no trustee " + std::to_string(share.owner) + " in this election.");
  }
  const auto& fingerprint = sealed.parsed_election.fingerprint;
  if (auto ok = ballot::verify_partial_decryption(tally, share.partial, *key, fingerprint); !ok) return ok;
  return ballot::verify_strong_proofs(tally, share.partial, share.strong, *key, fingerprint);
}

// Counts no set of valid ballots can have never become public, whatever went wrong before.
Result<void> counts_possible(const Summary& summary, const ballot::Counts& counts, std::uint64_t ballots) {
  const auto& questions = summary.sealed->parsed_election.questions;
  for (std::size_t q = 0; q < counts.size(); ++q) {
    const std::uint64_t blank = questions[q].blank ? counts[q].front() : 0;
    const auto marks = std::accumulate(counts[q].begin(), counts[q].end(), std::uint64_t{0}) - blank;
    const std::uint64_t marked = ballots - std::min(blank, ballots);
    if (blank <= ballots && marks >= marked * questions[q].min && marks <= marked * questions[q].max) continue;
    return fail(ErrorCode::integrity, "The counts add up to " + std::to_string(marks) + " marks, which " +
                                          std::to_string(ballots) + " valid ballots cannot hold.");
  }
  return {};
}

Result<void> counts_match(const Summary& summary, const ballot::EncryptedTally& tally,
                          const std::map<std::uint32_t, ballot::PartialDecryption>& by_owner, std::uint64_t ballots,
                          const ballot::Counts& counts) {
  const auto decrypted = ballot::decrypt_counts(tally, summary.sealed->parsed_trustees, by_owner, ballots);
  if (!decrypted) return fail(decrypted.error());
  if (*decrypted != counts) {
    return fail(ErrorCode::conflict, "The counts are not what the decryption of the tally gives: compute them again.");
  }
  return counts_possible(summary, counts, ballots);
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
  if (tally.accepted != ending->accepted || tally.num_tallied != ending->counted) {
    return fail(ErrorCode::conflict, "A live tally must count every ballot up to its last one: compute it again.");
  }
  if (auto ok = tally_shape(summary, tally.tally); !ok) return ok;
  if (tally.shares.size() != 1) {
    return fail(ErrorCode::wrong_choices, "A live tally carries exactly one decryption share, the service's.");
  }
  if (auto ok = share_proven(summary, tally.tally, tally.shares.front()); !ok) return ok;
  return counts_match(summary, tally.tally, {{tally.shares.front().owner, tally.shares.front().partial}},
                      tally.num_tallied, tally.counts);
}

Result<void> computes(const State& state, const TallyComputed& tally) {
  if (state.summary.tally) return fail(ErrorCode::conflict, "The tally is computed already.");
  if (auto ok = counts_every_voter(state, tally.num_tallied); !ok) return ok;
  if (tally.total_weight != tally.num_tallied) {
    return fail(ErrorCode::conflict, "The tally's total weight differs from its number of ballots; each weighs one.");
  }
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
  if (summary.shares.contains(share.owner)) {
    return fail(ErrorCode::conflict,
                "Trustee " + std::to_string(share.owner) + " has submitted its decryption already.");
  }
  return share_proven(summary, summary.tally->tally, share);
}

Result<void> result(const State& state, const ballot::Counts& counts) {
  const Summary& summary = state.summary;
  if (!summary.tally) return fail(ErrorCode::conflict, "The tally is not computed yet.");
  const auto& trustees = summary.sealed->parsed_trustees;
  std::set<std::uint32_t> owners;
  std::map<std::uint32_t, ballot::PartialDecryption> by_owner;
  for (const auto& [owner, share] : summary.shares) {
    owners.insert(owner);
    by_owner.emplace(owner, share.partial);
  }
  if (!ballot::still_needed(trustees, owners).nothing()) {
    return fail(ErrorCode::conflict, std::to_string(owners.size()) + " of " +
                                         std::to_string(ballot::count_owners(trustees)) +
                                         " trustees have decrypted: more must before there is a result.");
  }
  return counts_match(summary, summary.tally->tally, by_owner, summary.tally->num_tallied, counts);
}

}  // namespace suara::election::rules
