#include "tools/verify/state_file.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <set>

#include "tests/support/temp_folder.hpp"
#include "tools/verify/record.hpp"

using namespace suara;
using namespace suara::verify;
namespace fs = std::filesystem;

TEST_CASE("a state file is its owner's alone and replaces the one before") {
  const test::TempFolder folder;
  const auto path = folder.path() / "ketua.state";
  CHECK(read_state_file(path) == std::string());
  // What a run that was killed left behind.
  std::ofstream(folder.path() / "ketua.state.new") << "a longer text that was cut";
  fs::permissions(folder.path() / "ketua.state.new", fs::perms(0644));
  REQUIRE(replace_state_file(path, "one"));
  CHECK((fs::status(path).permissions() & fs::perms::all) == fs::perms(0600));
  CHECK(read_state_file(path) == std::string("one"));
  REQUIRE(replace_state_file(path, "two"));
  CHECK(read_state_file(path) == std::string("two"));
  CHECK_FALSE(fs::exists(folder.path() / "ketua.state.new"));
  CHECK_FALSE(replace_state_file(folder.path() / "missing" / "ketua.state", "one"));
  CHECK(read_state_file(path) == std::string("two"));
}

TEST_CASE("only a state file that is not there is a first run") {
  const test::TempFolder folder;
  const auto path = folder.path() / "ketua.state";
  std::ofstream(path).close();
  CHECK(read_state_file(path).error().code == ErrorCode::malformed);
  fs::remove(path);
  fs::create_symlink(folder.path() / "nowhere", path);
  CHECK_FALSE(read_state_file(path));
}

TEST_CASE("evidence is both signed heads, and stays beside what is found later") {
  const test::TempFolder folder;
  const auto target = folder.path() / "bukti" / "satu";
  const auto all = [&] {
    std::multiset<std::string> found;
    for (const auto& file : fs::directory_iterator(target))
      found.insert(file.path().filename().string().substr(0, 4) + " " + *read_whole_file(file.path(), 100));
    return found;
  };
  REQUIRE(write_evidence(target, {audit::Report::Contradiction::Kind::fork, "before", "after"}));
  CHECK(all() == std::multiset<std::string>{"now- after", "seen before"});
  REQUIRE(write_evidence(target, {audit::Report::Contradiction::Kind::fork, "before", "later"}));
  REQUIRE(write_evidence(target, {audit::Report::Contradiction::Kind::fork, "before", "after"}));
  CHECK(all() == std::multiset<std::string>{"now- after", "now- later", "seen before", "seen before"});
}
