#include "ledger/memory_store.hpp"

#include <catch2/catch.hpp>

#include "ledger/memory_roll.hpp"
#include "ledger/memory_staff.hpp"
#include "tests/support/store_contract.hpp"

using namespace suara;
using namespace suara::ledger;

TEST_CASE("the memory store keeps to what every event store promises") {
  MemoryStore store;
  test::check_event_store(store);
}

TEST_CASE("shares in memory keep to what every store of shares promises") {
  MemoryShares shares;
  test::check_share_store(shares, LedgerId{1});
}

TEST_CASE("staff in memory keep to what every staff store promises") {
  MemoryStaff staff;
  test::check_staff_store(staff);
}

TEST_CASE("a roll in memory keeps to what every roll promises") {
  MemoryRoll roll;
  test::check_roll_store(roll, LedgerId{1});
}

TEST_CASE("faults are made on demand") {
  MemoryStore store;
  const auto ledger = store.create_ledger(ElectionUuid{"AAAAAAAAAAAAAA"}, Origin{"suara.test/A"});
  const auto append = [&] {
    auto transaction = store.begin_append(ledger->id);
    const auto rows = test::rows_after((*transaction)->head(), 1);
    (void)(*transaction)->append(rows, test::head_after((*transaction)->head(), rows));
    return (*transaction)->commit();
  };
  store.fail_next_commits(1, false);
  CHECK(append().error().code == ErrorCode::unavailable);
  CHECK(store.head(ledger->id)->size == 0);
  store.fail_next_commits(1, true);
  CHECK(append().error().code == ErrorCode::unavailable);
  CHECK(store.head(ledger->id)->size == 1);
  CHECK(append());
  store.set_down(true);
  CHECK(store.head(ledger->id).error().code == ErrorCode::unavailable);
  CHECK(store.begin_append(ledger->id).error().code == ErrorCode::unavailable);
}
