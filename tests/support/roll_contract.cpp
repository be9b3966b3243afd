#include <catch2/catch.hpp>

#include "core/crypto/hash.hpp"
#include "tests/support/store_contract.hpp"

namespace suara::test {
using namespace ledger;

namespace {

VoterRow voter_row(const std::string& id, const std::string& name, const std::string& klass = "XII IPA 1",
                   const std::string& place = "tps-1") {
  return {VoterId{id}, name, klass, PlaceId{place}, Bytes(16, 3), crypto::sha256(id + name + klass + place)};
}

RollPage page_of(RollStore& roll, LedgerId ledger, const RollQuery& query) {
  const auto page = roll.page(ledger, query);
  REQUIRE(page);
  return *page;
}

std::vector<std::string> ids(const RollPage& page) {
  std::vector<std::string> out;
  for (const auto& row : page.voters) out.push_back(row.id.value);
  return out;
}

using Ids = std::vector<std::string>;

constexpr Timestamp some_time{1'790'000'000'000};

Result<RollImport> add(RollStore& roll, LedgerId ledger, const std::vector<VoterRow>& rows) {
  return roll.add_voters(ledger, rows, Seq{3}, [] { return some_time; });
}

void enrol(RollStore& roll, LedgerId ledger, const std::vector<VoterRow>& rows) {
  const auto import = add(roll, ledger, rows);
  REQUIRE(import);
  REQUIRE(roll.keep_import(ledger, *import));
}

void check_rows(RollStore& roll, LedgerId ledger) {
  std::vector<VoterRow> rows{voter_row("003", "Citra"), voter_row("001", "Ayu 🗳"), voter_row("002", "Bima")};
  rows[1].weight = 1'000'000;
  rows[2].delivery = codec::Delivery::place;
  enrol(roll, ledger, rows);
  const auto all = page_of(roll, ledger, {});
  REQUIRE(ids(all) == Ids{"001", "002", "003"});
  CHECK(all.total == 3);
  CHECK_FALSE(all.next);
  CHECK(all.voters[0].name == "Ayu 🗳");
  CHECK(all.voters[0].klass == "XII IPA 1");
  CHECK(all.voters[0].place.value == "tps-1");
  CHECK(all.voters[0].salt == Bytes(16, 3));
  CHECK(all.voters[0].commitment == rows[1].commitment);
  CHECK(all.voters[0].weight == 1'000'000);
  CHECK(all.voters[0].delivery == codec::Delivery::post);
  CHECK(all.voters[1].delivery == codec::Delivery::place);
  CHECK(all.voters[2].weight == 1);
  // All or none.
  CHECK(add(roll, ledger, {voter_row("004", "Dewi"), voter_row("002", "Eka")}).error().code == ErrorCode::conflict);
  CHECK(page_of(roll, ledger, {}).total == 3);
  CHECK(roll.imports(ledger)->empty());
}

void check_imports(RollStore& roll, LedgerId ledger) {
  const auto noted = add(roll, ledger, {voter_row("005", "Eka", "9Z"), voter_row("006", "Fajar", "9Z")});
  REQUIRE(noted);
  const auto open = roll.imports(ledger);
  REQUIRE(open->size() == 1);
  CHECK(open->front().first == voter_row("005", "Eka", "9Z").commitment);
  CHECK(open->front().from == Seq{3});
  CHECK(open->front().noted == some_time);
  // Not seen before it is settled, but its numbers are taken.
  CHECK(ids(page_of(roll, ledger, {})) == Ids{"001", "002", "003"});
  CHECK(page_of(roll, ledger, {"9Z"}).total == 0);
  CHECK_FALSE(*roll.find(ledger, VoterId{"005"}));
  CHECK(roll.classes(ledger)->size() == 1);
  CHECK(add(roll, ledger, {voter_row("006", "Gita")}).error().code == ErrorCode::conflict);
  REQUIRE(roll.drop_import(ledger, *noted));
  CHECK(roll.imports(ledger)->empty());
  // The same rows once more, and this time they stay, also where an earlier attempt is dropped late.
  const auto again = add(roll, ledger, {voter_row("005", "Eka", "9Z"), voter_row("006", "Fajar", "9Z")});
  REQUIRE(again);
  REQUIRE(roll.keep_import(ledger, *again));
  REQUIRE(roll.drop_import(ledger, *noted));
  CHECK(ids(page_of(roll, ledger, {})) == Ids{"001", "002", "003", "005", "006"});
  CHECK(roll.classes(ledger)->size() == 2);
  REQUIRE(add(roll, ledger, {}));
  CHECK(roll.imports(ledger)->empty());
}

void check_erasing(RollStore& roll, LedgerId ledger) {
  const Erasure erasure{"reni", "At the voter's wish.", some_time};
  auto note = **roll.find(ledger, VoterId{"002"});
  note.name = "Bima Sakti";
  note.commitment = crypto::sha256("another");
  REQUIRE(roll.note_change(ledger, {note, false, Seq{5}, some_time}));
  CHECK(*roll.erase(ledger, VoterId{"002"}, erasure) == 1);
  CHECK(roll.changes(ledger)->empty());
  CHECK(ids(page_of(roll, ledger, {})) == Ids{"001", "003", "005", "006"});
  CHECK(*roll.erase(ledger, VoterId{"002"}, erasure) == 0);
  CHECK(*roll.erase(ledger, std::nullopt, erasure) == 4);
  CHECK(page_of(roll, ledger, {}).total == 0);
}

void check_search(RollStore& roll, LedgerId ledger) {
  enrol(roll, ledger,
        {voter_row("7A-1", "Siti Nurhaliza", "7A", "tps-1"), voter_row("7A-2", "Budi 100% Santoso", "7A", "tps-2"),
         voter_row("8B-1", "siti_rahma", "8B", "tps-1"), voter_row("9C-7A", "Dewi", "9C", "tps-2")});
  const auto found = [&](const std::string& text) { return ids(page_of(roll, ledger, {text})); };
  CHECK(found("SITI") == Ids{"7A-1", "8B-1"});
  CHECK(found("nurha") == Ids{"7A-1"});
  CHECK(found("7A") == Ids{"7A-1", "7A-2"});  // by class, and ids only from their beginning
  CHECK(found("9C-") == Ids{"9C-7A"});
  CHECK(found("%") == Ids{"7A-2"});  // no wildcards
  CHECK(found("_") == Ids{"8B-1"});
  CHECK(found("' OR 1=1 -- ").empty());
  CHECK(ids(page_of(roll, ledger, {{}, PlaceId{"tps-2"}})) == Ids{"7A-2", "9C-7A"});
  CHECK(ids(page_of(roll, ledger, {{}, {}, "7A"})) == Ids{"7A-1", "7A-2"});
  CHECK(ids(page_of(roll, ledger, {"siti", PlaceId{"tps-1"}, "8B"})) == Ids{"8B-1"});
  CHECK(page_of(roll, ledger, {"siti", PlaceId{"tps-2"}}).total == 0);
  // Pages know how many are found on all of them.
  RollQuery query{{}, {}, {}, {}, 2};
  const auto first = page_of(roll, ledger, query);
  CHECK(ids(first) == Ids{"7A-1", "7A-2"});
  CHECK(first.total == 4);
  REQUIRE(first.next);
  query.after = first.next;
  const auto second = page_of(roll, ledger, query);
  CHECK(ids(second) == Ids{"8B-1", "9C-7A"});
  CHECK(second.total == 4);
  CHECK_FALSE(second.next);
  CHECK((*roll.find(ledger, VoterId{"8B-1"}))->name == "siti_rahma");
  CHECK_FALSE(*roll.find(ledger, VoterId{"8b-1"}));
  const auto classes = roll.classes(ledger);
  REQUIRE(classes->size() == 3);
  CHECK((*classes)[0].klass == "7A");
  CHECK((*classes)[0].voters == 2);
}

// A number read off a card may stand in many names of classes.
void check_number_first(RollStore& roll, LedgerId ledger) {
  enrol(roll, ledger,
        {voter_row("100", "Ani", "K300"), voter_row("200", "Budi", "K300"), voter_row("300", "Citra", "K400")});
  RollQuery query{"300", {}, {}, {}, 1};
  const auto first = page_of(roll, ledger, query);
  CHECK(ids(first) == Ids{"300", "100"});
  CHECK(first.total == 3);
  query.after = first.next;
  const auto second = page_of(roll, ledger, query);
  CHECK(ids(second) == Ids{"200"});
  CHECK(second.total == 3);
  CHECK_FALSE(second.next);
  CHECK(ids(page_of(roll, ledger, {"300"})) == Ids{"300", "100", "200"});
  CHECK(ids(page_of(roll, ledger, {"300", {}, "K300"})) == Ids{"100", "200"});
  CHECK(page_of(roll, ledger, {"300", PlaceId{"tps-2"}}).total == 0);
}

void check_changes(RollStore& roll, LedgerId ledger) {
  const auto before = page_of(roll, ledger, {});
  VoterChange change{voter_row("7A-1", "Siti Nurhalizah", "7B", "tps-2"), false, Seq{5}, Timestamp{1'790'000'000'000}};
  change.row.delivery = codec::Delivery::place;
  change.row.weight = 3;
  REQUIRE(roll.note_change(ledger, change));
  REQUIRE(roll.note_change(ledger, change));
  const VoterChange removal{**roll.find(ledger, VoterId{"8B-1"}), true, Seq{4}, {}};
  REQUIRE(roll.note_change(ledger, removal));
  const auto noted = roll.changes(ledger);
  REQUIRE(noted->size() == 2);
  CHECK((*noted)[0].removal);
  CHECK((*noted)[0].from == Seq{4});
  CHECK((*noted)[1].noted == change.noted);
  CHECK((*noted)[1].row.name == "Siti Nurhalizah");
  CHECK((*noted)[1].row.commitment == change.row.commitment);
  CHECK((*noted)[1].row.delivery == codec::Delivery::place);
  CHECK(page_of(roll, ledger, {}).total == before.total);  // a note alone changes nothing
  REQUIRE(roll.apply_change(ledger, change));
  const auto changed = **roll.find(ledger, VoterId{"7A-1"});
  CHECK(changed.klass == "7B");
  CHECK(changed.place.value == "tps-2");
  CHECK(changed.commitment == change.row.commitment);
  CHECK(changed.weight == 3);
  REQUIRE(roll.apply_change(ledger, removal));
  CHECK(ids(page_of(roll, ledger, {})) == Ids{"7A-1", "7A-2", "9C-7A"});
  CHECK((**roll.find(ledger, VoterId{"7A-2"})).commitment == before.voters[1].commitment);  // others stay as they were
  CHECK(roll.changes(ledger)->empty());
  // Settled by another process, and changed again since: a late apply leaves it alone.
  VoterChange later = change;
  later.row.name = "Siti N.";
  later.row.commitment = crypto::sha256("later");
  REQUIRE(roll.note_change(ledger, later));
  REQUIRE(roll.apply_change(ledger, later));
  REQUIRE(roll.apply_change(ledger, change));
  CHECK((**roll.find(ledger, VoterId{"7A-1"})).name == "Siti N.");
  REQUIRE(roll.note_change(ledger, removal));
  REQUIRE(roll.drop_change(ledger, removal));
  CHECK(roll.changes(ledger)->empty());
}

}  // namespace

void check_roll_store(RollStore& roll, LedgerId ledger) {
  check_rows(roll, ledger);
  check_imports(roll, ledger);
  check_erasing(roll, ledger);
  check_search(roll, ledger);
  check_changes(roll, ledger);
  check_number_first(roll, ledger);
}

}  // namespace suara::test
