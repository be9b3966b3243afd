#include <catch2/catch.hpp>

#include "tests/support/held_election.hpp"
#include "tests/support/refused.hpp"

using namespace suara;
using namespace suara::election;
using namespace suara::test;

namespace {

std::optional<ErrorCode> judged(const HeldElection& held, Event event, const Actor& actor) {
  return refused(check_legal(held.state, {Seq{held.state.size}, held.now, actor, std::move(event)}));
}

}  // namespace

TEST_CASE("an entry out of its place or time is not legal") {
  HeldElection held;
  held.draft(small_draft());
  const VotersEnrolled event{0, {{HeldElection::commitment_of(0), PlaceId{"tps-1"}}}};
  CHECK(refused(check_legal(held.state, {Seq{7}, held.now, registrar, event})) == ErrorCode::integrity);
  const Timestamp before{held.state.last_time.ms - 1};
  CHECK(refused(check_legal(held.state, {Seq{2}, before, registrar, event})) == ErrorCode::integrity);
  CHECK(judged(held, event, registrar) == std::nullopt);
}

TEST_CASE("an event by a role that may not, or in another phase, is not legal") {
  HeldElection held;
  held.set_up(small_draft(), 1);
  CHECK(judged(held, ElectionOpened{}, supervisor) == ErrorCode::not_permitted);
  CHECK(judged(held, ElectionOpened{}, committee) == ErrorCode::wrong_phase);
  CHECK(judged(held, LedgerOpened{ElectionUuid{"ucSijHEHGk8LHG"}, "k"}, committee) == ErrorCode::conflict);
  CHECK(judged(held, ElectionDrafted{small_draft()}, committee) == std::nullopt);
  CHECK(judged(held, ResultCertified{}, Actor{Role::committee, ""}) == ErrorCode::malformed);
}

TEST_CASE("a ledger begins with its opening and its draft") {
  HeldElection held;
  CHECK(judged(held, ElectionDrafted{small_draft()}, committee) == ErrorCode::conflict);
  held.record({Seq{0}, held.now, committee, LedgerOpened{ElectionUuid{"ucSijHEHGk8LHG"}, "k"}});
  CHECK(judged(held, VotersEnrolled{0, {{Hash{}, PlaceId{"tps-1"}}}}, registrar) == ErrorCode::wrong_phase);
  auto bad = small_draft();
  bad.places.clear();
  CHECK(judged(held, ElectionDrafted{bad}, committee) == ErrorCode::invalid_draft);
  CHECK(judged(held, ElectionDrafted{small_draft()}, committee) == std::nullopt);
}

TEST_CASE("what decide makes of itself is judged too: numbers, order, size of chunks") {
  HeldElection held;
  held.set_up(small_draft(), 3);
  const auto pair = ballot::generate_trustee_key();
  const TrusteeKeyPublished key{5, codec::write_trustee_public_key(pair.public_key), pair.public_key};
  CHECK(judged(held, key, trustee) == ErrorCode::conflict);
  const PlaceId place{"tps-1"};
  CHECK(judged(held, VotersEnrolled{0, {{HeldElection::commitment_of(50), place}}}, registrar) == ErrorCode::conflict);
  VotersEnrolled large{3, {}};
  for (std::size_t i = 100; i < 501; ++i) large.voters.push_back({HeldElection::commitment_of(i), place});
  CHECK(judged(held, large, registrar) == ErrorCode::too_large);
  large.voters.pop_back();
  CHECK(judged(held, large, registrar) == std::nullopt);

  held.must(EnrolVoters{large.voters}, registrar);
  RollImported sorted{place, {}};
  for (std::size_t i = 2; i < 5; ++i) sorted.credentials.push_back({crypto::g_pow(crypto::Scalar::from_u64(i)), 1});
  std::sort(sorted.credentials.begin(), sorted.credentials.end(),
            [](const auto& a, const auto& b) { return text_less(a.key, b.key); });
  CHECK(judged(held, sorted, registrar) == std::nullopt);
  std::swap(sorted.credentials.front(), sorted.credentials.back());
  CHECK(judged(held, sorted, registrar) == ErrorCode::conflict);
}

TEST_CASE("nothing stands between the sealing of the roll and of the election") {
  HeldElection held;
  held.set_up(small_draft(), 2);
  const auto command = codec::seal_command(held.state).value();
  const ElectionSealed sealed{command.election, command.trustees, command.credentials_hash, command.parsed_election,
                              command.parsed_trustees};
  CHECK(judged(held, sealed, committee) == ErrorCode::wrong_phase);
  CHECK(judged(held, RollSealed{2, 1, command.credentials_hash}, committee) == ErrorCode::conflict);
  CHECK(judged(held, RollSealed{2, 2, Hash{}}, committee) == ErrorCode::conflict);
  const RollSealed roll{2, 2, command.credentials_hash};
  CHECK(judged(held, roll, committee) == std::nullopt);
  held.record({Seq{held.state.size}, held.now, committee, roll});
  CHECK(judged(held, roll, committee) == ErrorCode::wrong_phase);
  CHECK(judged(held, VotersEnrolled{2, {{HeldElection::commitment_of(9), PlaceId{"tps-1"}}}}, registrar) ==
        ErrorCode::wrong_phase);
  CHECK(refused(held.give(command, committee)) == ErrorCode::wrong_phase);
  CHECK(judged(held, sealed, committee) == std::nullopt);
}

TEST_CASE("a sign-in or ballot recorded twice is not legal") {
  HeldElection held;
  held.open(small_draft(), 1);
  const VoterVerified verified{VoterVerified::Method::credential, ballot::public_credential(held.voters[0]), {}, {}};
  held.must(VerifyVoter{verified.credential}, voter);
  CHECK(judged(held, verified, voter) == ErrorCode::conflict);
  const auto cast = held.ballot_of(0, 0);
  held.must(cast, voter);
  CHECK(judged(held, BallotCast{cast.ballot, cast.verified.ballot()}, voter) == ErrorCode::conflict);
}

TEST_CASE("no event is legal after certification") {
  HeldElection held;
  held.open(small_draft(), 1);
  held.finish();
  for (const auto& each : held.recorded) {
    CAPTURE(type_name(each.event));
    CHECK(judged(held, each.event, each.actor) != std::nullopt);
  }
}
