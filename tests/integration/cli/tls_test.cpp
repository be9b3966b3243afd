#include <catch2/catch.hpp>
#include <cstdlib>

#include "tests/integration/cli/running_service.hpp"

using Catch::Matchers::Contains;
using suara::test::run_suara;
using suara::test::ServiceProcess;

namespace {

// A certificate that vouches for itself, for `name`.
void make_certificate(const std::filesystem::path& folder, const std::string& file, const std::string& name) {
  const std::string base = (folder / file).string();
  const std::string command =
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=test "
      "-addext subjectAltName=" +
      name + " -keyout " + base + ".key -out " + base + ".pem >" + base + ".log 2>&1 && chmod 600 " + base + ".key";
  REQUIRE(std::system(command.c_str()) == 0);
}

}  // namespace

TEST_CASE("over https the service's certificate is checked") {
  const suara::test::TempFolder folder;
  make_certificate(folder.path(), "own", "IP:127.0.0.1");
  make_certificate(folder.path(), "other", "IP:127.0.0.1");
  make_certificate(folder.path(), "misnamed", "DNS:pemilu.example");
  const auto file = [&](const std::string& name) { return (folder.path() / name).string(); };

  const ServiceProcess service(folder.path() / "service",
                               {"--tls-cert", file("own.pem"), "--tls-key", file("own.key")});
  REQUIRE_THAT(service.url(), Catch::Matchers::StartsWith("https://"));
  const auto trusted =
      run_suara({"--server", service.url(), "--ca-file", file("own.pem"), "election", "list", "--json"});
  INFO(trusted.out << trusted.err);
  CHECK(trusted.status == 0);
  CHECK_THAT(trusted.out, Contains("\"elections\""));

  CHECK(run_suara({"--server", service.url(), "election", "list"}).status == 3);
  CHECK(run_suara({"--server", service.url(), "--ca-file", file("other.pem"), "election", "list"}).status == 3);
  CHECK(run_suara({"--server", service.url(), "--ca-file", file("own.log"), "election", "list"}).status == 2);

  const ServiceProcess elsewhere(folder.path() / "elsewhere",
                                 {"--tls-cert", file("misnamed.pem"), "--tls-key", file("misnamed.key")});
  const auto misnamed = run_suara({"--server", elsewhere.url(), "--ca-file", file("misnamed.pem"), "election", "list"});
  CHECK(misnamed.status == 3);
  CHECK_THAT(misnamed.err, Contains("certificate"));
}
