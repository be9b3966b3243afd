#include "ledger/publisher.hpp"

#include <catch2/catch.hpp>
#include <condition_variable>
#include <fstream>
#include <future>
#include <mutex>

#include "core/audit/published_keys.hpp"
#include "core/log/entry.hpp"
#include "core/log/tiles.hpp"
#include "tests/support/vectors.hpp"
#include "tests/unit/publisher/site.hpp"

using namespace suara;
using namespace std::chrono_literals;
using ledger::Publisher;
namespace fs = std::filesystem;

namespace {

struct GrownSite : test::Site {
  // Entries enough for tiles; what they say is no matter here.
  void grow_to(std::uint64_t size) {
    while (election.recorded.size() < size) {
      const Seq seq{election.recorded.size()};
      const auto credential = election::VoterVerified::Method::credential;
      election.recorded.push_back(
          {seq, election.now, test::voter, election::VoterVerified{credential, ballot::Element::generator(), {}, {}}});
    }
    stored->store_new();
  }
};

// What any reader can check with the files alone.
void check_files(const GrownSite& site, std::uint64_t size) {
  CAPTURE(size);
  const auto checkpoint = log::open_checkpoint(test::read_file(site.file("checkpoint")), site.stored->keys().back());
  REQUIRE(checkpoint);
  CHECK(checkpoint->size == size);
  CHECK(checkpoint->origin == site.stored->info().origin);

  std::vector<Hash> leaves;
  for (const auto& bundle : log::bundles_of(size)) {
    const std::string bytes = test::read_file(site.file(log::tile_path(bundle)));
    const auto entries = log::decode_bundle(bytes, bundle.width);
    REQUIRE(entries);
    for (const auto entry : *entries) leaves.push_back(log::leaf_hash(entry));
  }
  REQUIRE(leaves.size() == size);
  CHECK(log::root_of(leaves) == checkpoint->root);

  for (const auto& tile : log::tiles_of(size)) {
    const auto nodes = log::decode_tile(test::read_file(site.file(log::tile_path(tile))), tile.width);
    REQUIRE(nodes);
    if (tile.level > 0) continue;
    CHECK(std::equal(nodes->begin(), nodes->end(), leaves.begin() + static_cast<std::ptrdiff_t>(tile.n * 256)));
  }
  const auto fetch = [&](const log::HashTile& tile) {
    return log::decode_tile(test::read_file(site.file(log::tile_path(tile))), tile.width);
  };
  const auto root = log::read_root(size, log::tile_node_reader(size, fetch));
  REQUIRE(root);
  CHECK(*root == checkpoint->root);

  const auto keys = audit::read_published_keys(test::read_file(site.file("keys.json")));
  REQUIRE(keys);
  CHECK(keys->ledger == site.stored->keys());
}

void check_stopped(GrownSite& site, Publisher& publisher, std::optional<Seq> at, const std::string& words) {
  const std::string checkpoint_before = test::read_file(site.file("checkpoint"));
  const auto saved_before = test::must(site.store.latest_checkpoint(site.stored->info().id));
  for (int again = 0; again < 2; ++again) {
    const auto published = publisher.publish(site.stored->info());
    REQUIRE_FALSE(published);
    CHECK(published.error().code == ErrorCode::integrity);
    CHECK_THAT(published.error().detail, Catch::Contains(words));
  }
  REQUIRE(publisher.faults().size() == 1);
  CHECK(publisher.faults()[0].uuid == site.stored->info().uuid);
  CHECK(publisher.faults()[0].seq == at);
  CHECK(test::read_file(site.file("checkpoint")) == checkpoint_before);
  CHECK(test::must(site.store.latest_checkpoint(site.stored->info().id)) == saved_before);
}

}  // namespace

TEST_CASE("the files of every size verify, and superseded ones are gone") {
  GrownSite site;
  Publisher publisher(site.store, site.keys, site.options());
  for (const std::uint64_t size : {2, 3, 255, 256, 257, 600, 1030}) {
    site.grow_to(size);
    const auto checkpoint = publisher.publish(site.stored->info());
    REQUIRE(checkpoint);
    CHECK(checkpoint->size == size);
    check_files(site, size);
    CHECK(publisher.checkpoint(site.stored->info().uuid) == *checkpoint);
    CHECK(log::open_checkpoint(*test::must(site.store.latest_checkpoint(site.stored->info().id)), site.stored->key()) ==
          *checkpoint);
  }
  CHECK_FALSE(fs::exists(site.file("tile/0/000.p")));
  CHECK_FALSE(fs::exists(site.file("tile/entries/003.p")));
  CHECK(fs::exists(site.file("tile/entries/004.p/6")));
  CHECK(publisher.faults().empty());
}

TEST_CASE("publishing again without new entries changes nothing") {
  GrownSite site;
  site.grow_to(300);
  Publisher publisher(site.store, site.keys, site.options());
  REQUIRE(publisher.publish(site.stored->info()));
  const auto written = fs::last_write_time(site.file("checkpoint"));
  REQUIRE(publisher.publish(site.stored->info()));
  CHECK(fs::last_write_time(site.file("checkpoint")) == written);
}

TEST_CASE("a publisher that starts again goes on from the files") {
  GrownSite site;
  site.grow_to(700);
  REQUIRE(Publisher(site.store, site.keys, site.options()).publish(site.stored->info()));
  const auto full_tile = fs::last_write_time(site.file("tile/0/000"));
  site.grow_to(1300);
  REQUIRE(Publisher(site.store, site.keys, site.options()).publish(site.stored->info()));
  check_files(site, 1300);
  CHECK(fs::last_write_time(site.file("tile/0/000")) == full_tile);
}

TEST_CASE("lost or damaged files are made again from the store") {
  GrownSite site;
  site.grow_to(700);
  REQUIRE(Publisher(site.store, site.keys, site.options()).publish(site.stored->info()));
  SECTION("the whole folder") { fs::remove_all(site.log_folder()); }
  SECTION("a partial tile") { fs::remove(site.file("tile/0/002.p/188")); }
  SECTION("a torn partial tile") { fs::resize_file(site.file("tile/0/002.p/188"), 100); }
  SECTION("a changed node") {
    std::fstream tile(site.file("tile/1/000.p/2"), std::ios::in | std::ios::out | std::ios::binary);
    tile.put('\0').put('\0');
  }
  SECTION("a partial bundle") { fs::remove(site.file("tile/entries/002.p/188")); }
  SECTION("a torn partial bundle") { fs::resize_file(site.file("tile/entries/002.p/188"), 0); }
  SECTION("the checkpoint") { std::ofstream(site.file("checkpoint")) << "nonsense"; }
  SECTION("the keys") { fs::remove(site.file("keys.json")); }
  REQUIRE(Publisher(site.store, site.keys, site.options()).publish(site.stored->info()));
  check_files(site, 700);
  site.grow_to(800);
  REQUIRE(Publisher(site.store, site.keys, site.options()).publish(site.stored->info()));
  check_files(site, 800);
}

TEST_CASE("keys.json names the witnesses of the draft in force") {
  GrownSite site;
  const auto shown = [&] { return test::must(audit::read_published_keys(test::read_file(site.file("keys.json")))); };
  const auto key_of = [](const char* name) {
    const auto key = crypto::SigningKey::generate().public_key();
    return log::verifier_key_text(test::must(log::make_verifier_key(name, key, log::KeyType::witness)));
  };
  site.stored->store_new();
  auto publisher = std::make_unique<Publisher>(site.store, site.keys, site.options());
  REQUIRE(publisher->publish(site.stored->info()));
  CHECK(shown().witnesses_needed == 0);
  auto draft = test::small_draft();
  const auto revise = [&] {
    test::must(site.election.give(election::ReviseDraft{draft}, test::committee));
    site.stored->store_new();
    REQUIRE(publisher->publish(site.stored->info()));
  };
  draft.policies.witnesses = election::WitnessPolicy{1, {key_of("a"), key_of("b")}};
  revise();
  CHECK(shown().witnesses_needed == 1);
  CHECK(shown().witnesses.size() == 2);
  SECTION("revised again") {
    draft.policies.witnesses.reset();
    revise();
    CHECK(shown().witnesses_needed == 0);
    CHECK(shown().witnesses.empty());
  }
  SECTION("after a restart, and where the file is gone or wrong") {
    const auto content = test::read_file(site.file("keys.json"));
    const bool wrong = GENERATE(false, true);
    if (wrong)
      std::ofstream(site.file("keys.json")) << "{}";
    else
      fs::remove(site.file("keys.json"));
    publisher = std::make_unique<Publisher>(site.store, site.keys, site.options());
    REQUIRE(publisher->publish(site.stored->info()));
    CHECK(test::read_file(site.file("keys.json")) == content);
  }
}

TEST_CASE("an empty ledger is no fault") {
  GrownSite site;
  Publisher publisher(site.store, site.keys, site.options());
  CHECK(publisher.publish(site.stored->info()).error().code == ErrorCode::not_found);
  CHECK(publisher.faults().empty());
}

TEST_CASE("a lost database is waited for") {
  GrownSite site;
  site.grow_to(10);
  Publisher publisher(site.store, site.keys, site.options());
  site.store.set_down(true);
  CHECK(publisher.publish(site.stored->info()).error().code == ErrorCode::unavailable);
  CHECK(publisher.faults().empty());
  site.store.set_down(false);
  REQUIRE(publisher.publish(site.stored->info()));
  check_files(site, 10);
}

TEST_CASE("a stored entry that does not verify is never signed over") {
  GrownSite site;
  site.grow_to(300);
  Publisher publisher(site.store, site.keys, site.options());
  REQUIRE(publisher.publish(site.stored->info()));
  site.grow_to(320);
  const auto tamper = [&](auto change) { site.store.tamper(site.stored->info().id, change); };
  using Rows = std::vector<ledger::EntryRow>;

  SECTION("a flipped byte of a new entry") {
    tamper([](Rows& rows, ledger::Head&) { rows[310].bytes[40] ^= 1; });
    check_stopped(site, publisher, Seq{310}, "Entry 310 does not hash");
  }
  SECTION("a flipped byte of an entry published before, in the open bundle") {
    tamper([](Rows& rows, ledger::Head&) { rows[270].bytes[40] ^= 1; });
    check_stopped(site, publisher, Seq{270}, "Entry 270 does not hash");
  }
  SECTION("changed with its leaf after it was published") {
    tamper([](Rows& rows, ledger::Head&) {
      rows[270].bytes[40] ^= 1;
      rows[270].leaf = log::leaf_hash(rows[270].bytes);
    });
    check_stopped(site, publisher, Seq{270}, "Entry 270 was changed since");
  }
  SECTION("changed with its leaf before it was published") {
    tamper([](Rows& rows, ledger::Head&) {
      rows[305].bytes[40] ^= 1;
      rows[305].leaf = log::leaf_hash(rows[305].bytes);
    });
    check_stopped(site, publisher, Seq{305}, "Entry 305:");
  }
  SECTION("signed and chained by somebody without the key") {
    tamper([&](Rows& rows, ledger::Head& head) {
      const auto other = crypto::SigningKey::generate();
      const auto body = std::string(test::must(log::split_entry(rows[319].bytes)).body);
      rows[319].bytes = test::must(log::seal_entry(
          body, other, test::must(log::make_verifier_key(site.stored->key().name, other.public_key()))));
      rows[319].leaf = log::leaf_hash(rows[319].bytes);
      log::RightEdge edge;
      for (const auto& row : rows) edge.append(row.leaf);
      head.last_leaf = rows[319].leaf;
      head.edge = edge.edge();
    });
    check_stopped(site, publisher, Seq{319}, "Entry 319:");
  }
  SECTION("a removed entry") {
    tamper([](Rows& rows, ledger::Head&) { rows.erase(rows.begin() + 315); });
    check_stopped(site, publisher, Seq{315}, "Entry 315 is missing");
  }
  SECTION("a missing end") {
    tamper([](Rows& rows, ledger::Head&) { rows.pop_back(); });
    check_stopped(site, publisher, Seq{319}, "Entry 319 is missing");
  }
  SECTION("another type beside it") {
    tamper([](Rows& rows, ledger::Head&) { rows[312].type = "BallotCast"; });
    check_stopped(site, publisher, Seq{312}, "the type or time stored beside it");
  }
  SECTION("a head its entries do not give") {
    tamper([](Rows&, ledger::Head& head) { head.edge.back().bytes[3] ^= 1; });
    check_stopped(site, publisher, std::nullopt, "stored head");
  }
  SECTION("a ledger cut back, with a fitting head") {
    tamper([](Rows& rows, ledger::Head& head) {
      rows.resize(290);
      log::RightEdge edge;
      for (const auto& row : rows) edge.append(row.leaf);
      head = {290, rows.back().leaf, rows.back().time, edge.edge()};
    });
    check_stopped(site, publisher, std::nullopt, "entries were removed");
  }
}

TEST_CASE("what was changed while the service was down is found at the next start") {
  GrownSite site;
  site.grow_to(300);
  REQUIRE(Publisher(site.store, site.keys, site.options()).publish(site.stored->info()));
  const auto tamper = [&](std::size_t at) {
    site.store.tamper(site.stored->info().id, [&](auto& rows, auto&) {
      rows[at].bytes[40] ^= 1;
      rows[at].leaf = log::leaf_hash(rows[at].bytes);
    });
  };
  SECTION("the last entry") {
    tamper(299);
    Publisher publisher(site.store, site.keys, site.options());
    check_stopped(site, publisher, Seq{299}, "Entry 299");
  }
  SECTION("an old one, where the files must be made again") {
    tamper(20);
    const std::string checkpoint = test::read_file(site.file("checkpoint"));
    fs::remove_all(site.file("tile"));
    Publisher publisher(site.store, site.keys, site.options());
    check_stopped(site, publisher, Seq{20}, "Entry 20");
  }
}

TEST_CASE("two processes may share one folder") {
  GrownSite site;
  Publisher one(site.store, site.keys, site.options());
  Publisher two(site.store, site.keys, site.options());
  for (const std::uint64_t size : {5, 250, 260, 400, 520}) {
    site.grow_to(size);
    REQUIRE(one.publish(site.stored->info()));
    if (size != 260) REQUIRE(two.publish(site.stored->info()));
    check_files(site, size);
  }
}

TEST_CASE("processes with a folder each publish the same, and one that comes back goes on from its own files") {
  GrownSite site;
  auto other = site.options();
  other.log_dir = site.folder.path() / "other";
  Publisher one(site.store, site.keys, site.options());
  site.grow_to(300);
  REQUIRE(one.publish(site.stored->info()));
  REQUIRE(Publisher(site.store, site.keys, other).publish(site.stored->info()));
  const auto theirs = other.log_dir / site.stored->info().uuid.value;
  const auto full_tile = fs::last_write_time(theirs / "tile/0/000");
  site.grow_to(700);  // while the other is down
  REQUIRE(one.publish(site.stored->info()));
  site.grow_to(800);
  Publisher back(site.store, site.keys, other);
  REQUIRE(back.publish(site.stored->info()));
  REQUIRE(one.publish(site.stored->info()));
  CHECK(fs::last_write_time(theirs / "tile/0/000") == full_tile);
  check_files(site, 800);
  for (const char* file : {"checkpoint", "keys.json", "tile/0/002", "tile/entries/003.p/32"}) {
    CAPTURE(file);
    if (std::string_view(file) == "tile/0/002") REQUIRE(fs::exists(theirs / file));
    CHECK(test::read_file(theirs / file) == test::read_file(site.file(file)));
  }
  // What others published in between is verified all the same.
  site.grow_to(900);
  REQUIRE(one.publish(site.stored->info()));
  site.store.tamper(site.stored->info().id, [](auto& rows, auto&) {
    rows[850].bytes[40] ^= 1;
    rows[850].leaf = log::leaf_hash(rows[850].bytes);
  });
  CHECK(Publisher(site.store, site.keys, other).publish(site.stored->info()).error().code == ErrorCode::integrity);
}

namespace {

// A store to which another process appends, and publishes what it appended, while this one reads it.
class OvertakenStore : public ledger::MemoryStore {
 public:
  std::function<void()> overtake;
  Result<std::optional<std::string>> latest_checkpoint(LedgerId ledger) override {
    if (const auto other = std::exchange(overtake, nullptr)) other();
    return MemoryStore::latest_checkpoint(ledger);
  }
};

}  // namespace

TEST_CASE("a head that another process signs while this one starts is no fault") {
  test::TempFolder folder;
  OvertakenStore store;
  ledger::KeyStore keys(folder.path() / "keys");
  test::HeldElection election;
  election.draft(test::small_draft());
  test::StoredLedger stored(store, keys, election);
  stored.store_new(1);
  Publisher late(store, keys, {folder.path() / "late", 200ms, 50ms});
  store.overtake = [&] {
    stored.store_new();
    REQUIRE(Publisher(store, keys, {folder.path() / "other", 200ms, 50ms}).publish(stored.info()));
  };
  const auto published = late.publish(stored.info());
  REQUIRE(published);
  CHECK(published->size == 2);
  CHECK(late.faults().empty());
}

TEST_CASE("a running publisher follows within a second and not more often than it may") {
  GrownSite site;
  site.grow_to(2);
  std::mutex mutex;
  std::condition_variable told;
  std::vector<std::pair<std::uint64_t, std::chrono::steady_clock::time_point>> published;
  Publisher publisher(site.store, site.keys, site.options());
  publisher.add_listener([&](const ElectionUuid&, const log::Checkpoint& checkpoint) {
    const std::lock_guard lock(mutex);
    published.emplace_back(checkpoint.size, std::chrono::steady_clock::now());
    told.notify_all();
  });
  const auto began = std::chrono::steady_clock::now();
  publisher.start();
  const auto wait_for = [&](std::uint64_t size) {
    std::unique_lock lock(mutex);
    return told.wait_for(lock, 1s, [&] { return !published.empty() && published.back().first >= size; });
  };
  REQUIRE(wait_for(2));  // found by itself

  for (std::uint64_t size = 3; size < 200; ++size) {
    site.grow_to(size);
    publisher.notify(site.stored->info(), size);
    if (size % 50 == 0) REQUIRE(wait_for(size));
  }
  REQUIRE(wait_for(199));
  check_files(site, 199);
  const std::lock_guard lock(mutex);
  const auto took = published.back().second - began;
  CHECK(published.size() <= static_cast<std::size_t>(took / site.options().min_interval) + 2);
}

TEST_CASE("a running publisher finds what other processes append") {
  GrownSite site;
  site.grow_to(2);
  std::promise<void> seen;
  Publisher publisher(site.store, site.keys, site.options());
  publisher.add_listener([&](const ElectionUuid&, const log::Checkpoint& checkpoint) {
    if (checkpoint.size == 40) seen.set_value();
  });
  publisher.start();
  site.grow_to(40);
  CHECK(seen.get_future().wait_for(1s) == std::future_status::ready);
}
