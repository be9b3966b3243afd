#include "tools/cli/trustee_key_file.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "core/codec/belenios.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/support/vectors.hpp"
#include "tools/cli/files.hpp"

using namespace suara;
using Catch::Matchers::Contains;

namespace {

const ElectionUuid uuid{"ucSijHEHGk8LHG"};
const std::string seed(64, 'a');

std::string threshold(const std::string& rest, const std::string& head = R"({"version":1,"kind":"threshold")") {
  return head + R"(,"election":"ucSijHEHGk8LHG","seed":")" + seed + "\"" + rest + "}";
}

int mode_of(const std::filesystem::path& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 0777;
}

}  // namespace

TEST_CASE("a threshold trustee's file keeps its seed when the share comes") {
  const test::TempFolder folder;
  const auto path = folder.path() / "sri.key";
  auto made = cli::create_ceremony_key(path, uuid);
  REQUIRE(made);
  CHECK(mode_of(path) == 0600);
  CHECK(!made->share);
  CHECK(!cli::create_ceremony_key(path, uuid));

  auto read = cli::read_ceremony_key(path);
  REQUIRE(read);
  CHECK(read->election == uuid);
  CHECK(crypto::equal_constant_time(read->seed.view(), made->seed.view()));
  const auto early = cli::read_decryption_key(path);
  REQUIRE(!early);
  CHECK_THAT(early.error().message, Contains("suara trustee confirm"));

  read->share.emplace(cli::CeremonyKeyFile::Share{2, *crypto::SecretScalar::from_decimal("12345")});
  REQUIRE(cli::write_ceremony_key(path, *read));
  CHECK(mode_of(path) == 0600);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
  const auto complete = cli::read_ceremony_key(path);
  REQUIRE(complete);
  CHECK(complete->share->trustee == 2);
  CHECK(crypto::equal_constant_time(complete->seed.view(), made->seed.view()));
  const auto key = cli::read_decryption_key(path);
  REQUIRE(key);
  CHECK(key->election == uuid);
  CHECK(key->key == crypto::g_pow(crypto::Scalar::from_u64(12345)));
}

TEST_CASE("the form of a threshold trustee's file is that of the page") {
  const test::TempFolder folder;
  const auto path = folder.path() / "page.key";
  REQUIRE(cli::write_new_file(path, threshold(R"(,"trustee":3,"secret":"7")"), cli::FileMode::secret));
  auto key = cli::read_ceremony_key(path);
  REQUIRE(key);
  REQUIRE(cli::write_ceremony_key(path, *key));
  CHECK(test::read_file(path) == threshold(R"(,"trustee":3,"secret":"7")") + "\n");
}

TEST_CASE("a damaged key file is refused, and its secrets are not told") {
  const std::string content = GENERATE(values<std::string>({
      threshold(R"(,"trustee":3)"),
      threshold(R"(,"secret":"7")"),
      threshold(R"(,"trustee":3,"secret":"x7")"),
      threshold(R"(,"trustee":21,"secret":"7")"),
      threshold("", R"({"version":2,"kind":"threshold")"),
      threshold("", R"({"version":1,"kind":"single")"),
      R"({"version":1,"kind":"threshold","election":"ucSijHEHGk8LHG","seed":"aa"})",
      R"({"version":1,"public_key":"{}","secret":"7"})",
      "",
  }));
  const test::TempFolder folder;
  const auto path = folder.path() / "bad.key";
  REQUIRE(cli::write_new_file(path, content, cli::FileMode::secret));
  const auto ceremony = cli::read_ceremony_key(path);
  const auto either = cli::read_decryption_key(path);
  REQUIRE(!ceremony);
  REQUIRE(!either);
  CHECK(ceremony.error().exit == cli::ExitCode::usage);
  CHECK_THAT(ceremony.error().message, Contains("is not a key file of a trustee") && !Contains(seed));
}

TEST_CASE("a mandatory trustee's file decrypts any election it was published in") {
  const test::TempFolder folder;
  const auto path = folder.path() / "single.key";
  const auto made = cli::create_trustee_key(path);
  REQUIRE(made);
  const auto key = cli::read_decryption_key(path);
  REQUIRE(key);
  CHECK(!key->election);
  CHECK(key->key == made->key.public_key);
  CHECK(cli::read_trustee_key(path)->public_text == made->public_text);
  CHECK(!cli::read_ceremony_key(path));
}
