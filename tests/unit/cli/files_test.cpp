#include "tools/cli/files.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "tests/support/temp_folder.hpp"

using namespace suara;
using namespace suara::cli;

namespace {

struct stat status_of(const std::filesystem::path& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status;
}

}  // namespace

TEST_CASE("a secret file that is replaced stays its owner's, and private") {
  const test::TempFolder folder;
  const auto path = folder.path() / "kunci";
  REQUIRE(write_new_file(path, "before", FileMode::secret));
  // Only root may give a file away; for everybody else the owner is the caller.
  const bool root = ::geteuid() == 0;
  const uid_t owner = root ? 12345 : ::geteuid();
  const gid_t group = root ? 12346 : ::getegid();
  REQUIRE(::chown(path.c_str(), owner, group) == 0);
  REQUIRE(replace_secret_file(path, "after"));
  CHECK(*read_file(path, 100) == "after");
  const auto now = status_of(path);
  CHECK(now.st_uid == owner);
  CHECK(now.st_gid == group);
  CHECK((now.st_mode & 07777) == 0600);
}
