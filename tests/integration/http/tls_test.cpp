#include <catch2/catch.hpp>
#include <cstdlib>

#include "tests/integration/http/site.hpp"

namespace suara::test {

TEST_CASE("over TLS the same is served, and the session's cookie never leaves it") {
  const TempFolder folder;
  const std::string certificate = (folder.path() / "cert.pem").string();
  const std::string key = (folder.path() / "key.pem").string();
  const std::string make =
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=localhost -out " +
      certificate + " -keyout " + key + " 2>/dev/null";
  REQUIRE(std::system(make.c_str()) == 0);
  MariadbServer database;
  REQUIRE(create_admin(database.service(), "ani", "a long password") == 0);
  TestSite site(database, {"--tls-cert", certificate, "--tls-key", key}, true);
  auto client = site.client();
  CHECK(client.send("GET", "/").status == 200);
  const auto session = client.send("POST", "/api/v1/session", {{"Content-Type", "application/json"}},
                                   R"({"login":"ani","password":"a long password"})");
  CHECK(session.status == 200);
  CHECK(session.header("set-cookie").ends_with("; Secure"));
  const WebElection election(site, 1);
  CHECK(election.cast(election.ballot(0, 0)).status == 201);
  auto stream = site.client();
  stream.write("GET " + election.path("/stream") + " HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(stream.read_until("event: turnout").find("text/event-stream") != std::string::npos);
  // Somebody who speaks plain HTTP to it is not served.
  HttpClient plain(site.port());
  plain.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK_THROWS(plain.read());
}

}  // namespace suara::test
