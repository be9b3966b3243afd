#include "ledger/key_files.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <set>
#include <thread>

#include "ledger/key_store.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/support/vectors.hpp"

using namespace suara;
using ledger::KeyFiles;
using ledger::KeyStore;
namespace fs = std::filesystem;

namespace {

const ElectionUuid uuid{"ucSijHEHGk8LHG"};
constexpr crypto::PassphraseCost cheap{1, 8};

crypto::Sealer words(std::string_view passphrase = "empat kata yang panjang") {
  return crypto::Sealer::from_passphrase(as_bytes(passphrase), cheap).value();
}

// A key store as a process has it that seals with that, or with nothing.
KeyStore store_of(const fs::path& dir, std::optional<crypto::Sealer> sealer = std::nullopt) {
  return KeyStore(std::make_shared<KeyFiles>(dir, std::move(sealer)));
}

void write_private(const fs::path& file, std::string_view text) {
  std::ofstream(file, std::ios::binary) << text;
  REQUIRE(::chmod(file.c_str(), 0600) == 0);
}

}  // namespace

TEST_CASE("key files are sealed where there is something to seal them with, and opened by the next process") {
  const test::TempFolder folder;
  const fs::path dir = folder.path() / "keys";
  const auto key = crypto::SealingKey::generate();
  const auto sealer = [&](bool by_key) -> std::optional<crypto::Sealer> {
    if (by_key) return crypto::Sealer(crypto::SealingKey::from_text(as_text(key.text().view())).value());
    return words();
  };
  const bool by_key = GENERATE(true, false);
  auto store = store_of(dir, sealer(by_key));
  const auto signing = store.create_ledger_key(uuid).value();
  const auto secret = store.create_trustee_key(uuid).value();
  REQUIRE(store.create_next_ledger_key(uuid, Origin{"suara.example/1"}));
  std::set<std::string> locks;
  for (const auto& each : fs::directory_iterator(dir / uuid.value)) {
    const std::string text = test::read_file(each.path());
    CHECK(text.starts_with("suara-sealed v1\n"));
    CHECK((fs::status(each).permissions() & fs::perms::mask) == (fs::perms::owner_read | fs::perms::owner_write));
    locks.insert(text.substr(0, text.find('\n', 16)));
  }
  CHECK(locks.size() == 1);  // one salt, one derivation
  auto again = store_of(dir, sealer(by_key));
  CHECK((*again.ledger_key(uuid))->public_key() == signing->public_key());
  CHECK((*again.trustee_key(uuid))->expose() == secret->expose());
  CHECK(again.create_ledger_key(uuid).error().code == ErrorCode::conflict);
}

TEST_CASE("plain files are read beside sealed ones") {
  const test::TempFolder folder;
  const fs::path dir = folder.path() / "keys";
  const auto key = store_of(dir).create_ledger_key(uuid).value();
  auto sealing = store_of(dir, words());
  CHECK((*sealing.ledger_key(uuid))->public_key() == key->public_key());
  REQUIRE(sealing.create_trustee_key(uuid));
  CHECK(test::read_file(dir / uuid.value / "trustee.key").starts_with("suara-sealed "));
}

TEST_CASE("a sealed file without what opens it is refused with a sentence that says what to do") {
  const test::TempFolder folder;
  const fs::path dir = folder.path() / "keys";
  REQUIRE(store_of(dir, words()).create_ledger_key(uuid));
  const std::string file = (dir / uuid.value / "ledger.key").string();

  const auto closed = store_of(dir).ledger_key(uuid);
  REQUIRE_FALSE(closed);
  CHECK(closed.error().code == ErrorCode::integrity);
  CHECK_THAT(closed.error().detail, Catch::Contains(file) && Catch::Contains("--key-passphrase-file"));
  const auto wrong = store_of(dir, words("lima kata yang lain lagi")).ledger_key(uuid);
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().code == ErrorCode::integrity);
  CHECK_THAT(wrong.error().detail, Catch::Contains(file) && Catch::Contains("passphrase"));

  // At the start of a service.
  CHECK(KeyFiles(dir, words()).check());
  CHECK_THAT(KeyFiles(dir).check().error().detail, Catch::Contains(file));
  CHECK_FALSE(KeyFiles(dir, words("lima kata yang lain lagi")).check());
  CHECK(KeyFiles(folder.path() / "nothing-here").check());
  // One damaged file does not keep the service from the others.
  REQUIRE(store_of(dir, words()).create_ledger_key(ElectionUuid{"ucSijHEHGk8LHH"}));
  std::ofstream(file, std::ios::app) << "x";
  CHECK(KeyFiles(dir, words()).check());
  CHECK_FALSE(store_of(dir, words()).ledger_key(uuid));
}

TEST_CASE("a hostile file costs nothing") {
  const test::TempFolder folder;
  const fs::path dir = folder.path() / "keys";
  REQUIRE(store_of(dir).create_trustee_key(uuid));  // for the folders
  write_private(dir / uuid.value / "ledger.key",
                "suara-sealed v1\npassphrase 4000000000 100000000 " + std::string(32, 'a') + "\n" + std::string(88, 'A') +
                    "\n");
  const auto refused = store_of(dir, words()).ledger_key(uuid);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::integrity);
  CHECK_THAT(refused.error().detail, Catch::Contains("not accepted"));
}

TEST_CASE("many threads may ask for sealed keys at once") {
  const test::TempFolder folder;
  const fs::path dir = folder.path() / "keys";
  REQUIRE(store_of(dir, words()).create_ledger_key(uuid));
  auto store = store_of(dir, words());
  std::atomic<int> good = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      if (i % 2 == 0 ? store.ledger_key(uuid).has_value()
                     : store.create_ledger_key(ElectionUuid{"e" + std::to_string(i)}).has_value())
        ++good;
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(good == 8);
}

TEST_CASE("what the service's options name is read and must be private") {
  const test::TempFolder folder;
  const fs::path passphrase = folder.path() / "words", seal = folder.path() / "seal";
  write_private(passphrase, "empat kata yang panjang\n");
  const auto key = crypto::SealingKey::generate();
  write_private(seal, as_text(key.text().view()));
  CHECK_FALSE(ledger::read_sealer({}, {})->has_value());
  CHECK(ledger::read_sealer(passphrase, {})->has_value());
  CHECK(ledger::read_sealer({}, seal)->has_value());
  CHECK_FALSE(ledger::read_sealer({}, passphrase));
  CHECK_FALSE(ledger::read_sealer({}, folder.path() / "missing"));
  for (const auto& file : {passphrase, seal}) REQUIRE(::chmod(file.c_str(), 0640) == 0);
  CHECK(ledger::read_sealer(passphrase, {}).error().code == ErrorCode::integrity);
  CHECK(ledger::read_sealer({}, seal).error().code == ErrorCode::integrity);
}
