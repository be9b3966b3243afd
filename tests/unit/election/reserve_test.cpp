#include <catch2/catch.hpp>

#include "tests/support/held_election.hpp"
#include "tests/support/refused.hpp"

using namespace suara;
using namespace suara::election;
using namespace suara::test;

namespace {

ballot::Element key_of(const HeldElection& held, std::size_t index) {
  return ballot::public_credential(held.voters.at(index));
}

// Two voters at tps-1 (0, 1), one of weight 3 (2), one at tps-2 (3); spare: 4 and 5 at tps-1, 6 of weight 3, 7 at
// tps-2.
struct Reserved : HeldElection {
  Reserved() {
    set_up(two_place_draft(), 2);
    enrol(1, tps1, 3);
    enrol(1, tps2);
    import_reserve(2);
    import_reserve(1, tps1, 3);
    import_reserve(1, tps2);
  }
};

struct OpenedWithReserve : Reserved {
  OpenedWithReserve() {
    seal();
    must(OpenElection{}, committee);
  }
  std::optional<ErrorCode> replace(std::size_t lost, std::size_t issued) {
    return refused(give(ReplaceCredential{key_of(*this, lost), key_of(*this, issued), "Kartu hilang"}, registrar));
  }
};

}  // namespace

TEST_CASE("the reserve is sealed with the others and counted apart") {
  Reserved held;
  const Summary& summary = held.state.summary;
  CHECK(summary.credentials == 4);
  CHECK(summary.reserve == 4);
  CHECK(summary.reserve_by_place.at(tps1) == 3);
  CHECK(summary.credentials_by_place.at(tps1) == 3);
  CHECK(summary.total_weight == 6);
  held.seal();
  CHECK(summary.roll_sealed->voters == 4);
  CHECK(summary.roll_sealed->credentials == 8);
}

TEST_CASE("the reserve follows the credentials and is no larger than the roll") {
  HeldElection held;
  auto draft = small_draft();
  draft.places.push_back({tps2, "TPS 2"});
  held.draft(draft);
  held.must(EnrolVoters{{{HeldElection::commitment_of(90), tps1}, {HeldElection::commitment_of(91), tps2}}}, registrar);
  const auto spare = [&](std::size_t count, const PlaceId& place, std::uint64_t weight) {
    ImportReserve import{{{place, {}}}};
    for (std::size_t i = 0; i < count; ++i) {
      import.places[0].credentials.push_back({ballot::public_credential(crypto::SecretScalar::random()), weight});
    }
    return import;
  };
  CHECK(refused(held.give(spare(1, tps1, 1), registrar)) == ErrorCode::conflict);  // before the others
  held.enrol(1);
  CHECK(refused(held.give(spare(1, tps1, 2), registrar)) == ErrorCode::conflict);
  CHECK(refused(held.give(spare(3, tps1, 1), registrar)) == ErrorCode::conflict);
  CHECK(refused(held.give(spare(1, PlaceId{"tps-9"}, 1), registrar)) == ErrorCode::roll_invalid);
  CHECK(refused(held.give(spare(0, tps1, 1), registrar)) == ErrorCode::roll_invalid);
  CHECK(refused(held.give(ImportReserve{}, registrar)) == ErrorCode::roll_invalid);
  const auto good = spare(2, tps1, 1);
  held.must(good, registrar);
  CHECK(refused(held.give(good, registrar)) == ErrorCode::roll_invalid);  // imported already
  CHECK(refused(held.give(spare(1, tps1, 1), registrar)) == ErrorCode::conflict);
}

TEST_CASE("credentials and reserve come in one command, no credential in both") {
  HeldElection held;
  held.draft(small_draft());
  held.must(EnrolVoters{{{HeldElection::commitment_of(0), tps1}}}, registrar);
  const ballot::PublicCredential used{ballot::public_credential(crypto::SecretScalar::random()), 1};
  const ballot::PublicCredential spare{ballot::public_credential(crypto::SecretScalar::random()), 1};
  CHECK(refused(held.give(ImportCredentials{{{tps1, {used}}}, {{tps1, {used}}}}, registrar)) ==
        ErrorCode::roll_invalid);
  held.must(ImportCredentials{{{tps1, {used}}}, {{tps1, {spare}}}}, registrar);
  CHECK(held.state.summary.credentials == 1);
  CHECK(held.state.summary.reserve == 1);
  CHECK(held.state.credentials.at(spare.key).standing == State::Standing::reserve);
}

TEST_CASE("a spare code is of no use until it is issued, the lost one of none after it") {
  OpenedWithReserve held;
  CHECK(refused(held.give(VerifyVoter{key_of(held, 4)}, voter)) == ErrorCode::unknown_credential);
  CHECK(refused(held.give(held.ballot_of(4, 0), voter)) == ErrorCode::unknown_credential);
  held.must(VerifyVoter{key_of(held, 0)}, voter);
  CHECK(held.replace(0, 4) == std::nullopt);
  CHECK(refused(held.give(VerifyVoter{key_of(held, 0)}, voter)) == ErrorCode::unknown_credential);
  CHECK(refused(held.give(held.ballot_of(0, 0), voter)) == ErrorCode::unknown_credential);
  CHECK(refused(held.give(HeldElection::challenge(held.ballot_of(0, 0)), voter)) == ErrorCode::unknown_credential);
  held.must(held.ballot_of(4, 1), voter);
  const Summary& summary = held.state.summary;
  CHECK(summary.credentials == 4);
  CHECK(summary.reserve == 3);
  CHECK(summary.reserve_by_place.at(tps1) == 2);
  CHECK(summary.total_weight == 6);
  held.must(held.ballot_of(2, 0), voter);
  held.finish();
  CHECK(summary.result->counts == ballot::Counts{{3, 1}});
}

TEST_CASE("a code is replaced only where that takes no ballot away and gives none") {
  OpenedWithReserve held;
  held.must(held.ballot_of(0, 0), voter);
  CHECK(held.replace(0, 4) == ErrorCode::conflict);            // has voted
  CHECK(held.replace(1, 6) == ErrorCode::conflict);            // another weight
  CHECK(held.replace(1, 7) == ErrorCode::conflict);            // another place
  CHECK(held.replace(1, 0) == ErrorCode::conflict);            // in use
  CHECK(held.replace(1, 1) == ErrorCode::conflict);            // itself
  CHECK(held.replace(4, 5) == ErrorCode::unknown_credential);  // the lost one was never handed out
  CHECK(refused(held.give(ReplaceCredential{key_of(held, 1), ballot::Element::generator(), "Hilang"}, registrar)) ==
        ErrorCode::conflict);
  CHECK(refused(held.give(ReplaceCredential{ballot::Element::generator(), key_of(held, 4), "Hilang"}, registrar)) ==
        ErrorCode::unknown_credential);
  CHECK(refused(held.give(ReplaceCredential{key_of(held, 1), key_of(held, 4), ""}, registrar)) == ErrorCode::malformed);
  CHECK(held.replace(1, 4) == std::nullopt);
  CHECK(held.replace(1, 5) == ErrorCode::unknown_credential);  // replaced already
  CHECK(held.replace(4, 1) == ErrorCode::conflict);            // back again
  CHECK(held.replace(4, 5) == std::nullopt);                   // the new one may be lost too
  CHECK(held.replace(2, 6) == std::nullopt);
}

TEST_CASE("a code is replaced from the sealing to the close") {
  Reserved held;
  const ReplaceCredential replace{key_of(held, 0), key_of(held, 4), "Kartu hilang"};
  CHECK(refused(held.give(replace, registrar)) == ErrorCode::wrong_phase);
  held.seal();
  held.must(replace, registrar);
  held.must(OpenElection{}, committee);
  held.must(CloseElection{}, committee);
  CHECK(refused(held.give(ReplaceCredential{key_of(held, 1), key_of(held, 5), "Hilang"}, registrar)) ==
        ErrorCode::wrong_phase);
}
