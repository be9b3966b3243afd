#include "ledger/roll_keeper.hpp"

#include <atomic>

#include "core/codec/event.hpp"
#include "ledger/memory_roll.hpp"
#include "tests/unit/ledger/house.hpp"

using namespace suara;
using namespace suara::test;

namespace {

codec::RollRow row(const std::string& id, const std::string& name, const std::string& place = "tps-1") {
  return {VoterId{id}, name, "7A", PlaceId{place}};
}

const std::vector<codec::RollRow> three{row("1", "Ayu"), row("2", "Bima"), row("3", "Citra")};

// A drafted election with a roll, and a keeper whose clock can be put forward.
struct Kept {
  House house;
  MemoryRoll rows;
  std::unique_ptr<CommandHandler> handler = house.handler();
  std::int64_t forward = 0;
  RollKeeper keeper{*handler, house.store, rows, [this] { return Timestamp{wall_clock().ms + forward}; }};
  LedgerInfo ledger;

  Kept() {
    auto draft = small_draft();
    draft.places.push_back({PlaceId{"tps-2"}, "TPS 2"});
    REQUIRE(handler->open_ledger(draft, "suara.test/2026", administrator));
    ledger = house.store.ledgers()->front();
  }
  VoterRow voter(const std::string& id) {
    auto found = keeper.find(ledger, VoterId{id});
    REQUIRE(found);
    return *found;
  }
  std::uint64_t total() { return keeper.page(ledger, {})->total; }
  std::size_t open_changes() { return rows.changes(ledger.id)->size(); }
  std::string last_entry() {
    const auto entries = house.store.read(ledger.id, Seq{house.size() - 1}, 1, 1 << 20);
    return entries->front().bytes;
  }
  // Every row's commitment is enrolled in the ledger, and no other is.
  void check_consistent() {
    std::set<Hash> enrolled;
    (void)handler->call(
        ledger.uuid,
        [&](const election::State& state) -> Result<election::Command> {
          for (const auto& [commitment, voter] : state.roll) enrolled.insert(commitment);
          return fail(ErrorCode::conflict, "looked");
        },
        registrar);
    std::set<Hash> kept;
    const auto page = keeper.page(ledger, {});
    for (const auto& one : page->voters) {
      kept.insert(one.commitment);
      CHECK(codec::roll_commitment(one.salt, {one.id, one.name, one.klass, one.place, one.weight, one.delivery}) ==
            one.commitment);
    }
    CHECK(kept == enrolled);
  }
};

}  // namespace

TEST_CASE("a correction changes one voter's row and says so in the ledger, without a name") {
  Kept kept;
  REQUIRE(kept.keeper.enrol(kept.ledger, three, registrar));
  const auto others = std::pair(kept.voter("1"), kept.voter("3"));
  const auto before = kept.voter("2");
  VoterCorrection correction;
  correction.name = "Bima Sakti";
  correction.place = PlaceId{"tps-2"};
  REQUIRE(kept.keeper.correct(kept.ledger, VoterId{"2"}, correction, "salah tulis", registrar));
  const auto after = kept.voter("2");
  CHECK(after.name == "Bima Sakti");
  CHECK(after.klass == "7A");
  CHECK(after.place.value == "tps-2");
  CHECK(after.salt != before.salt);
  CHECK(after.commitment != before.commitment);
  CHECK(kept.voter("1").commitment == others.first.commitment);
  CHECK(kept.voter("3").commitment == others.second.commitment);
  CHECK(kept.last_entry().find("Bima") == std::string::npos);
  CHECK(kept.open_changes() == 0);
  kept.check_consistent();
  CHECK(kept.handler->summary(kept.ledger.uuid)->voters_by_place.at(PlaceId{"tps-2"}) == 1);

  REQUIRE(kept.keeper.remove(kept.ledger, VoterId{"2"}, "pindah sekolah", registrar));
  CHECK(kept.total() == 2);
  CHECK(kept.keeper.find(kept.ledger, VoterId{"2"}).error().code == ErrorCode::not_found);
  kept.check_consistent();
  REQUIRE(kept.keeper.enrol(kept.ledger, {row("2", "Bima")}, registrar));  // the number is free again
  kept.check_consistent();
}

TEST_CASE("what the ledger refuses changes no row") {
  Kept kept;
  REQUIRE(kept.keeper.enrol(kept.ledger, three, registrar));
  const auto size = kept.house.size();
  VoterCorrection name;
  name.name = "Budi";
  CHECK(kept.keeper.correct(kept.ledger, VoterId{"2"}, name, "salah tulis", supervisor).error().code ==
        ErrorCode::not_permitted);
  CHECK_FALSE(kept.keeper.correct(kept.ledger, VoterId{"2"}, name, "", registrar));
  CHECK_FALSE(kept.keeper.remove(kept.ledger, VoterId{"2"}, "", registrar));
  CHECK_FALSE(kept.keeper.enrol(kept.ledger, {row("4", "Dewi", "tps-9")}, registrar));
  CHECK(kept.keeper.correct(kept.ledger, VoterId{"9"}, name, "salah tulis", registrar).error().code ==
        ErrorCode::not_found);
  VoterCorrection same;
  same.name = "Bima";
  CHECK(kept.keeper.correct(kept.ledger, VoterId{"2"}, same, "salah tulis", registrar).error().code ==
        ErrorCode::malformed);
  CHECK(kept.house.size() == size);
  CHECK(kept.voter("2").name == "Bima");
  CHECK(kept.total() == 3);
  CHECK(kept.open_changes() == 0);
  kept.check_consistent();
}

TEST_CASE("a row that could not be changed after its event is changed by the next who asks") {
  Kept kept;
  REQUIRE(kept.keeper.enrol(kept.ledger, three, registrar));
  VoterCorrection first, second;
  first.name = "Budi";
  second.name = "Bimo";
  kept.rows.fail_next_applies(1);
  REQUIRE(kept.keeper.correct(kept.ledger, VoterId{"2"}, first, "salah tulis", registrar));
  CHECK((*kept.rows.find(kept.ledger.id, VoterId{"2"}))->name == "Bima");  // not yet
  CHECK(kept.open_changes() == 1);
  REQUIRE(kept.keeper.correct(kept.ledger, VoterId{"2"}, second, "salah tulis lagi", registrar));
  CHECK(kept.voter("2").name == "Bimo");
  kept.rows.fail_next_applies(1);
  REQUIRE(kept.keeper.remove(kept.ledger, VoterId{"3"}, "pindah", registrar));
  CHECK(kept.open_changes() == 1);
  CHECK(kept.total() == 2);
  CHECK(kept.open_changes() == 0);
  kept.check_consistent();
}

TEST_CASE("a correction whose answer was lost is settled by what the ledger holds") {
  for (const bool stored : {true, false}) {
    CAPTURE(stored);
    Kept kept;
    REQUIRE(kept.keeper.enrol(kept.ledger, three, registrar));
    // What a crash leaves behind: the note, and the event or not.
    VoterRow changed = kept.voter("2");
    const Hash was = changed.commitment;
    changed.name = "Budi";
    changed.commitment = codec::roll_commitment(changed.salt, {changed.id, changed.name, changed.klass, changed.place});
    REQUIRE(kept.rows.note_change(kept.ledger.id, {changed, false, Seq{kept.house.size()}, wall_clock()}));
    if (stored) {
      REQUIRE(kept.handler->call(kept.ledger.uuid,
                                 election::CorrectVoter{was, {changed.commitment, changed.place, 1}, "salah tulis"},
                                 registrar));
    }
    CHECK(kept.voter("2").name == (stored ? "Budi" : "Bima"));
    CHECK(kept.voter("1").name == "Ayu");
    // Another process may still have it under way; after a minute nobody has.
    CHECK(kept.open_changes() == (stored ? 0 : 1));
    kept.forward = 61'000;
    CHECK(kept.total() == 3);
    CHECK(kept.open_changes() == 0);
    kept.check_consistent();
  }
}

TEST_CASE("two corrections of one voter at once are made one after the other, and no other voter is touched") {
  Kept kept;
  REQUIRE(kept.keeper.enrol(kept.ledger, three, registrar));
  const auto correct = [&](const std::string& name) {
    VoterCorrection correction;
    correction.name = name;
    return kept.keeper.correct(kept.ledger, VoterId{"2"}, correction, "salah tulis", registrar).has_value();
  };
  auto one = std::async(std::launch::async, [&] { return correct("Budi"); });
  auto other = std::async(std::launch::async, [&] { return correct("Bimo"); });
  CHECK(one.get());
  CHECK(other.get());
  CHECK(kept.total() == 3);
  CHECK(kept.voter("1").name == "Ayu");
  CHECK(kept.voter("3").name == "Citra");
  kept.check_consistent();
}

TEST_CASE("an import that was cut off between its rows and its event is settled by what the ledger holds") {
  for (const bool recorded : {true, false}) {
    CAPTURE(recorded);
    Kept kept;
    REQUIRE(kept.keeper.enrol(kept.ledger, {row("1", "Ayu")}, registrar));
    // What a crash leaves behind: rows and note, and the event or not.
    election::EnrolVoters command;
    std::vector<VoterRow> rows;
    for (const char* id : {"2", "3"}) {
      VoterRow one{VoterId{id}, "Bima", "7A", PlaceId{"tps-1"}, Bytes(16, 7), {}};
      one.commitment = codec::roll_commitment(one.salt, {one.id, one.name, one.klass, one.place});
      command.voters.push_back({one.commitment, one.place, 1});
      rows.push_back(std::move(one));
    }
    REQUIRE(kept.rows.add_voters(kept.ledger.id, rows, Seq{kept.house.size()}, wall_clock));
    CHECK(kept.rows.imports(kept.ledger.id)->size() == 1);
    if (recorded) REQUIRE(kept.handler->call(kept.ledger.uuid, command, registrar));
    // Read or changed, it shows nowhere what the ledger does not know.
    CHECK(kept.total() == (recorded ? 3 : 1));
    kept.check_consistent();
    CHECK(kept.keeper.find(kept.ledger, VoterId{"2"}).has_value() == recorded);
    VoterCorrection name;
    name.name = "Bimo";
    CHECK(kept.keeper.correct(kept.ledger, VoterId{"3"}, name, "salah tulis", registrar).has_value() == recorded);
    CHECK(kept.rows.imports(kept.ledger.id)->size() == (recorded ? 0 : 1));
    const auto again = kept.keeper.enrol(kept.ledger, {row("2", "Bima")}, registrar);
    REQUIRE_FALSE(again);
    CHECK(again.error().code == ErrorCode::conflict);
    if (recorded) continue;
    CHECK(again.error().detail.find("within a minute") != std::string::npos);
    // Another process may still have it under way; after a minute nobody has.
    kept.forward = 61'000;
    REQUIRE(kept.keeper.enrol(kept.ledger, {row("2", "Bima"), row("3", "Citra")}, registrar));
    CHECK(kept.rows.imports(kept.ledger.id)->empty());
    CHECK(kept.total() == 3);
    kept.check_consistent();
  }
}

TEST_CASE("an import that took so long that others may hold it for dead records nothing") {
  Kept kept;
  // The clock jumps between the rows and the command's turn.
  std::atomic<int> asked{0};
  RollKeeper slow(*kept.handler, kept.house.store, kept.rows,
                  [&] { return Timestamp{wall_clock().ms + (asked++ == 0 ? 0 : 40'000)}; });
  const auto size = kept.house.size();
  CHECK_FALSE(slow.enrol(kept.ledger, three, registrar));
  CHECK(kept.house.size() == size);
  CHECK(kept.total() == 0);
  CHECK(kept.rows.imports(kept.ledger.id)->empty());
}

TEST_CASE("data of voters is erased only when nobody votes any more, and never with a reason that names the voter") {
  Kept kept;
  REQUIRE(kept.keeper.enrol(kept.ledger, {row("1001", "Ayu"), row("1002", "Bima"), row("1003", "Citra")}, registrar));
  const auto erase = [&](const std::optional<VoterId>& id, const std::string& reason = {}) {
    return kept.keeper.erase(kept.ledger, id, reason, registrar);
  };
  CHECK(erase(VoterId{"1002"}).error().code == ErrorCode::wrong_phase);
  CHECK(erase(std::nullopt).error().code == ErrorCode::wrong_phase);
  CHECK(kept.total() == 3);
  REQUIRE(kept.handler->call(kept.ledger.uuid, election::CancelElection{"Batal."}, committee));
  const auto size = kept.house.size();
  CHECK(erase(VoterId{"9"}).error().code == ErrorCode::not_found);
  CHECK(erase(VoterId{"1002"}, "At the wish of bima.").error().code == ErrorCode::malformed);
  CHECK(erase(VoterId{"1002"}, "1002 asked.").error().code == ErrorCode::malformed);
  CHECK(*erase(VoterId{"1002"}, "At the voter's wish.") == 1);
  CHECK(erase(VoterId{"1002"}).error().code == ErrorCode::not_found);
  CHECK(kept.voter("1001").name == "Ayu");
  CHECK(kept.total() == 2);
  CHECK(*erase(std::nullopt) == 2);
  CHECK(erase(std::nullopt).error().code == ErrorCode::not_found);
  CHECK(kept.house.size() == size);  // nothing is recorded of it
}
