#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <set>

#include "tests/property/election/random_life.hpp"

using namespace suara;
using namespace suara::election;
using namespace suara::test;

namespace {

Draft any_draft() {
  const bool live = *rc::gen::arbitrary<bool>();
  auto draft = small_draft(live ? TallyPolicy::live : TallyPolicy::sealed);
  draft.policies.revote = *rc::gen::element(RevotePolicy::last_counts, RevotePolicy::refused);
  draft.places.push_back({PlaceId{"tps-2"}, "TPS 2"});
  draft.policies.approval = *rc::gen::element(ApprovalPolicy::single, ApprovalPolicy::two);
  draft.policies.verification =
      *rc::gen::element(VerificationPolicy::online, VerificationPolicy::polling_place, VerificationPolicy::both);
  if (any_of(0, 3) == 0) {
    const std::int64_t opens = HeldElection{}.now.ms + any_of<std::int64_t>(0, 30'000);
    draft.schedule = Schedule{Timestamp{opens}, Timestamp{opens + any_of<std::int64_t>(1, 200'000)}};
  }
  draft.contests.clear();
  const auto contests = any_of<std::size_t>(1, 4);
  for (std::size_t i = 0; i < contests; ++i) {
    const auto candidates = any_of<std::size_t>(2, 4);
    const auto max = any_of<std::uint32_t>(1, static_cast<std::uint32_t>(candidates) + 1);
    const auto min = any_of<std::uint32_t>(0, max + 1);
    draft.contests.push_back(contest_of(candidates, min, max, *rc::gen::arbitrary<bool>(), "Pilih"));
  }
  if (live) return draft;
  if (*rc::gen::arbitrary<bool>()) {
    const auto members = any_of<std::uint32_t>(2, 4);
    draft.threshold = Threshold{any_of<std::uint32_t>(2, members + 1), members};
  }
  draft.trustees = any_of<std::uint32_t>(draft.threshold ? 0 : 1, 3);
  return draft;
}

std::size_t choices_of(const Draft& draft) {
  std::size_t count = 0;
  for (const auto& contest : draft.contests) count += contest.question.choices();
  return count;
}

// The last ballot of each credential, found again from the events.
std::map<ballot::Element, Hash> last_ballots(const std::vector<Recorded>& recorded) {
  std::map<ballot::Element, Hash> last;
  for (const auto& each : recorded) {
    if (const auto* cast = std::get_if<BallotCast>(&each.event)) last[cast->parsed.credential] = cast->parsed.tracker;
  }
  return last;
}

// What was meant, weighed: the count that the decryption must give.
ballot::Counts plain_counts(const RandomLife& life) {
  ballot::Counts counts;
  for (const auto& contest : life.held.state.summary.draft.contests) counts.emplace_back(contest.question.choices(), 0);
  for (const auto& [credential, choices] : life.meant) {
    const auto weight = life.held.state.credentials.at(credential).weight;
    for (std::size_t q = 0; q < choices.size(); ++q) {
      for (std::size_t c = 0; c < choices[q].size(); ++c) counts[q][c] += weight * choices[q][c];
    }
  }
  return counts;
}

void check_challenged(const RandomLife& life) {
  const State& state = life.held.state;
  RC_ASSERT(state.challenged.size() == life.challenged.size());
  for (const auto& each : life.challenged) {
    const auto& ballot = each.verified.ballot();
    RC_ASSERT(state.challenged.contains(ballot.tracker));
    RC_ASSERT(!state.trackers.contains(ballot.tracker));
    const auto last = state.last_ballot.find(ballot.credential);
    const bool counts = last != state.last_ballot.end() && last->second.tracker == ballot.tracker;
    RC_ASSERT(!counts);
    RC_ASSERT(!life.held.decide(each, voter).has_value());
  }
}

// Of each voter at most one attendance that no correction made void.
void check_attendances(const HeldElection& held) {
  std::map<Seq, Hash> standing;
  bool open = false;
  for (const auto& each : held.recorded) {
    open = (open || std::holds_alternative<ElectionOpened>(each.event)) &&
           !std::holds_alternative<ElectionClosed>(each.event) &&
           !std::holds_alternative<ElectionCancelled>(each.event);
    if (const auto* seen = std::get_if<VoterVerified>(&each.event); seen && seen->voter != Hash{}) {
      standing[each.seq] = seen->voter;
    }
    const auto* correction = std::get_if<CorrectionRecorded>(&each.event);
    if (correction && open) standing.erase(correction->entry);
  }
  std::set<Hash> voters;
  for (const auto& [seq, voter] : standing) {
    RC_ASSERT(voters.insert(voter).second);
    RC_ASSERT(held.state.roll.at(voter).attended->seq == seq);
  }
}

void check_invariants(const RandomLife& life) {
  const HeldElection& held = life.held;
  const State& state = held.state;
  RC_ASSERT(state.size == held.recorded.size());
  const auto last = last_ballots(held.recorded);
  RC_ASSERT(state.last_ballot.size() == last.size());
  for (const auto& [credential, tracker] : last) {
    RC_ASSERT(state.credentials.contains(credential));
    RC_ASSERT(state.last_ballot.at(credential).tracker == tracker);
  }
  RC_ASSERT(state.trackers.size() == state.ballots);
  RC_ASSERT(state.ciphertexts.size() == (state.ballots + state.challenged.size()) * choices_of(state.summary.draft));
  check_challenged(life);
  for (const auto& each : held.recorded) {
    const auto* cast = std::get_if<BallotCast>(&each.event);
    if (!cast) continue;
    for (const auto& answer : cast->parsed.answers) {
      for (const auto& choice : answer.choices) RC_ASSERT(state.ciphertexts.contains(ciphertext_id(choice)));
    }
  }
  if (state.summary.draft.policies.revote == RevotePolicy::refused) RC_ASSERT(state.ballots == last.size());
  if (state.summary.draft.policies.tally == TallyPolicy::sealed) RC_ASSERT(!state.summary.live);
  RC_ASSERT(state.summary.credentials <= state.summary.voters);
  std::uint64_t weight = 0, voted = 0, spare = 0, in_use = 0;
  for (const auto& [key, credential] : state.credentials) {
    spare += credential.standing == State::Standing::reserve;
    in_use += credential.standing == State::Standing::in_use;
    if (credential.standing == State::Standing::in_use) weight += credential.weight;
  }
  for (const auto& [key, cast] : state.last_ballot) {
    voted += state.credentials.at(key).weight;
    RC_ASSERT(state.credentials.at(key).standing == State::Standing::in_use);
  }
  RC_ASSERT(state.summary.credentials == in_use);
  RC_ASSERT(state.summary.reserve == spare);
  if (state.summary.sealed) RC_ASSERT(state.summary.roll_sealed->credentials == state.credentials.size());
  if (!state.summary.sealed) RC_ASSERT(state.roll.size() == state.summary.voters);
  RC_ASSERT(state.summary.total_weight == weight);
  RC_ASSERT(state.voted_weight == voted);
  if (state.summary.sealed) RC_ASSERT(state.voters_weight == weight);
  check_attendances(held);
  if (state.summary.result) RC_ASSERT(state.summary.result->counts == plain_counts(life));
}

template <class E>
bool has(const RandomLife& life) {
  return std::any_of(life.held.recorded.begin(), life.held.recorded.end(),
                     [](const Recorded& each) { return std::holds_alternative<E>(each.event); });
}

// Through bytes: every event as a signed entry, read back and folded anew.
State replayed(const std::vector<Recorded>& recorded) {
  static const auto key = crypto::SigningKey::from_seed(Bytes(32, 3));
  static const auto name = log::make_verifier_key("suara.test/x", key.public_key()).value();
  State state;
  for (const auto& each : recorded) {
    const codec::EntryBody body{
        each.actor.text(), codec::write_event_data(each.event), Origin{"suara.test/x"}, {}, each.seq,
        each.time,         std::string(type_name(each.event)),  codec::event_version};
    const auto entry = log::seal_entry(codec::encode_entry_body(body), key, name).value();
    const auto read = codec::read_recorded(entry, codec::Trust::full);
    RC_ASSERT(read.has_value());
    RC_ASSERT(check_legal(state, *read).has_value());
    evolve(state, *read);
  }
  return state;
}

}  // namespace

TEST_CASE("any sequence of commands") {
  rc::prop("keeps the invariants, and a replay of its events gives the live state", [] {
    const bool appoints = *rc::gen::arbitrary<bool>();
    RandomLife life(any_draft(), appoints ? RandomLife::staff() : std::vector<Appointment>{});
    const int steps = any_of(20, 200);
    for (int i = 0; i < steps; ++i) {
      const Phase phase = life.held.state.summary.phase;
      const auto size = life.held.state.size;
      const auto before = digest(life.held.state);
      const auto outcome = life.step();  // throws where check_legal refuses what decide() gave
      RC_ASSERT(life.held.state.summary.phase >= phase);
      if (outcome == RandomLife::Outcome::recorded) {
        RC_ASSERT(life.held.state.size > size);
      } else {
        RC_ASSERT(digest(life.held.state) == before);
      }
      check_invariants(life);
    }
    RC_CLASSIFY(life.held.state.summary.opened_at.has_value(), "opened");
    RC_CLASSIFY(life.held.state.summary.live.has_value(), "counted live");
    RC_CLASSIFY(life.held.state.summary.result.has_value(), "gave a result");
    RC_CLASSIFY(!life.challenged.empty(), "challenged a ballot");
    RC_CLASSIFY(life.held.state.summary.phase == Phase::cancelled, "was cancelled");
    RC_CLASSIFY(!life.held.state.attendances.empty(), "marked a voter as present");
    RC_CLASSIFY(!life.held.state.corrected.empty(), "corrected an attendance");
    RC_CLASSIFY(has<CredentialReplaced>(life), "replaced a code");
    RC_CLASSIFY(has<VotingExtended>(life), "extended the voting");
    RC_CLASSIFY(has<VoterCorrected>(life), "corrected the roll");
    RC_CLASSIFY(ceremony_step(life.held.state.summary) == CeremonyStep::done, "held a key ceremony");
    RC_ASSERT(digest(replayed(life.held.recorded)) == digest(life.held.state));
  });
}
