#include "core/codec/entry_body.hpp"
#include "core/log/entry.hpp"
#include "core/log/merkle.hpp"
#include "tests/unit/ledger/house.hpp"

using namespace suara;
using namespace suara::ledger;
using test::Answers;
using test::Gate;
using test::House;
using test::quick;
using test::wait_for;
using test::wall_clock;
using namespace std::chrono_literals;

TEST_CASE("a ledger that was changed behind our back is found at start, named, and closed") {
  House house;
  { test::ServedElection election(*house.handler(), house.keys); }
  test::ServedElection good(*house.handler(), house.keys);
  const auto info = house.store.ledgers()->front();
  using Change = std::function<void(std::vector<EntryRow>&, Head&)>;
  const auto [name, change] =
      GENERATE(
          table<std::string, Change>({
              {"entry 3", [](auto& rows, Head&) { rows[3].bytes[20] ^= 1; }},
              {"entry 4",
               [](auto& rows, Head&) {  // with a hash that fits it: the next entry names another
                 rows[3].bytes[20] ^= 1;
                 rows[3].leaf = log::leaf_hash(rows[3].bytes);
               }},
              {"entry 2", [](auto& rows, Head&) { rows.erase(rows.begin() + 2); }},
              {"head", [](auto&, Head& head) { head.last_leaf.bytes[0] ^= 1; }},
              {"head", [](auto&, Head& head) { head.edge.back().bytes[0] ^= 1; }},
              {"head", [](auto&, Head& head) { head.last_time.ms += 1; }},
              {"is missing", [](auto&, Head& head) { head.size += 1; }},
              {"signature",
               [](auto& rows, Head& head) {  // the last entry signed by another hand, all hashes made to fit
                 auto body = std::string(log::split_entry(rows.back().bytes)->body);
                 const auto key = crypto::SigningKey::generate();
                 const auto origin = codec::decode_entry_body(body)->ledger.value;
                 rows.back().bytes =
                     log::seal_entry(body, key, log::make_verifier_key(origin, key.public_key()).value()).value();
                 rows.back().leaf = log::leaf_hash(rows.back().bytes);
                 log::RightEdge tree;
                 for (const auto& row : rows) tree.append(row.leaf);
                 head.last_leaf = rows.back().leaf;
                 head.edge = tree.edge();
               }},
          }));
  house.store.tamper(info.id, change);
  CommandHandler handler(house.store, house.keys, wall_clock, quick);
  const auto started = handler.start();
  REQUIRE_FALSE(started);
  CHECK(started.error().code == ErrorCode::integrity);
  INFO(started.error().detail);
  if (name != "signature") CHECK(started.error().detail.find(name) != std::string::npos);
  CHECK(started.error().detail.find(info.uuid.value) != std::string::npos);
  // It is shown all the same, with what is wrong.
  REQUIRE(handler.summary(info.uuid));
  CHECK(handler.summary(info.uuid)->draft.name == "Ketua OSIS");
  CHECK(handler.fault(info.uuid) == started.error().detail);
  CHECK(handler.summaries().size() == 2);
  CHECK_FALSE(handler.fault(good.uuid()));
  const auto size = house.size();
  CHECK(handler.call(info.uuid, election::Command(election::CloseElection{}), test::committee).error().code ==
        ErrorCode::integrity);
  CHECK(house.size() == size);
  CHECK(handler.call(good.uuid(), good.sign_in(0), test::voter));  // the others are served
}

TEST_CASE("a ledger changed while the database was away is found before the next append") {
  House house;
  auto handler = house.handler();
  test::ServedElection election(*handler, house.keys);
  house.store.set_down(true);
  REQUIRE_FALSE(handler->call(election.uuid(), election.sign_in(0), test::voter));
  house.store.set_down(false);
  SECTION("its last entry") {
    house.store.tamper(house.ledger(), [](auto& rows, Head&) { rows.back().bytes[30] ^= 1; });
  }
  SECTION("cut back to an older state") {
    house.store.tamper(house.ledger(), [](auto& rows, Head& head) {
      rows.pop_back();
      log::RightEdge tree;
      for (const auto& row : rows) tree.append(row.leaf);
      head = {rows.size(), rows.back().leaf, rows.back().time, tree.edge()};
    });
  }
  REQUIRE(wait_for([&] { return handler->available(); }));
  CHECK(handler->call(election.uuid(), election.sign_in(0), test::voter).error().code == ErrorCode::integrity);
}

TEST_CASE("a database put back to an older state is found, also after a commit of unknown fate") {
  House house;
  auto handler = house.handler();
  test::ServedElection election(*handler, house.keys);
  std::vector<EntryRow> old_rows;
  Head old_head;
  house.store.tamper(house.ledger(), [&](auto& rows, Head& head) { old_rows = rows, old_head = head; });
  REQUIRE(handler->call(election.uuid(), election.sign_in(0), test::voter));
  house.store.fail_next_commits(1000, false);
  CHECK(handler->call(election.uuid(), election.sign_in(1), test::voter).error().code == ErrorCode::unavailable);
  house.store.tamper(house.ledger(), [&](auto& rows, Head& head) { rows = old_rows, head = old_head; });
  house.store.fail_next_commits(0, false);
  REQUIRE(wait_for([&] { return handler->available(); }));
  CHECK(handler->call(election.uuid(), election.sign_in(1), test::voter).error().code == ErrorCode::integrity);
}

TEST_CASE("a ledger whose signing key is gone can be seen but not appended to") {
  House house;
  { test::ServedElection election(*house.handler(), house.keys); }
  const auto uuid = house.store.ledgers()->front().uuid;
  std::filesystem::remove(house.folder.path() / "keys" / uuid.value / "ledger.key");
  KeyStore keys(house.folder.path() / "keys");
  CommandHandler handler(house.store, keys, wall_clock, quick);
  CHECK_FALSE(handler.start());
  CHECK(handler.summary(uuid)->phase == election::Phase::open);
  CHECK_FALSE(handler.call(uuid, election::Command(election::CloseElection{}), test::committee));
}
