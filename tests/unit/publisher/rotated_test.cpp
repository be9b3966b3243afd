#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "core/audit/published_keys.hpp"
#include "core/log/checkpoint.hpp"
#include "core/log/entry.hpp"
#include "core/log/merkle.hpp"
#include "tests/support/vectors.hpp"
#include "tests/unit/publisher/site.hpp"

// The publication of a ledger whose key is changed.

using namespace suara;
using namespace std::chrono_literals;
using ledger::Publisher;
namespace fs = std::filesystem;

namespace {

struct RotatedSite : test::Site {
  void note(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) election.must(election::NoteIncident{"Listrik padam", {}}, test::committee);
    stored->store_new();
  }
  void rotate() {
    stored->rotate();
    stored->store_new();
  }
  std::uint64_t size() const { return election.recorded.size(); }
  std::string read(const std::string& name) const { return test::read_file(file(name)); }
  Result<log::Checkpoint> publish() {
    ledger::KeyStore fresh(folder.path() / "keys");
    return Publisher(store, fresh, options()).publish(stored->info());
  }
};

// The key that signed the file, by its place among the ledger's keys.
std::size_t signer(const RotatedSite& site) {
  const auto& keys = site.stored->keys();
  for (std::size_t i = 0; i < keys.size(); ++i)
    if (log::open_checkpoint(site.read("checkpoint"), keys[i])) return i;
  return keys.size();
}

std::vector<log::VerifierKey> published(const RotatedSite& site) {
  return audit::read_published_keys(site.read("keys.json")).value().ledger;
}

}  // namespace

TEST_CASE("a checkpoint is signed by the key in force at its size, and all keys are told") {
  RotatedSite site;
  Publisher publisher(site.store, site.keys, site.options());
  site.note(3);
  REQUIRE(publisher.publish(site.stored->info()));
  CHECK(signer(site) == 0);
  site.rotate();
  REQUIRE(publisher.publish(site.stored->info()));
  CHECK(signer(site) == 1);
  CHECK(published(site) == site.stored->keys());
  site.note(300);
  site.rotate();
  site.note(1);
  REQUIRE(publisher.publish(site.stored->info()));
  CHECK(signer(site) == 2);
  CHECK(published(site) == site.stored->keys());
  CHECK(published(site).size() == 3);
  CHECK(publisher.checkpoint(site.stored->info().uuid)->size == site.size());
}

TEST_CASE("a publisher that starts again opens the last checkpoint with whichever key signed it") {
  RotatedSite site;
  site.note(300);
  REQUIRE(site.publish());
  site.rotate();
  SECTION("the old one") {}
  SECTION("the new one") { REQUIRE(site.publish()); }
  SECTION("the new one, whose files are gone") {
    REQUIRE(site.publish());
    fs::remove_all(site.log_folder());
  }
  SECTION("the new one, and the list of keys is gone") {
    REQUIRE(site.publish());
    fs::remove(site.log_folder() / "keys.json");
  }
  SECTION("the new one, and the old key's file is gone") {
    REQUIRE(site.publish());
    fs::remove(site.folder.path() / "keys" / site.stored->info().uuid.value / "ledger.key");
  }
  site.note(1);
  const auto checkpoint = site.publish();
  REQUIRE(checkpoint);
  CHECK(checkpoint->size == site.size());
  CHECK(signer(site) == 1);
  CHECK(published(site) == site.stored->keys());
}

TEST_CASE("an entry that a former key signs is never published") {
  RotatedSite site;
  site.rotate();
  REQUIRE(site.publish());
  site.note(1);
  const auto former = site.keys.ledger_key(site.stored->info().uuid, site.stored->key()).value();
  site.store.tamper(site.stored->info().id, [&](auto& rows, ledger::Head& head) {
    const std::string body(log::split_entry(rows.back().bytes).value().body);
    rows.back().bytes = log::seal_entry(body, *former, site.stored->key()).value();
    rows.back().leaf = log::leaf_hash(rows.back().bytes);
    log::RightEdge edge;
    for (const auto& row : rows) edge.append(row.leaf);
    head = {rows.size(), rows.back().leaf, rows.back().time, edge.edge()};
  });
  const auto checkpoint = site.publish();
  REQUIRE_FALSE(checkpoint);
  CHECK(checkpoint.error().code == ErrorCode::integrity);
  CHECK_THAT(checkpoint.error().detail, Catch::Contains("signed by the key"));
}

TEST_CASE("a database that lost the change of key is found by the signed head that is shown") {
  RotatedSite site;
  site.note(2);
  REQUIRE(site.publish());
  std::vector<ledger::EntryRow> old_rows;
  ledger::Head old_head;
  const auto saved = test::must(site.store.latest_checkpoint(site.stored->info().id));
  site.store.tamper(site.stored->info().id, [&](auto& rows, ledger::Head& head) { old_rows = rows, old_head = head; });
  site.rotate();
  REQUIRE(site.publish());
  // A store put back to where it stood, while the files are what they were.
  ledger::MemoryStore older;
  const auto info = test::must(older.create_ledger(site.stored->info().uuid, site.stored->info().origin));
  auto append = test::must(older.begin_append(info.id));
  test::must(append->append(old_rows, old_head));
  test::must(append->commit());
  append.reset();
  test::must(older.save_checkpoint(info.id, old_head.size, *saved));
  const std::string shown = site.read("checkpoint"), listed = site.read("keys.json");
  Publisher publisher(older, site.keys, site.options());
  const auto checkpoint = publisher.publish(info);
  REQUIRE_FALSE(checkpoint);
  CHECK(checkpoint.error().code == ErrorCode::integrity);
  CHECK_THAT(checkpoint.error().detail, Catch::Contains("is missing"));
  CHECK(site.read("checkpoint") == shown);
  CHECK(site.read("keys.json") == listed);
}

TEST_CASE("a process that has not seen the change of key yet takes nothing back from one that has") {
  RotatedSite site;
  site.note(2);
  Publisher behind(site.store, site.keys, site.options());
  REQUIRE(behind.publish(site.stored->info()));
  site.note(1);
  std::vector<ledger::EntryRow> old_rows;
  ledger::Head old_head;
  site.store.tamper(site.stored->info().id, [&](auto& rows, ledger::Head& head) { old_rows = rows, old_head = head; });
  site.rotate();
  REQUIRE(site.publish());
  const std::string shown = site.read("checkpoint"), listed = site.read("keys.json");
  std::vector<ledger::EntryRow> rows;
  ledger::Head head;
  site.store.tamper(site.stored->info().id, [&](auto& all, ledger::Head& now) {  // what it had read just before
    rows = all, head = now;
    all = old_rows, now = old_head;
  });
  REQUIRE(behind.publish(site.stored->info()));
  CHECK(site.read("checkpoint") == shown);
  CHECK(site.read("keys.json") == listed);
  site.store.tamper(site.stored->info().id, [&](auto& all, ledger::Head& now) { all = rows, now = head; });
  REQUIRE(behind.publish(site.stored->info()));
  CHECK(site.read("keys.json") == listed);
  CHECK(signer(site) == 1);
}

TEST_CASE("without its key in force a ledger is published no further, and what is missing is named") {
  RotatedSite site;
  site.note(2);
  REQUIRE(site.publish());
  site.rotate();
  const std::string name = "ledger-" + log::key_id(site.stored->keys().back().key_hash) + ".key";
  const auto file = site.folder.path() / "keys" / site.stored->info().uuid.value / name;
  fs::rename(file, file.string() + ".saved");
  const std::string shown = site.read("checkpoint");
  const auto checkpoint = site.publish();
  REQUIRE_FALSE(checkpoint);
  CHECK_THAT(checkpoint.error().detail, Catch::Contains(name));
  CHECK(site.read("checkpoint") == shown);
  fs::rename(file.string() + ".saved", file);
  REQUIRE(site.publish());
  CHECK(signer(site) == 1);
}
