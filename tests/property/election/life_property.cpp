#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include "tests/property/election/random_life.hpp"

using namespace suara;
using namespace suara::election;
using namespace suara::test;

namespace {

Draft any_draft() {
  const bool live = *rc::gen::arbitrary<bool>();
  auto draft = small_draft(live ? TallyPolicy::live : TallyPolicy::sealed);
  draft.policies.revote = *rc::gen::element(RevotePolicy::last_counts, RevotePolicy::refused);
  if (!live) draft.trustees = *rc::gen::inRange<std::uint32_t>(1, 3);
  return draft;
}

// The last ballot of each credential, found again from the events.
std::map<ballot::Element, Hash> last_ballots(const std::vector<Recorded>& recorded) {
  std::map<ballot::Element, Hash> last;
  for (const auto& each : recorded) {
    if (const auto* cast = std::get_if<BallotCast>(&each.event)) last[cast->parsed.credential] = cast->parsed.tracker;
  }
  return last;
}

void check_invariants(const HeldElection& held) {
  const State& state = held.state;
  RC_ASSERT(state.size == held.recorded.size());
  const auto last = last_ballots(held.recorded);
  RC_ASSERT(state.last_ballot.size() == last.size());
  for (const auto& [credential, tracker] : last) {
    RC_ASSERT(state.credentials.contains(credential));
    RC_ASSERT(state.last_ballot.at(credential).tracker == tracker);
  }
  RC_ASSERT(state.trackers.size() == state.ballots);
  RC_ASSERT(state.ciphertexts.size() == state.ballots * 2);
  for (const auto& each : held.recorded) {
    const auto* cast = std::get_if<BallotCast>(&each.event);
    if (!cast) continue;
    for (const auto& choice : cast->parsed.answers[0].choices) {
      RC_ASSERT(state.ciphertexts.contains(ciphertext_id(choice)));
    }
  }
  if (state.summary.draft.policies.revote == RevotePolicy::refused) RC_ASSERT(state.ballots == last.size());
  if (state.summary.draft.policies.tally == TallyPolicy::sealed) RC_ASSERT(!state.summary.live);
  RC_ASSERT(state.summary.credentials <= state.summary.voters);
  if (state.summary.result) {
    const auto& counts = state.summary.result->counts.at(0);
    RC_ASSERT(counts.at(0) + counts.at(1) == last.size());
  }
}

// Through bytes: every event as a signed entry, read back and folded anew.
State replayed(const std::vector<Recorded>& recorded) {
  static const auto key = crypto::SigningKey::from_seed(Bytes(32, 3));
  static const auto name = log::make_verifier_key("suara.test/x", key.public_key()).value();
  State state;
  for (const auto& each : recorded) {
    const codec::EntryBody body{each.actor.text(), codec::write_event_data(each.event), Origin{"suara.test/x"}, {},
                                each.seq, each.time, std::string(type_name(each.event)), codec::event_version};
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
    RandomLife life(any_draft());
    const int steps = *rc::gen::inRange(10, 140);
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
      check_invariants(life.held);
    }
    RC_CLASSIFY(life.held.state.summary.phase >= Phase::open, "opened");
    RC_CLASSIFY(life.held.state.summary.live.has_value(), "counted live");
    RC_CLASSIFY(life.held.state.summary.phase >= Phase::tallied, "gave a result");
    RC_ASSERT(digest(replayed(life.held.recorded)) == digest(life.held.state));
  });
}
