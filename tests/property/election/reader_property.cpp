#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include "core/codec/canonical_json.hpp"
#include "core/codec/roll_csv.hpp"
#include "tests/support/held_election.hpp"

using namespace suara;
using namespace suara::election;
using namespace suara::test;

namespace {

HeldElection live_election() {
  HeldElection one;
  one.open(small_draft(TallyPolicy::live), 2);
  one.must(VerifyVoter{ballot::public_credential(one.voters[0])}, voter);
  one.must(one.ballot_of(0, 0), voter);
  one.must(one.ballot_of(1, 1), voter);
  one.must(one.live_tally(), service);
  one.finish();
  return one;
}

// With a key ceremony that began twice, weights, a blank vote and a challenged ballot.
HeldElection rich_election() {
  HeldElection one;
  one.draft(rich_draft());
  one.must(one.new_certificate(), trustee);
  one.must(RestartCeremony{"Ulang"}, committee);
  one.must(one.new_trustee_key(), trustee);
  one.run_ceremony();
  one.enrol(1, PlaceId{"tps-1"}, 3);
  one.seal();
  one.must(OpenElection{}, committee);
  one.must(HeldElection::challenge(one.ballot_of(0, 0)), voter);
  one.must(one.ballot_with(one.voters[0], {{1, 0, 0}, {0, 1, 0, 1}}), voter);
  one.finish();
  return one;
}

const HeldElection& whole_election() {
  static const HeldElection live = live_election(), rich = rich_election();
  return *rc::gen::arbitrary<bool>() ? live : rich;
}

// Some bytes of a text overwritten, removed, doubled or cut off.
std::string damaged(std::string text) {
  const int wounds = *rc::gen::inRange(1, 4);
  for (int i = 0; i < wounds && !text.empty(); ++i) {
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    switch (*rc::gen::inRange(0, 5)) {
      case 0:
        text[at] = *rc::gen::arbitrary<char>();
        break;
      case 1:
        text[at] = *rc::gen::element('"', '{', '[', ',', '0', '9', 'a', '\\');
        break;
      case 2:
        text.erase(at, *rc::gen::inRange<std::size_t>(1, 40));
        break;
      case 3:
        text.insert(at, text.substr(at, *rc::gen::inRange<std::size_t>(1, 40)));
        break;
      default:
        text.resize(at);
        break;
    }
  }
  return text;
}

}  // namespace

TEST_CASE("damaged events") {
  rc::prop("are refused, or are what they would be written as", [] {
    const auto& recorded = *rc::gen::elementOf(whole_election().recorded);
    const auto type = type_name(recorded.event);
    const auto data = damaged(codec::write_event_data(recorded.event));
    for (const auto trust : {codec::Trust::full, codec::Trust::trusted}) {
      const auto read = codec::read_event(type, codec::event_version, data, trust);
      if (!read) {
        RC_ASSERT(!read.error().detail.empty());
      } else if (codec::check_canonical(data)) {
        RC_ASSERT(codec::write_event_data(*read) == data);
      }
    }
  });
  rc::prop("of any bytes are refused as every type", [](const std::string& bytes) {
    const auto& election = whole_election();
    for (const auto& each : election.recorded) {
      const auto type = type_name(each.event);
      const auto read = codec::read_event(type, codec::event_version, bytes, codec::Trust::full);
      RC_ASSERT(!read.has_value());
    }
    RC_ASSERT(!codec::read_recorded(bytes, codec::Trust::full).has_value());
  });
}

TEST_CASE("events out of their order") {
  rc::prop("are judged, never worse", [] {
    const auto& all = whole_election().recorded;
    const auto prefix = *rc::gen::inRange<std::size_t>(0, all.size() + 1);
    State state;
    for (std::size_t i = 0; i < prefix; ++i) evolve(state, all[i]);
    auto other = *rc::gen::elementOf(all);
    const bool next = prefix < all.size() && other.seq == all[prefix].seq;
    other.seq = Seq{prefix};
    other.time = std::max(other.time, state.last_time);
    const auto legal = check_legal(state, other);
    if (next) RC_ASSERT(legal.has_value());
    if (other.event.index() != 0 && prefix == 0) RC_ASSERT(!legal.has_value());
    if (prefix == all.size()) RC_ASSERT(!legal.has_value());
  });
}

TEST_CASE("damaged rolls") {
  rc::prop("are read or refused with a reason, never worse", [] {
    const std::vector<Place> places{{PlaceId{"tps-1"}, "TPS 1"}};
    const std::string good =
        "id,name,class,place,weight\r\n1,\"Ayu \"\"A\"\"\",X,tps-1,2\r\n2,\"Bima, "
        "S.\",XI,tps-1,\r\n3,Citra,X,tps-1,45\r\n";
    const auto roll = codec::read_roll_csv(damaged(good), places);
    if (!roll) {
      RC_ASSERT(!roll.error().detail.empty());
    } else {
      RC_ASSERT(!roll->empty());
      for (const auto& row : *roll) {
        RC_ASSERT(row.place.value == "tps-1" && !row.id.empty() && !row.name.empty());
        RC_ASSERT(row.weight >= 1 && row.weight <= max_weight);
      }
    }
  });
}
