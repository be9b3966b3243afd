#include "core/codec/entry_body.hpp"
#include "core/log/entry.hpp"
#include "core/log/merkle.hpp"
#include "core/log/vkey.hpp"
#include "tests/unit/ledger/house.hpp"
// After Catch.
#include "tests/support/refused.hpp"

using namespace suara;
using namespace suara::ledger;
using test::Answers;
using test::Gate;
using test::House;
using test::quick;
using test::refused;
using test::wait_for;
using test::wall_clock;

namespace {

std::vector<EntryRow> rows_of(House& house) { return house.store.read(house.ledger(), Seq{0}, 100000, 64u << 20).value(); }

// The key id that stands in the signature of each entry; each is checked with the key of that id.
std::vector<std::string> signers(House& house, const std::vector<std::string>& keys) {
  std::vector<std::string> ids;
  for (const auto& row : rows_of(house)) {
    const auto split = log::split_entry(row.bytes).value();
    ids.emplace_back(split.key_id);
    bool verified = false;
    for (const auto& text : keys)
      verified = verified || log::verify_entry_signature(split, log::parse_verifier_key(text).value());
    CAPTURE(row.seq.value);
    CHECK(verified);
  }
  return ids;
}

std::string id_of(const std::string& key) { return log::key_id(log::parse_verifier_key(key).value().key_hash); }

std::filesystem::path file_of(House& house, const ElectionUuid& uuid, const std::string& name) {
  return house.folder.path() / "keys" / uuid.value / name;
}

// A command handler of its own on the same store and folder, as another process would have.
struct Other {
  explicit Other(House& house, const std::string& folder = "keys")
      : keys(house.folder.path() / folder), handler(house.store, keys, wall_clock, quick) {
    started = handler.start();
  }
  KeyStore keys;
  CommandHandler handler;
  Result<void> started;
};

}  // namespace

TEST_CASE("entries after a change of key are signed by the new one, the change by the old") {
  House house;
  auto handler = house.handler();
  test::ServedElection election(*handler, house.keys);
  const std::string first = handler->summary(election.uuid())->key;
  const auto before = house.size();
  const auto rotation = handler->rotate_key(election.uuid(), test::committee);
  REQUIRE(rotation);
  CHECK(rotation->receipt.last.value == before);
  CHECK(handler->summary(election.uuid())->key == rotation->key);
  CHECK(handler->summary(election.uuid())->former_keys == std::vector{first});
  CHECK(std::filesystem::exists(file_of(house, election.uuid(), "ledger-" + id_of(rotation->key) + ".key")));
  REQUIRE(handler->call(election.uuid(), election.sign_in(0), test::voter));

  const auto ids = signers(house, {first, rotation->key});
  for (std::size_t i = 0; i < ids.size(); ++i) CHECK(ids[i] == id_of(i <= before ? first : rotation->key));

  const auto again = handler->rotate_key(election.uuid(), test::administrator);
  REQUIRE(again);
  CHECK(handler->summary(election.uuid())->former_keys == std::vector{first, rotation->key});
}

TEST_CASE("commands of one batch are each signed by the key in force") {
  House house;
  auto handler = house.handler();
  test::ServedElection election(*handler, house.keys);
  const std::string first = handler->summary(election.uuid())->key;
  const auto size = house.size();
  const Origin origin{log::parse_verifier_key(first)->name};
  const auto next = house.keys.create_next_ledger_key(election.uuid(), origin);
  REQUIRE(next);
  const auto name = log::make_verifier_key(origin.value, (*next)->public_key()).value();
  const std::string text = log::verifier_key_text(name);
  const election::RotateKey command{text, name.key,
                                    (*next)->sign(as_bytes(election::key_rotation_message(first, text)))};
  Answers answers;
  {
    Gate gate(*handler, election.uuid());
    handler->submit(election.uuid(), election.sign_in(0), test::voter, answers.done());
    handler->submit(election.uuid(), election::Command(command), test::committee, answers.done());
    handler->submit(election.uuid(), election.sign_in(1), test::voter, answers.done());
    handler->submit(election.uuid(), election.sign_in(2), test::voter, answers.done());
    gate.open();
  }
  answers.wait(4);
  for (const auto& answer : answers.all) CHECK(answer);
  const auto ids = signers(house, {first, text});
  REQUIRE(ids.size() == size + 4);
  CHECK(ids[size] == id_of(first));
  CHECK(ids[size + 1] == id_of(first));
  CHECK(ids[size + 2] == id_of(text));
  CHECK(ids[size + 3] == id_of(text));
}

TEST_CASE("another process goes on with the new key, and so does the next start") {
  House house;
  auto handler = house.handler();
  test::ServedElection election(*handler, house.keys);
  const std::string first = handler->summary(election.uuid())->key;
  Other other(house);
  REQUIRE(other.started);
  const auto rotation = handler->rotate_key(election.uuid(), test::committee);
  REQUIRE(rotation);
  REQUIRE(other.handler.call(election.uuid(), election.sign_in(0), test::voter));
  const auto theirs = other.handler.rotate_key(election.uuid(), test::committee);
  REQUIRE(theirs);
  REQUIRE(handler->call(election.uuid(), election.sign_in(1), test::voter));
  handler.reset();
  Other later(house);
  REQUIRE(later.started);
  REQUIRE(later.handler.call(election.uuid(), election.sign_in(2), test::voter));
  const auto ids = signers(house, {first, rotation->key, theirs->key});
  const std::vector<std::string> last(ids.end() - 5, ids.end());
  CHECK(last == std::vector{id_of(first), id_of(rotation->key), id_of(rotation->key), id_of(theirs->key),
                            id_of(theirs->key)});
}

TEST_CASE("a key that was made but never recorded is used for nothing") {
  House house;
  auto handler = house.handler();
  test::ServedElection election(*handler, house.keys);
  const std::string first = handler->summary(election.uuid())->key;
  // As a process that was killed between file and entry leaves it.
  REQUIRE(house.keys.create_next_ledger_key(election.uuid(), Origin{log::parse_verifier_key(first)->name}));
  CHECK(refused(handler->rotate_key(election.uuid(), test::voter)) == ErrorCode::not_permitted);
  CHECK(refused(handler->rotate_key(ElectionUuid{"none"}, test::committee)) == ErrorCode::not_found);
  house.store.set_down(true);
  CHECK(refused(handler->rotate_key(election.uuid(), test::committee)) == ErrorCode::unavailable);
  house.store.set_down(false);
  REQUIRE(wait_for([&] { return handler->available(); }));
  Other later(house);
  REQUIRE(later.started);
  REQUIRE(later.handler.call(election.uuid(), election.sign_in(0), test::voter));
  for (const auto& id : signers(house, {first})) CHECK(id == id_of(first));
}

TEST_CASE("a change to a key that the service does not hold is refused") {
  House house;
  auto handler = house.handler();
  test::ServedElection election(*handler, house.keys);
  const std::string first = handler->summary(election.uuid())->key;
  const auto stranger = crypto::SigningKey::generate();
  const std::string text = log::verifier_key_text(
      log::make_verifier_key(log::parse_verifier_key(first)->name, stranger.public_key()).value());
  const election::RotateKey command{text, stranger.public_key(),
                                    stranger.sign(as_bytes(election::key_rotation_message(first, text)))};
  const auto size = house.size();
  const auto answer = handler->call(election.uuid(), election::Command(command), test::committee);
  CHECK(refused(answer) == ErrorCode::integrity);
  CHECK(house.size() == size);
  CHECK(handler->call(election.uuid(), election.sign_in(0), test::voter));
}

TEST_CASE("a lost key closes its ledger with a sentence that names the file, and no other") {
  House house;
  auto handler = house.handler();
  test::ServedElection election(*handler, house.keys);
  test::ServedElection whole(*handler, house.keys);
  const auto rotation = handler->rotate_key(election.uuid(), test::committee);
  REQUIRE(rotation);
  const auto file = file_of(house, election.uuid(), "ledger-" + id_of(rotation->key) + ".key");
  const auto saved = file.string() + ".saved";

  SECTION("the new one") {
    std::filesystem::rename(file, saved);
    Other later(house);
    CHECK(refused(later.started) == ErrorCode::integrity);
    REQUIRE(later.handler.fault(election.uuid()));
    CHECK_THAT(*later.handler.fault(election.uuid()), Catch::Contains(file.string()) && Catch::Contains("backup"));
    CHECK(later.handler.summary(election.uuid())->key == rotation->key);
    CHECK(refused(later.handler.call(election.uuid(), election.sign_in(0), test::voter)) == ErrorCode::integrity);
    CHECK(refused(later.handler.rotate_key(election.uuid(), test::committee)) == ErrorCode::integrity);
    CHECK(later.handler.call(whole.uuid(), whole.sign_in(0), test::voter));
    // Put back, it is whole again.
    std::filesystem::rename(saved, file);
    CHECK(Other(house).started);
  }
  SECTION("the old one, which signs nothing any more") {
    std::filesystem::remove(file_of(house, election.uuid(), "ledger.key"));
    Other later(house);
    CHECK(later.started);
    CHECK(later.handler.call(election.uuid(), election.sign_in(0), test::voter));
  }
  SECTION("that another process made in a folder of its own") {
    const auto keys = house.folder.path() / "keys", copy = house.folder.path() / "copy";
    std::filesystem::copy(keys, copy, std::filesystem::copy_options::recursive);
    for (const auto& folder : {copy, copy / election.uuid().value, copy / whole.uuid().value})
      std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    Other other(house, "copy");
    REQUIRE(other.started);
    const auto next = handler->rotate_key(election.uuid(), test::committee);
    REQUIRE(next);
    CHECK(refused(other.handler.call(election.uuid(), election.sign_in(0), test::voter)) == ErrorCode::integrity);
    CHECK_THAT(other.handler.fault(election.uuid()).value_or(""), Catch::Contains(id_of(next->key)));
    CHECK(other.handler.call(whole.uuid(), whole.sign_in(0), test::voter));
  }
}

TEST_CASE("a change of key that the old key did not sign is found at start") {
  House house;
  auto handler = house.handler();
  test::ServedElection election(*handler, house.keys);
  const auto rotation = handler->rotate_key(election.uuid(), test::committee);
  REQUIRE(rotation);
  handler.reset();
  const auto name = log::parse_verifier_key(rotation->key).value();
  const auto key = house.keys.ledger_key(election.uuid(), name).value();
  house.store.tamper(house.ledger(), [&](auto& rows, Head& head) {  // signed by the new one itself, all hashes fitting
    const auto body = std::string(log::split_entry(rows.back().bytes)->body);
    rows.back().bytes = log::seal_entry(body, *key, name).value();
    rows.back().leaf = log::leaf_hash(rows.back().bytes);
    log::RightEdge tree;
    for (const auto& row : rows) tree.append(row.leaf);
    head.last_leaf = rows.back().leaf;
    head.edge = tree.edge();
  });
  Other later(house);
  REQUIRE(refused(later.started) == ErrorCode::integrity);
  CHECK_THAT(later.started.error().detail, Catch::Contains("changes the key"));
}
