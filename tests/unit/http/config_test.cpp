#include "http/config.hpp"

#include <catch2/catch.hpp>
#include <vector>

namespace suara::http {
namespace {

Parsed parse(std::vector<const char*> words) {
  words.insert(words.begin(), "suarad");
  return parse_command_line(static_cast<int>(words.size()), words.data());
}

}  // namespace

TEST_CASE("the address to listen on") {
  ServerOptions options;
  REQUIRE(read_listen("0.0.0.0:80", options));
  CHECK(options.address == "0.0.0.0");
  CHECK(options.port == 80);
  REQUIRE(read_listen("[::1]:0", options));
  CHECK(options.address == "::1");
  REQUIRE(read_listen("localhost:1", options));
  CHECK(options.address == "127.0.0.1");
  for (const char* wrong : {"", ":", "8080", ":8080", "a:", "a:b", "a:70000", "a:-1", "::1:80", "a:80 "}) {
    CAPTURE(wrong);
    CHECK_FALSE(read_listen(wrong, options));
  }
}

TEST_CASE("serving is what it does without a command, and options go before or after one") {
  CHECK(parse({}).config->action == Config::Action::serve);
  const auto serve = parse({"serve", "--listen", "127.0.0.1:9", "--db-name", "x"});
  REQUIRE(serve.config);
  CHECK(serve.config->server.port == 9);
  CHECK(serve.config->database.name == "x");
  CHECK(serve.config->keys == serve.config->data_dir / "keys");
  const auto node = parse({"--keys", "k", "--proxy", "10.0.0.5", "--proxy", "::1", "serve"});
  REQUIRE(node.config);
  CHECK(node.config->keys == "k");
  CHECK(node.config->proxies == std::set<std::string>{"10.0.0.5", "::1"});
  const auto migrate = parse({"--db-name", "y", "migrate", "--sql", "s", "--service-password-file", "p"});
  REQUIRE(migrate.config);
  CHECK(migrate.config->action == Config::Action::migrate);
  CHECK(migrate.config->database.name == "y");
  const auto admin = parse({"create-admin", "ani"});
  REQUIRE(admin.config);
  CHECK(admin.config->admin_login == "ani");
}

TEST_CASE("wrong usage exits with 2, help with 0") {
  CHECK(parse({"--help"}).exit_status == 0);
  CHECK(parse({"--nonsense"}).exit_status == 2);
  CHECK(parse({"--listen", "nowhere"}).exit_status == 2);
  CHECK(parse({"--tls-cert", "a"}).exit_status == 2);
  CHECK(parse({"migrate"}).exit_status == 2);
}

}  // namespace suara::http
