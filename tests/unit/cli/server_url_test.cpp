#include "tools/cli/server_url.hpp"

#include <catch2/catch.hpp>

using suara::cli::parse_server_url;
using suara::cli::percent_encode;

TEST_CASE("a server's URL gives host, port and the text that links begin with") {
  const auto plain = parse_server_url("http://127.0.0.1:8080", "--server");
  REQUIRE(plain);
  CHECK(!plain->tls);
  CHECK(plain->host == "127.0.0.1");
  CHECK(plain->port == "8080");
  CHECK(plain->text == "http://127.0.0.1:8080");

  const auto tls = parse_server_url("https://pemilu.example/", "--server");
  REQUIRE(tls);
  CHECK(tls->tls);
  CHECK(tls->port == "443");
  CHECK(tls->text == "https://pemilu.example");
  CHECK(tls->host_header() == "pemilu.example");

  const auto v6 = parse_server_url("http://[::1]:8080", "--server");
  REQUIRE(v6);
  CHECK(v6->host == "::1");
  CHECK(v6->text == "http://[::1]:8080");
}

TEST_CASE("anything but the address of a service is refused as wrong usage") {
  const auto text =
      GENERATE("", "127.0.0.1:8080", "pemilu.example", "ftp://host", "http://", "http://host/path", "http://host?x=1",
               "http://host#x", "http://user@host", "http://host:port", "http://ho st");
  const auto parsed = parse_server_url(text, "--public-url");
  REQUIRE(!parsed);
  CHECK(parsed.error().exit == suara::cli::ExitCode::usage);
  CHECK_THAT(parsed.error().message, Catch::Matchers::StartsWith("--public-url "));
}

TEST_CASE("query values keep only what needs no escape") {
  CHECK(percent_encode("Ab-9._~") == "Ab-9._~");
  CHECK(percent_encode("a b&c=d/\xC3\xA9") == "a%20b%26c%3Dd%2F%C3%A9");
}
