#include "ledger/key_store.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <thread>

#include "core/crypto/encoding.hpp"
#include "tests/support/temp_folder.hpp"

using namespace suara;
using ledger::KeyStore;
namespace fs = std::filesystem;

namespace {

const ElectionUuid stored_uuid{"ucSijHEHGk8LHG"};

unsigned mode(const fs::path& path) {
  struct stat info {};
  REQUIRE(::stat(path.c_str(), &info) == 0);
  return info.st_mode & 07777;
}

void write(const fs::path& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

}  // namespace

TEST_CASE("keys are written for the service's account only and read back the same") {
  const test::TempFolder folder;
  const fs::path dir = folder.path() / "keys";
  KeyStore store(dir);
  const auto signing = store.create_ledger_key(stored_uuid);
  const auto secret = store.create_trustee_key(stored_uuid);
  REQUIRE(signing);
  REQUIRE(secret);
  CHECK(mode(dir) == 0700);
  CHECK(mode(dir / stored_uuid.value) == 0700);
  CHECK(mode(dir / stored_uuid.value / "ledger.key") == 0600);
  CHECK(mode(dir / stored_uuid.value / "trustee.key") == 0600);
  CHECK(std::distance(fs::directory_iterator(dir / stored_uuid.value), fs::directory_iterator{}) == 2);

  KeyStore again(dir);
  const auto signing_again = again.ledger_key(stored_uuid);
  const auto secret_again = again.trustee_key(stored_uuid);
  REQUIRE(signing_again);
  REQUIRE(secret_again);
  CHECK((*signing_again)->public_key() == (*signing)->public_key());
  CHECK((*secret_again)->expose() == (*secret)->expose());
  CHECK(again.ledger_key(stored_uuid)->get() == signing_again->get());
}

TEST_CASE("a strict umask does not change the modes") {
  const test::TempFolder folder;
  const mode_t before = ::umask(0);
  KeyStore store(folder.path() / "keys");
  const auto key = store.create_ledger_key(stored_uuid);
  ::umask(before);
  REQUIRE(key);
  CHECK(mode(folder.path() / "keys") == 0700);
  CHECK(mode(folder.path() / "keys" / stored_uuid.value / "ledger.key") == 0600);
}

TEST_CASE("a key that exists is never replaced") {
  const test::TempFolder folder;
  KeyStore store(folder.path() / "keys");
  const auto first = store.create_ledger_key(stored_uuid);
  REQUIRE(first);
  const auto second = store.create_ledger_key(stored_uuid);
  REQUIRE_FALSE(second);
  CHECK(second.error().code == ErrorCode::conflict);
  CHECK((*KeyStore(folder.path() / "keys").ledger_key(stored_uuid))->public_key() == (*first)->public_key());
}

TEST_CASE("of many that create the same key at once one wins and the rest are told") {
  const test::TempFolder folder;
  std::atomic<int> made = 0, refused = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      KeyStore store(folder.path() / "keys");  // a store each, as processes would have
      const auto key = store.create_trustee_key(stored_uuid);
      if (key) ++made;
      if (!key && key.error().code == ErrorCode::conflict) ++refused;
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(made == 1);
  CHECK(refused == 7);
}

TEST_CASE("a missing key is not_found") {
  const test::TempFolder folder;
  KeyStore store(folder.path() / "keys");
  CHECK(store.ledger_key(stored_uuid).error().code == ErrorCode::not_found);
  CHECK(store.trustee_key(stored_uuid).error().code == ErrorCode::not_found);
}

TEST_CASE("files and folders that others may read are refused") {
  const test::TempFolder folder;
  const fs::path dir = folder.path() / "keys";
  const fs::path file = dir / stored_uuid.value / "ledger.key";
  REQUIRE(KeyStore(dir).create_ledger_key(stored_uuid));

  for (const mode_t loose : {0640, 0604, 0660, 0601}) {
    REQUIRE(::chmod(file.c_str(), loose) == 0);
    const auto key = KeyStore(dir).ledger_key(stored_uuid);
    REQUIRE_FALSE(key);
    CHECK(key.error().code == ErrorCode::integrity);
    CHECK(key.error().detail.find("chmod 600") != std::string::npos);
  }
  REQUIRE(::chmod(file.c_str(), 0600) == 0);
  REQUIRE(::chmod(dir.c_str(), 0755) == 0);
  CHECK(KeyStore(dir).create_trustee_key(stored_uuid).error().code == ErrorCode::integrity);
  CHECK(KeyStore(dir).ledger_key(stored_uuid).error().code == ErrorCode::integrity);
}

TEST_CASE("content of another shape is refused and not repeated in the error") {
  const test::TempFolder folder;
  const fs::path dir = folder.path() / "keys";
  KeyStore store(dir);
  REQUIRE(store.create_ledger_key(stored_uuid));
  REQUIRE(store.create_trustee_key(stored_uuid));
  const std::string junk = GENERATE(std::string(""), std::string("5ec2e7"), std::string(64, 'z'), std::string(66, '0'),
                                    std::string(4000, '1'), std::string("-1"));
  CAPTURE(junk);
  write(dir / stored_uuid.value / "ledger.key", junk);
  write(dir / stored_uuid.value / "trustee.key", junk.empty() ? junk : junk + "x");
  const auto signing = KeyStore(dir).ledger_key(stored_uuid);
  const auto secret = KeyStore(dir).trustee_key(stored_uuid);
  REQUIRE_FALSE(signing);
  REQUIRE_FALSE(secret);
  CHECK(signing.error().code == ErrorCode::integrity);
  CHECK(secret.error().code == ErrorCode::integrity);
  if (junk.size() > 2) CHECK(signing.error().detail.find(junk) == std::string::npos);
}

TEST_CASE("an id that is no folder's name touches nothing") {
  const test::TempFolder folder;
  KeyStore store(folder.path() / "keys");
  for (const char* bad : {"", "..", "../x", "a/b", "a.b"}) {
    CHECK(store.create_ledger_key(ElectionUuid{bad}).error().code == ErrorCode::not_found);
    CHECK(store.ledger_key(ElectionUuid{bad}).error().code == ErrorCode::not_found);
  }
  CHECK_FALSE(fs::exists(folder.path() / "keys"));
}

TEST_CASE("each key that takes over has a file of its own name, and is found by its public half") {
  const test::TempFolder folder;
  const fs::path dir = folder.path() / "keys";
  const Origin origin{"suara.example/2026/ucSijHEHGk8LHG"};
  KeyStore store(dir);
  const auto first = store.create_ledger_key(stored_uuid).value();
  const auto next = store.create_next_ledger_key(stored_uuid, origin).value();
  const auto name_of = [&](const ledger::SigningKeyPtr& key) {
    return log::make_verifier_key(origin.value, key->public_key()).value();
  };
  const fs::path file = dir / stored_uuid.value / ("ledger-" + log::key_id(name_of(next).key_hash) + ".key");
  CHECK(mode(file) == 0600);
  KeyStore again(dir);
  CHECK((*again.ledger_key(stored_uuid))->public_key() == first->public_key());
  for (const auto& key : {first, next}) {
    REQUIRE(again.ledger_key(stored_uuid, name_of(key)));
    CHECK((*again.ledger_key(stored_uuid, name_of(key)))->public_key() == key->public_key());
  }

  fs::remove(file);
  const auto lost = KeyStore(dir).ledger_key(stored_uuid, name_of(next));
  REQUIRE_FALSE(lost);
  CHECK(lost.error().code == ErrorCode::not_found);
  CHECK_THAT(lost.error().detail, Catch::Contains(file.string()) && Catch::Contains("backup"));
  // A file that holds another key than its name says is not taken for it.
  fs::copy_file(dir / stored_uuid.value / "ledger.key", file);
  CHECK_FALSE(KeyStore(dir).ledger_key(stored_uuid, name_of(next)));
}
