#include <signal.h>

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <functional>
#include <mutex>
#include <thread>

#include "tests/integration/http/downloads.hpp"
#include "tests/integration/http/polling.hpp"
#include "tests/integration/http/published.hpp"

// Two services over one database, with one key folder and a data folder each, as they run behind a proxy that sends
// each request to either.
namespace suara::test {
namespace {

using namespace std::chrono_literals;
using election::Role;

bool comes_true(const std::function<bool()>& wanted, std::chrono::seconds within = 30s) {
  const auto deadline = std::chrono::steady_clock::now() + within;
  while (!wanted()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

struct Nodes {
  MariadbServer database;
  std::unique_ptr<TestSite> a = start("a");
  std::unique_ptr<TestSite> b = start("b");

  std::unique_ptr<TestSite> start(const std::string& name) {
    return std::make_unique<TestSite>(database, std::vector<std::string>{"--keys", (database.dir() / "keys").string()},
                                      false, database.dir() / name);
  }
  ledger::LogFolder log(const std::string& node, const std::string& uuid) const {
    return ledger::LogFolder(database.dir() / node / "log" / uuid);
  }
};

// Every ballot is sent to both nodes, again and again until it is acknowledged there.
class Load {
 public:
  Load(const WebElection& election, const Nodes& nodes, std::vector<std::string> ballots)
      : path_(election.path("/ballots")),
        ports_{nodes.a->port(), nodes.b->port()},
        ballots_(std::move(ballots)),
        answers_(ballots_.size()) {
    for (std::size_t node : {0u, 0u, 1u, 1u}) {
      const std::size_t step = threads_.size() % 2 == 0 ? 1 : ballots_.size() - 1;  // forwards, and backwards
      threads_.emplace_back([this, node, step] { run(node, step); });
    }
  }
  ~Load() {
    given_up_ = true;
    join();
  }
  void join() {
    for (auto& thread : threads_)
      if (thread.joinable()) thread.join();
  }
  std::size_t acknowledged(std::size_t node) const { return acknowledged_[node]; }
  void moved(std::size_t node, std::uint16_t port) { ports_[node] = port; }
  void give_up() { given_up_ = true; }

  struct Answers {
    std::set<std::string> receipts;
    std::size_t created = 0;
  };
  const std::vector<Answers>& answers() const { return answers_; }  // after join()
  std::set<unsigned> odd;                                           // statuses that no load may meet

 private:
  void run(std::size_t node, std::size_t step) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < ballots_.size() && !given_up_; ++i, at = (at + step) % ballots_.size()) {
      while (!given_up_ && !sent(node, at)) std::this_thread::yield();
    }
  }
  bool sent(std::size_t node, std::size_t at) {
    try {
      HttpClient client(ports_[node]);
      const auto reply = client.send("POST", path_, {{"Content-Type", "application/json"}}, ballots_[at]);
      const std::lock_guard lock(mutex_);
      if (reply.status != 200 && reply.status != 201) {
        if (reply.status != 503) odd.insert(reply.status);
        return false;
      }
      answers_[at].receipts.insert(reply.body);
      if (reply.status == 201) ++answers_[at].created;
      ++acknowledged_[node];
      return true;
    } catch (const std::runtime_error&) {  // killed
      return false;
    }
  }

  const std::string path_;
  std::atomic<std::uint16_t> ports_[2];
  const std::vector<std::string> ballots_;
  std::mutex mutex_;
  std::vector<Answers> answers_;
  std::atomic<std::size_t> acknowledged_[2] = {0, 0};
  std::atomic<bool> given_up_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace

TEST_CASE(
    "two nodes take the same ballots at once and one is killed: none is lost, none stands twice, both logs agree") {
  Nodes nodes;
  constexpr std::size_t voters = 6, rounds = 20;
  const WebElection election(*nodes.a, voters);
  REQUIRE(nodes.b->post_json(election.path("/ballots"), election.ballot(0, 0)).status == 201);  // opened just now
  std::vector<std::string> ballots;
  for (std::size_t i = 0; i < voters * rounds; ++i) ballots.push_back(election.ballot(i % voters, i % 2));
  const std::uint64_t before = election.size();

  Load load(election, nodes, ballots);
  REQUIRE(comes_true([&] { return load.acknowledged(0) > 20 && load.acknowledged(1) > 20; }));
  nodes.b->service().send_signal(SIGKILL);
  nodes.b->service().wait();
  const std::size_t then = load.acknowledged(0);
  CHECK(comes_true([&] { return load.acknowledged(0) > then + 10; }));  // the other goes on
  nodes.b = nodes.start("b");
  load.moved(1, nodes.b->port());
  CHECK(comes_true([&] { return load.acknowledged(0) + load.acknowledged(1) >= 4 * ballots.size(); }, 120s));
  load.give_up();
  load.join();
  CHECK(load.odd.empty());
  std::set<std::string> receipts;
  for (const auto& answers : load.answers()) {
    CHECK(answers.receipts.size() == 1);
    CHECK(answers.created <= 1);  // none where the answer was lost with the node
    receipts.insert(answers.receipts.begin(), answers.receipts.end());
  }
  CHECK(receipts.size() == ballots.size());
  CHECK(election.size() == before + ballots.size());

  election.close();
  election.decrypt();
  election.step("/result");
  const auto size = election.size();
  for (const char* node : {"a", "b"}) {
    CAPTURE(node);
    const auto folder = nodes.log(node, election.uuid());
    REQUIRE(comes_true([&] {
      const auto note = folder.read("checkpoint", 10'000);
      return note && note->find("\n" + std::to_string(size) + "\n") != std::string::npos;
    }));
    Published published(folder);
    const auto report = audit::audit_bundle(published, {});
    REQUIRE(report);
    for (const auto& check : report->checks) {
      INFO(audit::check_name(check.check) << (check.fault ? ": " + check.fault->what : ""));
      CHECK(check.faults == 0);
    }
    CHECK(report->size == size);
    CHECK(report->ballots == ballots.size() + 1);
    CHECK(report->counted == voters);
  }
  for (const char* file : {"checkpoint", "keys.json"})
    CHECK(*nodes.log("a", election.uuid()).read(file, 10'000) == *nodes.log("b", election.uuid()).read(file, 10'000));
  for (const char* path : {"/tally", "/turnout", ""})
    CHECK(comes_true([&] { return nodes.a->get(election.path(path)).body == nodes.b->get(election.path(path)).body; }));
  const auto bundle = downloaded(*nodes.a, election.path("/bundle.tar"));
  CHECK(bundle.status == 200);
  CHECK(downloaded(*nodes.b, election.path("/bundle.tar")).body == bundle.body);
}

TEST_CASE("what one node records shows on the other's pages and live stream within a second, and to staff at once") {
  Nodes nodes;
  const WebElection election(*nodes.a, 4);
  const auto office = nodes.a->staff(Role::committee);  // a session is one of all nodes
  const auto on_b = [&](const std::string& path) { return nodes.b->get(election.path(path), office.read()); };
  CHECK(json_text(on_b("").body, "phase") == "open");

  auto stream = nodes.b->client();
  stream.write("GET " + election.path("/stream") + " HTTP/1.1\r\nHost: x\r\n\r\n");
  stream.read_until("event: turnout\n");
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string ballot = election.ballot(i, 0), voted = "\"voted\":" + std::to_string(i + 1);
    const auto sent = std::chrono::steady_clock::now();
    REQUIRE(election.cast(ballot).status == 201);
    CHECK(comes_true([&] { return nodes.b->get(election.path("/turnout")).body.find(voted) != std::string::npos; }));
    CHECK(std::chrono::steady_clock::now() - sent < 1s);
    stream.read_until(voted + ",\"ballots\":" + std::to_string(i + 1) + ",\"places\"");
    CHECK(std::chrono::steady_clock::now() - sent < 1s);
  }

  // A voter's sign-in may begin on one node and end on the other.
  const auto signed_in = nodes.b->post_json(election.path("/sign-in"), election.sign_in_body(election.voter(3)));
  CHECK(signed_in.status == 200);

  // Whatever staff did on one node, the other knows at their next request, every time.
  for (int i = 0; i < 5; ++i) {
    const auto drafted = nodes.a->post("/api/v1/elections", office, codec::write_draft(small_draft()));
    REQUIRE(drafted.status == 201);
    const std::string path = "/api/v1/elections/" + json_text(drafted.body, "uuid");
    CHECK(nodes.b->get("/api/v1/elections", office.read()).body.find(path.substr(18)) != std::string::npos);
    CHECK(nodes.b->get(path, office.read()).status == 200);
    const std::string login = "keeper-" + std::to_string(i);
    const auto keeper = nodes.b->staff(login, Role::registrar);
    CHECK(nodes.b->post(path + "/officials", office, R"({"login":")" + login + R"(","role":"registrar"})").status ==
          201);
    CHECK(nodes.a->post(path + "/roll", keeper, "id,name,class,place\n1,Ani,7A,tps-1\n", "text/csv").status == 201);
    CHECK(json_number(nodes.b->get(path + "/roll", keeper.read()).body, "total") == 1);
    CHECK(nodes.b->post(path + "/cancellation", office, R"({"reason":"Batal."})").status == 200);
    CHECK(json_text(nodes.a->get(path, office.read()).body, "phase") == "cancelled");
  }
}

TEST_CASE("two nodes count one election once, and a booth is known to both") {
  Nodes nodes;
  const WebElection election(*nodes.a, 2, WebElection::Until::open, election::TallyPolicy::live);
  CHECK(election.cast(election.ballot(0, 1)).status == 201);
  CHECK(nodes.b->post_json(election.path("/ballots"), election.ballot(1, 1)).status == 201);
  const std::string two = R"("name":"Citra & Dimas","count":2})";
  CHECK(comes_true([&] { return nodes.a->get(election.path("/tally")).body.find(two) != std::string::npos; }));
  CHECK(comes_true([&] { return nodes.b->get(election.path("/tally")).body.find(two) != std::string::npos; }));
  const auto office = nodes.b->staff(Role::committee);
  CHECK(nodes.b->post(election.path("/close"), office).status == 200);
  CHECK(comes_true([&] { return nodes.b->post(election.path("/result"), office).status == 200; }));
  const std::string entries = nodes.a->get(election.path("/entries/0")).body;
  for (const char* once : {"LiveTallyPublished", "TallyComputed", "TallyDecrypted"}) {
    CAPTURE(once);
    const auto first = entries.find(once);
    CHECK(first != std::string::npos);
    CHECK(entries.find(once, first + 1) == std::string::npos);
  }

  const WebElection at_places(*nodes.a, polling_draft(election::VerificationPolicy::polling_place), {1, 1});
  const Kiosk kiosk(*nodes.a, at_places, "tps-1");  // enrolled and claimed on one node
  const auto marshal = officer_at(*nodes.b, at_places, "tps-1");
  CHECK(mark(*nodes.b, at_places, marshal, "1").status == 201);
  CHECK(error_code(mark(*nodes.a, at_places, marshal, "1")) == "already_verified");
  CHECK(kiosk.cast(at_places.ballot(0, 0)).status == 201);
  CHECK(kiosk.on(*nodes.b).cast(at_places.ballot(0, 0)).status == 201);
}

}  // namespace suara::test
