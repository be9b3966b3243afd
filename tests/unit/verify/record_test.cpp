#include "tools/verify/record.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "core/audit/bel_audit.hpp"
#include "tests/support/paper_ledger.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/support/vectors.hpp"

using namespace suara;
namespace fs = std::filesystem;
using Catch::Matchers::Contains;

namespace {

std::string write(const fs::path& path, const std::string& content) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << content;
  return path.string();
}

}  // namespace

TEST_CASE("an archive is told by its first bytes, whatever its name") {
  const test::TempFolder folder;
  const auto bytes = test::read_file(test::vector_path("belenios/threshold/election.bel"));
  const auto report = verify::audit_record(write(folder.path() / "record.tar", bytes), {});
  REQUIRE(report);
  CHECK(report->verified());
  CHECK(!report->checks[static_cast<std::size_t>(audit::Check::keys)].applies);
}

TEST_CASE("what is named an archive is judged as one, however it begins") {
  const test::TempFolder folder;
  const auto report = verify::audit_record(write(folder.path() / "x.bel", "nothing"), {});
  REQUIRE(report);
  CHECK(!report->verified());
}

TEST_CASE("a folder is a bundle") {
  const test::TempFolder folder;
  for (const auto& [path, content] : test::PaperLedger({.voters = 1}).bundle().files)
    write(folder.path() / path, content);
  const auto report = verify::audit_record(folder.path(), {});
  REQUIRE(report);
  CHECK(report->verified());
}

TEST_CASE("a key given for an archive is refused in plain words") {
  const test::TempFolder folder;
  const auto bytes = test::read_file(test::vector_path("belenios/basic/election.bel"));
  auto pinned = audit::Options{};
  pinned.pinned_key = "suara.example/x+00000000+AQ";
  const auto report = verify::audit_record(write(folder.path() / "a.bel", bytes), pinned);
  REQUIRE(!report);
  CHECK_THAT(report.error().detail, Contains("no ledger's key") && Contains("--key"));
}

TEST_CASE("what is not there, or neither of the two, is unreadable") {
  const test::TempFolder folder;
  CHECK(verify::audit_record(folder.path() / "none", {}).error().code == ErrorCode::not_found);
  CHECK(!verify::audit_record(write(folder.path() / "x", "not a tar"), {}));
  CHECK(!verify::audit_record(write(folder.path() / "empty", ""), {}));
  const auto blocks = verify::audit_record(write(folder.path() / "blocks.tar", std::string(1024, '\0')), {});
  REQUIRE(!blocks);
  CHECK_THAT(blocks.error().detail, Contains("holds no files"));
}

// A hole takes no room in the tar, and as much as it likes on the disk.
TEST_CASE("a tar with a file of holes is refused") {
  const auto tar = fs::path(SUARA_SOURCE_DIR) / "tests/fuzz/regressions/bundle_tar/file-with-a-hole";
  const auto report = verify::audit_record(tar, {});
  REQUIRE(!report);
  CHECK_THAT(report.error().detail, Contains("holes"));
}
