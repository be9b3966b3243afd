#include "http/nonces.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/support/temp_folder.hpp"

namespace suara::http {
namespace {

const ElectionUuid this_election{"ucSijHEHGk8LHG"};
const ElectionUuid there{"ucSijHEHGk8LHH"};
const Timestamp now{1'790'000'000'000};

}  // namespace

TEST_CASE("a nonce is good for five minutes and one election") {
  const test::TempFolder folder;
  ledger::KeyFiles files(folder.path() / "keys");
  const auto nonces = Nonces::from_keys(files);
  REQUIRE(nonces);
  const auto nonce = nonces->make(this_election, now);
  CHECK(nonce.expires.ms == now.ms + 300'000);
  CHECK(nonces->check(nonce.text, this_election, {now.ms + 299'999}));
  CHECK(nonces->check(nonce.text, this_election, {now.ms + 300'000}).error().code == ErrorCode::unauthenticated);
  CHECK(nonces->check(nonce.text, there, now).error().code == ErrorCode::malformed);
  CHECK(nonces->make(this_election, now).text != nonce.text);
}

TEST_CASE("any changed character of a nonce is found") {
  const test::TempFolder folder;
  ledger::KeyFiles files(folder.path() / "keys");
  const auto nonces = Nonces::from_keys(files);
  REQUIRE(nonces);
  const std::string good = nonces->make(this_election, now).text;
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = bad[i] == 'A' ? 'B' : 'A';
    CAPTURE(i);
    CHECK_FALSE(nonces->check(bad, this_election, now));
  }
  CHECK_FALSE(nonces->check("", this_election, now));
  CHECK_FALSE(nonces->check(good + "A", this_election, now));
}

TEST_CASE("restarts and other nodes agree through the key file, which is private") {
  const test::TempFolder folder;
  const auto file = folder.path() / "keys" / "sign-in.key";
  ledger::KeyFiles files(folder.path() / "keys");
  ledger::KeyFiles of_another(folder.path() / "keys");
  const auto first = Nonces::from_keys(files);
  const auto second = Nonces::from_keys(of_another);
  REQUIRE(first);
  REQUIRE(second);
  CHECK(second->check(first->make(this_election, now).text, this_election, now));
  namespace fs = std::filesystem;
  CHECK((fs::status(file).permissions() & (fs::perms::group_all | fs::perms::others_all)) == fs::perms::none);
  fs::permissions(file, fs::perms::others_read, fs::perm_options::add);
  CHECK_FALSE(Nonces::from_keys(files));
}

}  // namespace suara::http
