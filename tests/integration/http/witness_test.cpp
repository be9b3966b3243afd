#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <functional>
#include <thread>

#include "core/audit/audit.hpp"
#include "core/codec/json_reader.hpp"
#include "core/log/cosignature.hpp"
#include "tests/integration/http/downloads.hpp"
#include "tests/integration/http/eventually.hpp"
#include "tests/support/witness_process.hpp"

// The service among real witnesses.
namespace suara::test {
namespace {

using namespace std::chrono_literals;

// Three witnesses, of whom two are needed, and a service that knows where they are.
struct Witnessed {
  TempFolder folder;
  std::vector<std::unique_ptr<WitnessProcess>> witnesses;
  std::unique_ptr<TestSite> site;

  explicit Witnessed(MariadbServer& database) {
    std::ofstream list(folder.path() / "witnesses");
    list << "# saksi\n\n";
    for (const char* name : {"saksi-1.example", "saksi-2.example", "saksi-3.example"}) {
      witnesses.push_back(std::make_unique<WitnessProcess>(name));
      list << witnesses.back()->list_line();
    }
    list.close();
    start(database);
  }
  void start(MariadbServer& database) {
    site = std::make_unique<TestSite>(database,
                                      std::vector<std::string>{"--witnesses", (folder.path() / "witnesses").string()});
  }
  election::Draft draft() const {
    auto draft = small_draft(election::TallyPolicy::sealed);
    draft.policies.witnesses = election::WitnessPolicy{2, {}};
    for (const auto& witness : witnesses) draft.policies.witnesses->keys.push_back(witness->key());
    return draft;
  }
  std::vector<log::VerifierKey> keys() const {
    std::vector<log::VerifierKey> keys;
    for (const auto& witness : witnesses) keys.push_back(log::parse_witness_key(witness->key()).value());
    return keys;
  }
};

struct Shown {
  std::string state;
  std::string detail;
  std::uint64_t size = 0;
};

Shown shown(const TestSite& site, const std::string& path, std::size_t witness) {
  const std::string body = site.get(path + "/witnesses").body;
  const auto document = codec::JsonDocument::parse(body, "witnesses").value();
  const auto node = document.root().member("witnesses").value().array(0, 16).value().at(witness);
  return {std::string(node.member("state").value().text().value()),
          std::string(node.member("detail").value().text().value()), node.member("size").value().uint().value()};
}

std::uint64_t witnessed_size(const TestSite& site, const std::string& path) {
  const std::string body = site.get(path + "/witnesses").body;
  return body.find("\"witnessed\":null") != std::string::npos ? 0 : json_number(body, "witnessed.size");
}

}  // namespace

TEST_CASE("three witnesses cosign a ledger, with one of them stopped and one started again") {
  Witnessed house(shared_mariadb());
  TestSite& site = *house.site;
  const WebElection election(site, house.draft(), {1, 1, 1});
  const auto state = [&](std::size_t witness) { return shown(site, election.path(), witness).state; };

  // Until their operators have been given the ledger's key they do not know it.
  const std::string ledger_key = json_text(site.get(election.path()).body, "ledger.key");
  for (std::size_t i = 0; i < 3; ++i) eventually(60s, [&] { return state(i) == "refused"; });  // refused
  CHECK(shown(site, election.path(), 0).detail.find(ledger_key) != std::string::npos);
  CHECK(site.get("/log/" + election.uuid() + "/checkpoint.witnessed").status == 404);
  for (const auto& witness : house.witnesses) witness->trust(ledger_key);
  for (std::size_t i = 0; i < 3; ++i) eventually(60s, [&] { return state(i) == "current"; });  // current
  eventually(60s, [&] { return witnessed_size(site, election.path()) == election.size(); });   // witnessed

  house.witnesses[2]->kill9();
  auto stream = site.client();
  stream.write("GET " + election.path("/stream") + " HTTP/1.1\r\nHost: x\r\n\r\n");
  stream.read_until("event: witnesses\ndata: {\"policy\":{\"needed\":2");
  REQUIRE(election.cast(election.ballot(0, 0)).status == 201);
  eventually(60s, [&] { return witnessed_size(site, election.path()) == election.size(); });  // witnessed by two
  eventually(60s, [&] { return state(2) == "unreachable"; });                                 // unreachable
  stream.read_until("\"state\":\"unreachable\"");

  house.witnesses[1]->kill9();
  REQUIRE(election.cast(election.ballot(1, 0)).status == 201);
  eventually(60s, [&] { return shown(site, election.path(), 0).size == election.size(); });  // the first has seen it
  CHECK(witnessed_size(site, election.path()) == election.size() - 1);  // one is not enough, and nothing is taken back
  house.witnesses[1]->start();
  eventually(60s, [&] { return witnessed_size(site, election.path()) == election.size(); });  // witnessed again

  const auto file = site.get("/log/" + election.uuid() + "/checkpoint.witnessed");
  REQUIRE(file.status == 200);
  CHECK(file.header("content-type") == "text/plain; charset=utf-8");
  const auto note = log::parse_note(file.body);
  REQUIRE(note);
  CHECK(log::parse_checkpoint_text(note->text)->size == election.size());
  CHECK(log::verify_note(*note, log::parse_verifier_key(ledger_key).value()));
  const auto by = log::seen_by(*note, house.keys());
  REQUIRE(by);
  CHECK(by->size() == 2);
  const auto newest = log::parse_note(site.get("/log/" + election.uuid() + "/checkpoint").body);
  CHECK(log::seen_by(newest.value(), house.keys())->size() == 2);
  const auto keys = site.get("/log/" + election.uuid() + "/keys.json").body;
  CHECK(json_number(keys, "policy.witnesses") == 2);
  const auto metrics = site.get("/metrics").body;
  CHECK(metrics.find("suara_ledger_witnessed{election=\"" + election.uuid() + "\"} " +
                     std::to_string(election.size())) != std::string::npos);
  CHECK(metrics.find("suara_witness_reachable{witness=\"saksi-3.example\"} 0") != std::string::npos);
}

TEST_CASE("the downloads of a witnessed election carry the checkpoint that meets the policy, and pass its check") {
  Witnessed house(shared_mariadb());
  const TestSite& site = *house.site;
  const WebElection election(site, house.draft(), {1, 1});
  const std::string ledger_key = json_text(site.get(election.path()).body, "ledger.key");
  for (const auto& witness : house.witnesses) witness->trust(ledger_key);
  REQUIRE(election.cast(election.ballot(0, 0)).status == 201);
  election.close();
  election.decrypt();
  election.step("/result");
  election.step("/certification");
  const auto tar = downloaded(site, election.path("/bundle.tar"));
  REQUIRE(tar.status == 200);
  SentBundle bundle(tar.body);
  const auto witnessed = bundle.read("checkpoint.witnessed", log::max_note_size);
  REQUIRE(witnessed);
  CHECK(log::parse_checkpoint_text(log::parse_note(*witnessed)->text)->size == election.size());
  audit::Options options;
  options.pinned_key = ledger_key;
  const auto report = audit::audit_bundle(bundle, options);
  REQUIRE(report);
  CHECK(report->verified());
  const auto& check = report->checks.at(static_cast<std::size_t>(audit::Check::witnesses));
  CHECK(check.applies);
  CHECK(check.count >= 2);
}

TEST_CASE("a service that is started again goes on with its witnesses") {
  MariadbServer database;
  Witnessed house(database);
  const WebElection election(*house.site, house.draft(), {1, 1});
  const std::string ledger_key = json_text(house.site->get(election.path()).body, "ledger.key");
  for (const auto& witness : house.witnesses) witness->trust(ledger_key);
  const auto witnessed = [&] { return witnessed_size(*house.site, election.path()); };
  const auto size = election.size();
  eventually(60s, [&] { return witnessed() == size; });  // witnessed
  const std::string ballot = election.ballot(0, 0);
  house.site->service().send_signal(SIGKILL);
  house.site->service().wait();
  house.start(database);
  CHECK(witnessed() == size);
  REQUIRE(house.site->post_json(election.path("/ballots"), ballot).status == 201);
  eventually(60s, [&] { return witnessed() == size + 1; });  // witnessed after the start
  for (std::size_t i = 0; i < 3; ++i)
    eventually(60s, [&] { return shown(*house.site, election.path(), i).state == "current"; });  // current
}

TEST_CASE("a witness that hangs keeps neither the others nor the end of the service waiting") {
  MariadbServer database;
  Witnessed house(database);
  const WebElection election(*house.site, house.draft(), {1, 1});
  const std::string ledger_key = json_text(house.site->get(election.path()).body, "ledger.key");
  for (const auto& witness : house.witnesses) witness->trust(ledger_key);
  eventually(60s, [&] { return shown(*house.site, election.path(), 2).state == "current"; });  // current
  house.witnesses[2]->hang();
  REQUIRE(election.cast(election.ballot(0, 0)).status == 201);
  eventually(60s, [&] { return witnessed_size(*house.site, election.path()) == election.size(); });  // witnessed by two
  // By now the third has been asked as well, and says nothing for ten seconds.
  const auto began = std::chrono::steady_clock::now();
  house.site->service().send_signal(SIGTERM);
  CHECK(house.site->service().wait() == 0);
  CHECK(std::chrono::steady_clock::now() - began < 6s);
}

TEST_CASE("an election without a policy has no witnesses") {
  const WebElection election(shared_site(), 1, WebElection::Until::drafted);
  CHECK(shared_site().get(election.path("/witnesses")).body == R"({"policy":null,"witnesses":[],"witnessed":null})");
  CHECK(shared_site().get("/api/v1/elections/ucSijHEHGk8LHG/witnesses").status == 404);
}

}  // namespace suara::test
