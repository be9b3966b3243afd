#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "tests/integration/cli/running_service.hpp"
#include "tests/support/vectors.hpp"

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using suara::test::run_suara;

namespace {
constexpr auto nowhere = "http://127.0.0.1:1";
constexpr auto uuid = "ucSijHEHGk8LHG";
}  // namespace

TEST_CASE("wrong usage ends with 2 and one sentence on standard error") {
  struct Wrong {
    std::vector<std::string> arguments;
    std::string complaint;
  };
  const auto [arguments, complaint] = GENERATE(values<Wrong>({
      {{}, "Say what to do"},
      {{"frobnicate"}, "frobnicate"},
      {{"election"}, "Say what to do"},
      {{"election", "frobnicate"}, "frobnicate"},
      {{"election", "list", "--frobnicate"}, "--frobnicate"},
      {{"election", "show"}, "UUID is required"},
      {{"election", "show", "short"}, "'short' is not the uuid"},
      {{"election", "show", "../../v1/elections"}, "is not the uuid"},
      {{"election", "draft", "/nonexistent/draft.json"}, "/nonexistent/draft.json cannot be read"},
      {{"election", "draft", "/dev/null"}, "is empty"},
      {{"roll", "import", uuid, "/nonexistent/roll.csv"}, "/nonexistent/roll.csv cannot be read"},
      {{"user", "add", "ani", "--role", "king"}, "--role"},
      {{"--server", "ftp://host", "election", "list"}, "--server must begin with http:// or https://"},
      {{"--server", "http://user:secret@host", "election", "list"}, "must not hold a user or password"},
      {{"--server", "http://host/path", "election", "list"}, "must have no path"},
      {{"election", "seal", uuid}, "needs a login"},
      {{"--user", "ani", "election", "seal", uuid}, "there is no terminal to ask"},
      {{"--user", "ani", "--password-file", "/dev/null", "election", "seal", uuid}, "is empty"},
      {{"trustee", "decrypt", uuid, "--key", "/etc/hostname"}, "is not a key file of a trustee"},
      {{"trustee", "join", uuid}, "--key is required"},
      {{"trustee", "join", "short", "--key", "/nonexistent/k"}, "'short' is not the uuid"},
      {{"trustee", "share", uuid, "--key", "/nonexistent/k"}, "/nonexistent/k cannot be read"},
      {{"trustee", "confirm", uuid, "--key", "/etc/hostname"}, "is not a key file of a trustee"},
      {{"trustee", "status"}, "UUID is required"},
      {{"trustee", "restart", uuid}, "--reason is required"},
      {{"export", uuid, "--belenios", "--out", "/etc/hostname"}, "exists already"},
      {{"export", uuid, "--out", "/etc"}, "exists already"},
      {{"export", uuid, "--out", "/nonexistent/x.tar"}, "/nonexistent/x.tar cannot be written"},
  }));
  const auto ended = run_suara(arguments);
  CHECK(ended.status == 2);
  CHECK(ended.out.empty());
  CHECK_THAT(ended.err, StartsWith("suara: ") && Contains(complaint));
}

TEST_CASE("with --json a fault is one object on standard output") {
  const auto wrong = run_suara({"election", "show", "short", "--json"});
  CHECK(wrong.status == 2);
  CHECK_THAT(wrong.out, StartsWith(R"({"error":{"code":"usage","message":"'short' is not)"));
  CHECK(wrong.err.empty());
  const auto unknown = run_suara({"--json", "frobnicate"});
  CHECK(unknown.status == 2);
  CHECK_THAT(unknown.out, StartsWith(R"({"error":{"code":"usage")"));
}

TEST_CASE("a service that cannot be reached ends with 3") {
  const auto plain = run_suara({"--server", nowhere, "election", "list"});
  CHECK(plain.status == 3);
  CHECK_THAT(plain.err, Contains("http://127.0.0.1:1 cannot be reached") && Contains("--server"));
  const auto by_environment = run_suara({"election", "list", "--json"}, {{"SUARA_SERVER", nowhere}});
  CHECK(by_environment.status == 3);
  CHECK_THAT(by_environment.out, Contains(R"("code":"unreachable")"));
  const auto tls = run_suara({"--server", "https://127.0.0.1:1", "election", "list"});
  CHECK(tls.status == 3);
}

TEST_CASE("help tells the commands, examples and exit statuses") {
  const auto all = run_suara({"--help"});
  CHECK(all.status == 0);
  CHECK_THAT(all.out, Contains("Exit status:") && Contains("3  the service cannot be reached") && Contains("Examples"));
  for (const auto& command : std::vector<std::vector<std::string>>{{"user", "add"},
                                                                   {"user", "list"},
                                                                   {"user", "reset"},
                                                                   {"user", "remove"},
                                                                   {"official", "appoint"},
                                                                   {"official", "revoke"},
                                                                   {"device", "enrol"},
                                                                   {"device", "list"},
                                                                   {"device", "revoke"},
                                                                   {"incident", "note"},
                                                                   {"election", "revise"},
                                                                   {"election", "propose"},
                                                                   {"election", "withdraw"},
                                                                   {"election", "extend"},
                                                                   {"election", "cancel"},
                                                                   {"election", "correct"},
                                                                   {"roll", "add"},
                                                                   {"roll", "correct"},
                                                                   {"roll", "remove"},
                                                                   {"credentials", "replace"},
                                                                   {"credentials", "withdraw"},
                                                                   {"election", "draft"},
                                                                   {"election", "list"},
                                                                   {"election", "show"},
                                                                   {"election", "seal"},
                                                                   {"election", "open"},
                                                                   {"election", "close"},
                                                                   {"roll", "import"},
                                                                   {"credentials", "generate"},
                                                                   {"credentials", "publish"},
                                                                   {"trustee", "keygen"},
                                                                   {"trustee", "publish"},
                                                                   {"trustee", "decrypt"},
                                                                   {"tally", "publish"},
                                                                   {"result", "certify"},
                                                                   {"export"}}) {
    auto arguments = command;
    arguments.push_back("--help");
    const auto one = run_suara(arguments);
    CHECK(one.status == 0);
    CHECK_THAT(one.out, Contains("Example:\n  suara "));
  }
}

TEST_CASE("a trustee's key is made for its owner alone and never replaced") {
  const suara::test::TempFolder folder;
  const auto path = folder.path() / "tini.key";
  const auto made = run_suara({"trustee", "keygen", "--out", path.string(), "--json"});
  REQUIRE(made.status == 0);
  CHECK_THAT(made.out, Contains(R"("public_key":"{\"pok\")"));
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  const std::string content = suara::test::read_file(path);
  const auto again = run_suara({"trustee", "keygen", "--out", path.string()});
  CHECK(again.status == 2);
  CHECK_THAT(again.err, Contains("exists already"));
  CHECK(suara::test::read_file(path) == content);
}
