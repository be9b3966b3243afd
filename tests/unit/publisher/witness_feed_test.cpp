#include "ledger/witness_feed.hpp"

#include <catch2/catch.hpp>

#include "ledger/memory_store.hpp"
#include "ledger/publisher.hpp"
#include "tests/support/stored_ledger.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/unit/publisher/paper_witness.hpp"

using namespace suara;
using namespace std::chrono_literals;
using ledger::CheckpointFiles;
using ledger::LogFolder;
using ledger::WitnessFeed;
using ledger::WitnessState;
using test::PaperWitness;

namespace {

using Steady = std::chrono::steady_clock;

// A published ledger whose draft asks for two of three witnesses, and a feed that is quick.
struct WitnessedSite {
  test::TempFolder folder;
  ledger::MemoryStore store;
  ledger::KeyStore keys{folder.path() / "keys"};
  test::HeldElection election;
  std::vector<std::unique_ptr<PaperWitness>> witnesses;
  std::optional<election::WitnessPolicy> policy = election::WitnessPolicy{2, {}};
  std::unique_ptr<test::StoredLedger> stored;
  ledger::Publisher publisher{store, keys, {.log_dir = folder.path() / "log"}};
  std::mutex mutex;
  std::condition_variable changed;
  std::size_t changes = 0;
  std::size_t witnessed_changes = 0;
  std::unique_ptr<WitnessFeed> feed;  // its threads end first

  explicit WitnessedSite(bool with_policy = true) {
    for (const char* name : {"a.example", "b.example", "c.example"}) {
      witnesses.push_back(std::make_unique<PaperWitness>(name));
      policy->keys.push_back(witnesses.back()->key_text());
    }
    auto draft = test::small_draft();
    if (!with_policy) policy.reset();
    draft.policies.witnesses = policy;
    election.draft(draft);
    stored = std::make_unique<test::StoredLedger>(store, keys, election);
    for (const auto& witness : witnesses) witness->trust(stored->key());
    publisher.add_listener([this](const ElectionUuid& uuid, const log::Checkpoint& checkpoint) {
      if (feed) feed->notify(uuid, checkpoint);
    });
  }

  const ElectionUuid& uuid() const { return stored->info().uuid; }
  CheckpointFiles files() const { return CheckpointFiles(LogFolder(folder.path() / "log" / uuid().value)); }

  void start(std::chrono::milliseconds interval = 30ms) {
    feed.reset();
    ledger::WitnessFeedOptions options;
    for (const auto& witness : witnesses) options.witnesses.push_back(witness->described());
    options.client = [this](const ledger::Witness& described) {
      for (const auto& witness : witnesses)
        if (witness->described().name == described.name) return witness->client();
      throw std::logic_error("no such witness");
    };
    options.log = [this](const ElectionUuid& of) { return folder.path() / "log" / of.value; };
    options.interval = interval;
    options.first_pause = 20ms;
    options.longest_pause = 200ms;
    feed = std::make_unique<WitnessFeed>(std::move(options));
    feed->add_listener([this](const ElectionUuid&, bool witnessed) {
      const std::lock_guard lock(mutex);
      ++changes;
      if (witnessed) ++witnessed_changes;
      changed.notify_all();
    });
    feed->start();
    if (const auto checkpoint = publisher.checkpoint(uuid())) feed->notify(uuid(), *checkpoint);
  }

  void grow_to(std::uint64_t size) {
    while (election.recorded.size() < size) {
      const auto credential = election::VoterVerified::Method::credential;
      election.recorded.push_back({Seq{election.recorded.size()}, election.now, test::voter,
                                   election::VoterVerified{credential, ballot::Element::generator(), {}, {}}});
    }
    stored->store_new();
    REQUIRE(publisher.publish(stored->info()));
  }

  bool wait_for(const std::function<bool()>& condition) {
    std::unique_lock lock(mutex);
    const auto deadline = Steady::now() + 20s;
    while (!condition())
      if (changed.wait_until(lock, deadline) == std::cv_status::timeout) return condition();
    return true;
  }
  bool wait_for_witnessed(std::uint64_t size) {
    return wait_for([&] {
      const auto head = files().witnessed();
      return head && head->checkpoint.size >= size;
    });
  }
  ledger::WitnessStatus status(std::size_t witness) const { return feed->status(uuid(), *policy).at(witness); }
  bool wait_for_state(std::size_t witness, WitnessState state) {
    return wait_for([&] { return status(witness).state == state; });
  }
};

bool holds(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

}  // namespace

TEST_CASE("what is published is cosigned by all, and shown with it") {
  WitnessedSite site;
  site.start();
  site.grow_to(300);
  for (std::size_t i = 0; i < 3; ++i) REQUIRE(site.wait_for_state(i, WitnessState::current));
  const auto newest = site.files().newest();
  REQUIRE(newest);
  CHECK(newest->checkpoint.size == 300);
  CHECK(log::verify_note(newest->note, site.stored->key()));
  std::vector<log::VerifierKey> keys;
  for (const auto& witness : site.witnesses) keys.push_back(witness->described().key);
  CHECK(log::seen_by(newest->note, keys)->size() == 3);
  CHECK(site.wait_for([&] {
    const auto head = site.files().witnessed();
    return head && log::seen_by(head->note, keys)->size() == 3;
  }));
  const auto first = site.status(0);
  CHECK(first.name == "a.example");
  CHECK(first.key == site.witnesses[0]->key_text());
  CHECK(first.url == "http://a.example");
  CHECK(first.size == 300);
  CHECK(first.time == Timestamp{1'790'000'000'000});
  CHECK(first.detail.empty());
  const auto witnessed = site.feed->witnessed(site.uuid(), *site.policy);
  REQUIRE(witnessed);
  CHECK(witnessed->size == 300);
  CHECK(witnessed->time == Timestamp{1'790'000'000'000});

  // Over the border of a tile, so that the proof needs full and partial ones.
  site.grow_to(700);
  for (std::size_t i = 0; i < 3; ++i) REQUIRE(site.wait_for_state(i, WitnessState::current));
  CHECK(site.wait_for_witnessed(700));
  for (const auto& witness : site.witnesses) {
    const auto requests = witness->requests();
    REQUIRE(requests.size() == 2);
    CHECK(requests[1].old_size == 300);
  }
  CHECK(site.wait_for([&] { return site.witnessed_changes >= 4; }));  // by the second and the third, each time
}

TEST_CASE("nobody is told of an election without a policy") {
  WitnessedSite site(false);
  site.start();
  site.grow_to(10);
  WitnessedSite other;  // whose witnesses show that time has passed
  other.start();
  other.grow_to(10);
  REQUIRE(other.wait_for_witnessed(10));
  site.grow_to(20);
  other.grow_to(20);
  REQUIRE(other.wait_for_witnessed(20));
  for (const auto& witness : site.witnesses) CHECK(witness->requests().empty());
  CHECK(site.files().witnessed().error().code == ErrorCode::not_found);
}

TEST_CASE("a witness that never answers delays neither the others nor the end") {
  WitnessedSite site;
  site.witnesses[1]->hold(true);
  site.start();
  for (const std::uint64_t size : {10, 20, 30}) {
    site.grow_to(size);
    REQUIRE(site.wait_for_witnessed(size));
  }
  REQUIRE(site.witnesses[1]->wait_for_requests(1));
  CHECK(site.witnesses[1]->requests().size() == 1);
  CHECK(site.status(1).state == WitnessState::behind);
  const auto began = Steady::now();
  SECTION("stopped while it waits") {
    site.feed.reset();
    CHECK(Steady::now() - began < 5s);
  }
  SECTION("it answers at last, and is given the newest") {
    site.witnesses[1]->hold(false);
    REQUIRE(site.wait_for_state(1, WitnessState::current));
    CHECK(site.status(1).size == 30);
  }
}

TEST_CASE("one that is away is asked less and less, and taken up again when it comes back") {
  WitnessedSite site;
  site.witnesses[2]->misbehave([](const auto&) { return fail(ErrorCode::unavailable, "no route"); });
  site.start();
  site.grow_to(10);
  REQUIRE(site.witnesses[2]->wait_for_requests(5));
  REQUIRE(site.wait_for_witnessed(10));
  const auto requests = site.witnesses[2]->requests();
  for (std::size_t i = 1; i < 5; ++i) CHECK(requests[i].at - requests[i - 1].at >= 20ms * (1 << (i - 1)));
  const auto away = site.status(2);
  CHECK(away.state == WitnessState::unreachable);
  CHECK(away.size == 0);
  CHECK(holds(away.detail, "no route"));
  CHECK(site.feed->reachable()[2] == std::pair(std::string("c.example"), false));
  site.witnesses[2]->misbehave(nullptr);
  REQUIRE(site.wait_for_state(2, WitnessState::current));
  CHECK(site.feed->reachable()[2].second);
}

TEST_CASE("an answer that is no cosignature of this head is not kept") {
  WitnessedSite site;
  PaperWitness stranger("a.example");
  const auto lie = GENERATE(0, 1, 2, 3, 4);
  site.witnesses[0]->misbehave([&, lie](const log::AddCheckpoint& request) -> Result<ledger::WitnessReply> {
    const auto text = log::parse_note(request.note)->text;
    switch (lie) {
      case 0:  // of another head
        return ledger::WitnessReply{200, log::signature_line(site.witnesses[0]->cosign("suara.example/x\n3\nAAAA\n"))};
      case 1:  // by another key of that name
        return ledger::WitnessReply{200, log::signature_line(stranger.cosign(text))};
      case 2:  // of another time than it says
      {
        auto line = site.witnesses[0]->cosign(text);
        line.signature[7] ^= 1;
        return ledger::WitnessReply{200, log::signature_line(line)};
      }
      case 3:
        return ledger::WitnessReply{200, "<html>"};
      default:
        return ledger::WitnessReply{200, ""};
    }
  });
  site.start();
  site.grow_to(10);
  REQUIRE(site.wait_for_state(0, WitnessState::refused));
  REQUIRE(site.wait_for_state(1, WitnessState::current));
  REQUIRE(site.wait_for_state(2, WitnessState::current));
  REQUIRE(site.wait_for_witnessed(10));
  CHECK(holds(site.status(0).detail, "not a cosignature"));
  CHECK(site.status(0).size == 0);
  for (const auto& head : {site.files().newest(), site.files().witnessed()}) {
    REQUIRE(head);
    for (const auto& line : head->note.signatures) CHECK(line.name != "a.example");
  }
}

TEST_CASE("a witness that knows another size is gone on with from there") {
  WitnessedSite site;
  site.grow_to(300);
  const auto earlier = site.publisher.checkpoint(site.uuid());
  site.witnesses[0]->forget(earlier);  // as another node of the service had left it
  site.grow_to(600);
  site.start();
  REQUIRE(site.wait_for_state(0, WitnessState::current));
  auto requests = site.witnesses[0]->requests();
  REQUIRE(requests.size() == 2);
  CHECK(requests[0].old_size == 0);
  CHECK(requests[1].old_size == 300);
  site.witnesses[0]->forget();  // it lost its memory
  site.grow_to(610);
  REQUIRE(site.wait_for_state(0, WitnessState::current));
  requests = site.witnesses[0]->requests();
  REQUIRE(requests.size() == 4);
  CHECK(requests[2].old_size == 600);
  CHECK(requests[3].old_size == 0);
}

TEST_CASE("after a restart nobody is asked for what is there, and the next proof begins where it ended") {
  WitnessedSite site;
  site.start();
  site.grow_to(300);
  for (std::size_t i = 0; i < 3; ++i) REQUIRE(site.wait_for_state(i, WitnessState::current));
  site.start();
  for (std::size_t i = 0; i < 3; ++i) CHECK(site.status(i).state == WitnessState::current);
  site.grow_to(310);
  REQUIRE(site.wait_for_witnessed(310));
  for (std::size_t i = 0; i < 3; ++i) REQUIRE(site.wait_for_state(i, WitnessState::current));
  for (const auto& witness : site.witnesses) {
    const auto requests = witness->requests();
    REQUIRE(requests.size() == 2);
    CHECK(requests[1].old_size == 300);
    CHECK(requests[1].size == 310);
  }
}

TEST_CASE("why a witness refuses is told in words") {
  WitnessedSite site;
  struct Case {
    unsigned status;
    std::string body;
    std::string words;
  };
  const auto each =
      GENERATE(Case{403, "", "Give its operator the ledger's key"}, Case{404, "", "does not know this ledger"},
               Case{422, "", "does not continue"}, Case{400, "", "Is this the address of a witness"},
               Case{302, "", "not followed"}, Case{409, "many\n", "not which"}, Case{409, "7", "not which"},
               Case{200, "x", "not a cosignature"}, Case{418, "", "418"});
  CAPTURE(each.status, each.words);
  site.witnesses[0]->misbehave([&](const auto&) { return ledger::WitnessReply{each.status, each.body}; });
  site.start();
  site.grow_to(10);
  REQUIRE(site.wait_for_state(0, WitnessState::refused));
  CHECK(holds(site.status(0).detail, each.words));
  if (each.status == 404) CHECK(holds(site.status(0).detail, log::verifier_key_text(site.stored->key())));
  REQUIRE(site.wait_for_witnessed(10));
  site.witnesses[0]->misbehave(nullptr);
  REQUIRE(site.wait_for_state(0, WitnessState::current));
}

TEST_CASE("a witness that has seen more than is published says so") {
  WitnessedSite site;
  site.grow_to(300);
  const auto larger = site.publisher.checkpoint(site.uuid());
  site.witnesses[0]->forget(log::Checkpoint{larger->origin, 5000, larger->root});
  site.start();
  REQUIRE(site.wait_for_state(0, WitnessState::refused));
  CHECK(holds(site.status(0).detail, "5000"));
  CHECK(holds(site.status(0).detail, "set back"));
  CHECK(site.files().newest()->checkpoint.size == 300);
}

TEST_CASE("a witness that has signed another tree of the same size says that two histories were shown") {
  WitnessedSite site;
  site.grow_to(300);
  auto other = site.publisher.checkpoint(site.uuid()).value();
  other.root.bytes[0] ^= 1;
  site.witnesses[0]->forget(other);
  // With its size beside the 409, as others may answer.
  site.witnesses[1]->misbehave([](const auto&) { return ledger::WitnessReply{409, "300\n"}; });
  site.start();
  for (std::size_t i : {0, 1}) {
    REQUIRE(site.wait_for_state(i, WitnessState::refused));
    CHECK(holds(site.status(i).detail, "two histories"));
  }
}

TEST_CASE("one that is a little ahead is waited for") {
  WitnessedSite site;
  site.grow_to(300);
  site.witnesses[0]->hold(true);
  site.start();
  REQUIRE(site.witnesses[0]->wait_for_requests(1));
  // Meanwhile another node has published and told the witness.
  site.grow_to(320);
  site.witnesses[0]->forget(site.publisher.checkpoint(site.uuid()));
  site.witnesses[0]->hold(false);
  REQUIRE(site.wait_for([&] { return site.status(0).size == 320; }));
  CHECK(site.status(0).state == WitnessState::current);
}

TEST_CASE("of many heads each witness is given few, all the same ones, and the last") {
  WitnessedSite site;
  site.start(100ms);
  const auto began = Steady::now();
  std::uint64_t size = 10;
  for (; Steady::now() - began < 1s; ++size) site.grow_to(size);
  site.grow_to(size);
  for (std::size_t i = 0; i < 3; ++i) REQUIRE(site.wait_for([&] { return site.status(i).size == size; }));
  const auto took = Steady::now() - began;
  for (const auto& witness : site.witnesses) {
    const auto requests = witness->requests();
    CHECK(requests.size() <= static_cast<std::size_t>(took / 100ms) + 1);
    CHECK(requests.size() >= 3);
    for (std::size_t i = 1; i < requests.size(); ++i) CHECK(requests[i].old_size == requests[i - 1].size);
  }
  CHECK(site.wait_for_witnessed(size));
}

TEST_CASE("a witness without an address is shown as such") {
  WitnessedSite site;
  const PaperWitness unknown("d.example");
  site.policy->keys.push_back(unknown.key_text());
  site.start();
  site.grow_to(10);
  REQUIRE(site.wait_for_state(0, WitnessState::current));
  CHECK(site.status(3).state == WitnessState::unreachable);
  CHECK(holds(site.status(3).detail, "no address"));
  CHECK_FALSE(site.status(3).url);
}
