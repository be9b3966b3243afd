#include "http/witness_list.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "http/config.hpp"
#include "http/witness_post.hpp"
#include "tests/support/temp_folder.hpp"

namespace suara::http {
namespace {

std::string key_of(const std::string& name, log::KeyType type = log::KeyType::witness) {
  const auto key = crypto::SigningKey::generate().public_key();
  return log::verifier_key_text(log::make_verifier_key(name, key, type).value());
}

std::string fault(const std::string& text) {
  const auto list = parse_witness_list(text);
  return list ? "none" : list.error().detail;
}

bool holds(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

}  // namespace

TEST_CASE("a list of witnesses") {
  const std::string a = key_of("a.example/saksi"), b = key_of("b.example");
  const auto list =
      parse_witness_list("# witnesses\n\nwitness A " + a + " https://a.example/saksi\n \t#more\n\twitness  B\t" + b +
                         " http://127.0.0.1:8090/ \r\n");
  REQUIRE(list);
  REQUIRE(list->size() == 2);
  CHECK((*list)[0].name == "A");
  CHECK((*list)[0].key_text() == a);
  CHECK((*list)[0].url == "https://a.example/saksi");
  CHECK((*list)[1].name == "B");
  CHECK((*list)[1].key_text() == b);
  CHECK(parse_witness_list("")->empty());
}

TEST_CASE("what is wrong with a list is told with its line") {
  const std::string a = key_of("a.example"), b = key_of("b.example");
  const std::string good = "witness A " + a + " http://a.example\n";
  CHECK(holds(fault(good + "quorum A\n"), "line 2: 'quorum'"));
  CHECK(holds(fault("\nwitness A " + a + "\n"), "line 2: A witness has"));
  CHECK(holds(fault(good + "witness B " + b + " http://b.example more\n"), "line 2: A witness has"));
  CHECK(holds(fault("witness A " + key_of("a", log::KeyType::ledger) + " http://a.example\n"), "line 1: "));
  std::string mistyped = a;
  mistyped[a.find('+') + 1] = mistyped[a.find('+') + 1] == '0' ? '1' : '0';
  CHECK(holds(fault("witness A " + mistyped + " http://a.example\n"), "mistyped"));
  CHECK(holds(fault(good + "witness B " + a + " http://b.example\n"), "line 2: its key is that of A"));
  CHECK(holds(fault(good + "witness A " + b + " http://b.example\n"), "line 2: the name A stands twice"));
  CHECK(holds(fault("witness A " + a + " a.example\n"), "line 1: A witness's address"));
}

TEST_CASE("addresses of witnesses") {
  const auto plain = parse_witness_url("http://127.0.0.1:8090");
  REQUIRE(plain);
  CHECK_FALSE(plain->tls);
  CHECK(plain->host == "127.0.0.1");
  CHECK(plain->port == "8090");
  CHECK(plain->host_header == "127.0.0.1:8090");
  CHECK(plain->target == "/add-checkpoint");
  const auto tls = parse_witness_url("https://saksi.example/a/b/");
  REQUIRE(tls);
  CHECK(tls->tls);
  CHECK(tls->port == "443");
  CHECK(tls->target == "/a/b/add-checkpoint");
  const auto v6 = parse_witness_url("http://[::1]:8/");
  REQUIRE(v6);
  CHECK(v6->host == "::1");
  CHECK(v6->host_header == "[::1]:8");
  for (const char* wrong : {"", "a", "ftp://a", "http://", "http:///x", "http://u:p@a", "http://a?x", "http://a#x",
                            "http://a:99999", "http://a:0", "http://a:", "http://a b", "http://a:x"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_witness_url(wrong));
  }
}

TEST_CASE("the service reads its list when it starts") {
  const test::TempFolder folder;
  const std::string file = (folder.path() / "witnesses").string();
  const auto start = [&] {
    const char* words[] = {"suarad", "--witnesses", file.c_str()};
    return parse_command_line(3, words);
  };
  CHECK(start().exit_status == 2);  // no such file
  std::ofstream(file) << "witness A " << key_of("a.example") << " http://a.example\n";
  const auto parsed = start();
  REQUIRE(parsed.config);
  CHECK(parsed.config->witnesses.size() == 1);
  std::ofstream(file) << "nonsense\n";
  CHECK(start().exit_status == 2);
}

}  // namespace suara::http
