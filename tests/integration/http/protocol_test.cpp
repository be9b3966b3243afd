#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>

#include "tests/integration/http/site.hpp"

// HTTP itself: limits, time, connections, methods, files.
namespace suara::test {
namespace {

using namespace std::chrono_literals;
const std::string home = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

// Short times, few connections and streams.
TestSite& strict_site() {
  static TestSite site(shared_mariadb(),
                       {"--read-timeout", "1", "--idle-timeout", "2", "--max-connections", "4", "--max-streams", "1"});
  return site;
}

}  // namespace

TEST_CASE("pages come with a strict policy and their entity tag") {
  const TestSite& site = shared_site();
  const std::string uuid = "ucSijHEHGk8LHG";
  for (const auto& [target, page] :
       std::vector<std::pair<std::string, std::string>>{{"/", "portal"},
                                                        {"/elections/" + uuid, "portal"},
                                                        {"/vote/" + uuid, "vote"},
                                                        {"/check", "check"},
                                                        {"/check/" + uuid, "check"},
                                                        {"/trustee", "trustee"},
                                                        {"/committee", "committee"},
                                                        {"/supervisor", "supervisor"},
                                                        {"/verify-help", "verify-help"},
                                                        {"/print/" + uuid + "/minutes", "print"},
                                                        {"/copy-template.html", "copy-template"},
                                                        {"/projector/" + uuid, "projector"},
                                                        {"/officer", "officer"},
                                                        {"/kiosk", "kiosk"},
                                                        {"/setup", "setup"},
                                                        {"/account", "account"}}) {
    CAPTURE(target);
    const auto reply = site.get(target);
    CHECK(reply.status == 200);
    CHECK(reply.body.find("<title>" + page + "</title>") != std::string::npos);
    CHECK(reply.header("content-security-policy")
              .starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"));
    CHECK(reply.header("x-content-type-options") == "nosniff");
    CHECK(reply.header("referrer-policy") == "no-referrer");
    CHECK(site.get(target, {{"If-None-Match", reply.header("etag")}}).status == 304);
  }
  CHECK(site.get("/assets/app.js").body == "let x;");
}

TEST_CASE("paths that leave their folder are not found") {
  const TestSite& site = shared_site();
  const WebElection election(site, 1, WebElection::Until::drafted);
  const std::string log = "/log/" + election.uuid();
  for (const std::string& target :
       {std::string("/assets/../secret.txt"), std::string("/assets/..%2fsecret.txt"),
        std::string("/assets/%2e%2e/secret.txt"), std::string("/assets//etc/passwd"), std::string("/assets/"),
        std::string("/secret.txt"), std::string("/assets"), log + "/../../keys/sign-in.key",
        log + "/../../keys/" + election.uuid() + "/ledger.key", log + "/%2e%2e/%2e%2e/keys/sign-in.key",
        log + "/tile/../checkpoint", log + "/tile/0/1", log + "/checkpoint/", log + "/tile/entries/000",
        std::string("/log/../keys"), std::string("/log/aaaaaaaaaaaaaaaa/checkpoint")}) {
    CAPTURE(target);
    const auto reply = site.get(target);
    CHECK(reply.status == 404);
    CHECK(error_code(reply) == "not_found");
  }
}

TEST_CASE("methods: HEAD as GET without a body, others are told what there is") {
  const TestSite& site = shared_site();
  auto client = site.client();
  const auto head = client.send("HEAD", "/");
  CHECK(head.status == 200);
  CHECK(head.body.empty());
  CHECK(head.header("content-length") == std::to_string(client.send("GET", "/").body.size()));
  for (const char* method : {"OPTIONS", "PUT", "DELETE", "POST", "PATCH"}) {
    CAPTURE(method);
    const auto reply = client.send(method, "/");
    CHECK(reply.status == 405);
    CHECK(reply.header("allow") == "GET, HEAD");
    CHECK(error_code(reply) == "method_not_allowed");
  }
  CHECK(client.send("OPTIONS", "/api/v1/elections").header("allow") == "GET, HEAD, POST");
}

TEST_CASE("one connection serves request after request, also when they are sent at once") {
  auto client = shared_site().client();
  client.write(home + "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n" +
               "POST /api/v1/elections HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello" + home);
  CHECK(client.read().status == 200);
  CHECK(client.read().status == 404);
  CHECK(client.read().status == 401);
  CHECK(client.read().status == 200);
}

TEST_CASE("requests that are no HTTP, lack a host, or have too large a header") {
  const TestSite& site = shared_site();
  for (const std::string& bytes :
       {std::string("nonsense\r\n\r\n"), std::string("GET / HTTP/1.1\r\n\r\n"),
        std::string("GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n"),
        std::string("GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n"),
        std::string("\x16\x03\x01\x02\x01\x01\x01\xfc\x03\x03"),
        std::string(
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")}) {
    CAPTURE(bytes);
    auto client = site.client();
    client.write(bytes);
    const auto reply = client.read();
    CHECK(reply.status == 400);
    CHECK(error_code(reply) == "malformed");
    CHECK(client.closed());
  }
  auto client = site.client();
  client.write("GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(17'000, 'x') + "\r\n\r\n");
  CHECK(client.read().status == 431);
}

TEST_CASE("chunked bodies count against the same limit") {
  const TestSite& site = shared_site();
  auto client = site.client();
  client.write(
      "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
      "Transfer-Encoding: chunked\r\n\r\n10001\r\n" +
      std::string(65'537, ' ') + "\r\n0\r\n\r\n");
  CHECK(client.read().status == 413);
  auto small = site.client();
  small.write(
      "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
      "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
  CHECK(small.read().status == 400);
}

TEST_CASE("a client that waits for leave to send its body gets it") {
  auto client = shared_site().client();
  client.write(
      "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
      "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  CHECK(client.read_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
  client.write("{}");
  CHECK(client.read().status == 400);
}

TEST_CASE("slow clients are timed out, idle ones are closed") {
  const TestSite& site = strict_site();
  auto header = site.client();
  header.write("GET / HTTP/1.1\r\nHo");
  CHECK(header.read().status == 408);
  auto body = site.client();
  body.write(
      "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{");
  const auto late = body.read();
  CHECK(late.status == 408);
  CHECK(error_code(late) == "timeout");
  auto idle = site.client();
  idle.write(home);
  CHECK(idle.read().status == 200);
  CHECK(idle.closed());
}

TEST_CASE("connections beyond the bound are turned away, and served once there is room") {
  TestSite site(shared_mariadb(), {"--max-connections", "2"});
  auto first = site.client();
  CHECK(first.send("GET", "/").status == 200);
  {
    auto second = site.client();
    CHECK(second.send("GET", "/").status == 200);
    auto third = site.client();
    const auto refused = third.read();
    CHECK(refused.status == 503);
    CHECK(error_code(refused) == "overloaded");
    CHECK_FALSE(refused.header("retry-after").empty());
  }
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  unsigned status = 0;
  while (status != 200 && std::chrono::steady_clock::now() < deadline) status = site.client().send("GET", "/").status;
  CHECK(status == 200);
}

TEST_CASE("streams are bounded") {
  const TestSite& site = strict_site();
  const WebElection election(site, 1, WebElection::Until::drafted);
  auto first = site.client();
  first.write("GET " + election.path("/stream") + " HTTP/1.1\r\nHost: x\r\n\r\n");
  first.read_until("event: turnout");
  const auto second = site.get(election.path("/stream"));
  CHECK(second.status == 503);
  CHECK(error_code(second) == "overloaded");
}

TEST_CASE("what is measured can be read, and names nobody") {
  const TestSite& site = shared_site();
  const WebElection election(site, 1);
  REQUIRE(election.cast(election.ballot(0, 0)).status == 201);
  CHECK(site.get("/healthz").body == R"({"status":"ok"})");
  const auto metrics = site.get("/metrics").body;
  CHECK(metrics.find("suara_ballots_total{outcome=\"accepted\"}") != std::string::npos);
  CHECK(metrics.find("suara_ledger_entries{election=\"" + election.uuid() + "\"}") != std::string::npos);
  CHECK(metrics.find("route=\"/api/v1/elections/{uuid}/ballots\",status=\"201\"") != std::string::npos);
  CHECK(metrics.find("suara_projection_lag") != std::string::npos);
  CHECK(metrics.find("suara_queue_depth{queue=\"verify\"}") != std::string::npos);
}

TEST_CASE("asked to stop, the service ends its streams and exits with 0") {
  TestSite site(shared_mariadb());
  const WebElection election(site, 1, WebElection::Until::drafted);
  auto stream = site.client();
  stream.write("GET " + election.path("/stream") + " HTTP/1.1\r\nHost: x\r\n\r\n");
  stream.read_until("event: turnout");
  auto idle = site.client();
  CHECK(idle.send("GET", "/").status == 200);
  const auto began = std::chrono::steady_clock::now();
  site.service().send_signal(SIGTERM);
  CHECK(site.service().wait() == 0);
  CHECK(std::chrono::steady_clock::now() - began < 10s);
  CHECK(stream.read_until("0\r\n\r\n").ends_with("\r\n0\r\n\r\n"));
  CHECK(idle.closed());
}

}  // namespace suara::test
