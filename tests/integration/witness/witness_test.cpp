#include "core/log/witness.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <mutex>
#include <thread>

#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "core/log/cosignature.hpp"
#include "core/log/merkle.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/refused.hpp"
#include "tests/support/witness_process.hpp"
#include "tools/witness/refusal_log.hpp"
#include "tools/witness/state.hpp"

// The real suara-witness, asked as any log would ask it.
namespace suara::test {
namespace {

// A log that can tell two histories: `fork` names what stands in its entries from 10 on.
struct TestLog {
  crypto::SigningKey key = crypto::SigningKey::from_seed(Bytes(32, 5));
  log::VerifierKey name;
  std::vector<Hash> leaves;

  explicit TestLog(const std::string& fork = "", const std::string& origin = "suara.test/a")
      : name(log::make_verifier_key(origin, key.public_key()).value()) {
    for (std::size_t i = 0; i < 400; ++i) {
      leaves.push_back(log::hash_leaf(as_bytes((i < 10 ? "" : fork) + std::to_string(i))));
    }
  }
  log::Checkpoint at(std::uint64_t size) const {
    return {Origin{name.name}, size, log::root_of(std::span(leaves).first(size))};
  }
  std::string request(std::uint64_t from, std::uint64_t to) const {
    log::AddCheckpoint request{from, {}, log::sign_checkpoint(at(to), key, name)};
    if (from > 0) {
      request.proof = log::consistency_proof(from, to, [this](const log::Node& node) -> Result<Hash> {
                        return log::root_of(std::span(leaves).subspan(node.index << node.level, 1u << node.level));
                      }).value();
    }
    return log::write_add_checkpoint(request);
  }
};

std::uint16_t port_of(const WitnessProcess& witness) {
  return static_cast<std::uint16_t>(std::stoi(witness.url().substr(witness.url().rfind(':') + 1)));
}

HttpReply post(const WitnessProcess& witness, const std::string& body) {
  HttpClient client(port_of(witness));
  return client.send("POST", "/add-checkpoint", {}, body);
}

// Does the answer's line cosign that checkpoint?
bool cosigns(const WitnessProcess& witness, const log::Checkpoint& checkpoint, const HttpReply& reply) {
  const auto lines = log::parse_signature_lines(reply.body);
  const auto key = log::parse_witness_key(witness.key());
  return lines && key && log::verify_cosignature(log::checkpoint_text(checkpoint), lines->front(), *key);
}

}  // namespace

TEST_CASE("a witness answers each kind of request as the protocol says") {
  WitnessProcess witness("saksi.test/1");
  const TestLog log, fork("x");
  CHECK(post(witness, log.request(0, 5)).status == 404);
  witness.trust(log::verifier_key_text(log.name));  // noticed while it runs
  const auto first = post(witness, log.request(0, 12));
  REQUIRE(first.status == 200);
  CHECK(cosigns(witness, log.at(12), first));

  const auto conflict = post(witness, log.request(0, 20));
  CHECK(conflict.status == 409);
  CHECK(conflict.header("content-type") == "text/x.tlog.size");
  CHECK(conflict.body == "12\n");
  CHECK(post(witness, fork.request(12, 20)).status == 422);
  const auto twin = post(witness, fork.request(12, 12));
  CHECK(twin.status == 409);
  CHECK(twin.header("content-type") == "text/plain; charset=utf-8");
  CHECK(post(witness, "old 12\nnonsense").status == 400);
  CHECK(post(witness, "old 30\n\n" + log::sign_checkpoint(log.at(20), log.key, log.name)).status == 400);
  const auto stranger = crypto::SigningKey::from_seed(Bytes(32, 6));
  const auto strange_name = log::make_verifier_key("suara.test/a", stranger.public_key()).value();
  CHECK(post(witness, "old 12\n\n" + log::sign_checkpoint(log.at(12), stranger, strange_name)).status == 403);
  CHECK(post(witness, std::string(64 << 10, 'x')).status == 413);
  CHECK(post(witness, log.request(12, 300)).status == 200);
  // Rolled back: nothing smaller is signed again, whatever the log says of what was signed before.
  CHECK(post(witness, log.request(12, 20)).body == "300\n");
  CHECK(post(witness, "old 300\n\n" + log::sign_checkpoint(log.at(20), log.key, log.name)).status == 400);

  HttpClient client(port_of(witness));
  const std::string address = "/" + crypto::to_hex(crypto::sha256("suara.test/a").view()) + "/checkpoint";
  const auto latest = client.send("GET", address);
  REQUIRE(latest.status == 200);
  CHECK(log::open_checkpoint(latest.body, log.name).value() == log.at(300));
  CHECK(log::seen_by(log::parse_note(latest.body).value(), std::vector{log::parse_witness_key(witness.key()).value()})
            ->size() == 1);
  CHECK(client.send("GET", "/" + std::string(64, '0') + "/checkpoint").status == 404);
  CHECK(client.send("GET", "/add-checkpoint").status == 405);
  CHECK(client.send("GET", "/").status == 404);
}

TEST_CASE("a log whose key was changed is watched on under the new one, once that is trusted") {
  WitnessProcess witness("saksi.test/1");
  const TestLog log;
  TestLog later;
  later.key = crypto::SigningKey::from_seed(Bytes(32, 6));
  later.name = log::make_verifier_key(log.name.name, later.key.public_key()).value();
  witness.trust(log::verifier_key_text(log.name));
  REQUIRE(post(witness, log.request(0, 12)).status == 200);
  CHECK(post(witness, later.request(12, 20)).status == 403);
  witness.trust(log::verifier_key_text(later.name));
  CHECK(post(witness, later.request(12, 20)).status == 200);
  // A thief of the old key goes on from what was cosigned.
  CHECK(post(witness, log.request(20, 21)).status == 200);
  witness.distrust(log::verifier_key_text(log.name));
  CHECK(post(witness, log.request(21, 22)).status == 403);
  CHECK(post(witness, later.request(21, 30)).status == 200);
  CHECK_THROWS(witness.distrust(log::verifier_key_text(log.name)));
  witness.distrust(log::verifier_key_text(later.name));
  CHECK(post(witness, later.request(30, 31)).status == 404);
  witness.trust(log::verifier_key_text(later.name));
  CHECK(post(witness, later.request(0, 31)).body == "30\n");
}

TEST_CASE("a signature that is sent many times over is kept once") {
  WitnessProcess witness("saksi.test/1");
  const TestLog log;
  witness.trust(log::verifier_key_text(log.name));
  auto note = log::parse_note(log::sign_checkpoint(log.at(12), log.key, log.name)).value();
  note.signatures.resize(log::max_note_signatures, note.signatures.front());
  REQUIRE(post(witness, "old 0\n\n" + log::write_note(note)).status == 200);
  CHECK(post(witness, log.request(12, 20)).status == 200);
}

TEST_CASE("a connection is kept for further requests, but not after what cannot be read") {
  WitnessProcess witness("saksi.test/1");
  HttpClient client(port_of(witness));
  for (int i = 0; i < 3; ++i) CHECK(client.send("GET", "/").header("connection") != "close");
  CHECK(client.send("GET", "/", {{"X-Long", std::string(9000, 'x')}}).status == 431);
  CHECK(client.closed());
  HttpClient other(port_of(witness));
  other.write("nonsense\r\n\r\n");
  CHECK(other.read().status == 400);
  HttpClient head(port_of(witness));
  head.write("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(head.read(true).status == 404);
}

TEST_CASE("more connections than a witness takes are closed, and there is room again when others have gone") {
  WitnessProcess witness("saksi.test/1");
  const auto answers = [&](HttpClient& client) {
    try {
      return client.send("GET", "/").status == 404;
    } catch (const std::runtime_error&) {
      return false;
    }
  };
  {
    std::vector<HttpClient> clients;
    std::size_t answered = 0;
    for (int i = 0; i < 300; ++i) {
      clients.emplace_back(port_of(witness));
      answered += answers(clients.back());
    }
    CHECK(answered == 256);
  }
  bool room = false;
  for (int i = 0; i < 1000 && !room; ++i) {
    HttpClient one(port_of(witness));
    room = answers(one);
  }
  CHECK(room);
}

TEST_CASE("of two histories that are sent at once, a witness signs one") {
  WitnessProcess witness("saksi.test/1");
  const TestLog log, fork("x");
  witness.trust(log::verifier_key_text(log.name));
  REQUIRE(post(witness, log.request(0, 9)).status == 200);
  {
    std::vector<unsigned> statuses(8);
    std::vector<std::thread> senders;
    for (std::size_t i = 0; i < statuses.size(); ++i) {
      senders.emplace_back([&, i] { statuses[i] = post(witness, (i % 2 ? fork : log).request(9, 20)).status; });
    }
    for (auto& sender : senders) sender.join();
    CHECK(std::count(statuses.begin(), statuses.end(), 200u) == 1);
    CHECK(std::count(statuses.begin(), statuses.end(), 409u) == 7);
  }
}

// Four senders press two histories of one log on a witness, which is killed among them again and again.
TEST_CASE("all that a witness ever signed is one history, however often it is killed") {
  WitnessProcess witness("saksi.test/1");
  const std::uint16_t port = port_of(witness);
  const auto key = log::parse_witness_key(witness.key()).value();
  for (int round = 0; round < 5; ++round) {
    const std::string origin = "suara.test/" + std::to_string(round);
    const TestLog honest("", origin), fork("x", origin);
    witness.trust(log::verifier_key_text(honest.name));
    REQUIRE(post(witness, honest.request(0, 9)).status == 200);

    std::mutex guard;
    std::vector<log::Checkpoint> handed_out;
    bool all_verify = true;
    std::atomic<int> answers = 0, starts = 0;
    std::atomic<bool> over = false;
    const auto press = [&](const TestLog& log, std::uint64_t step) {
      std::uint64_t at = 9;
      while (!over) {
        const int started = starts;
        try {
          HttpClient client(port);
          while (!over) {
            const std::uint64_t to = std::min<std::uint64_t>(at + step, log.leaves.size());
            const auto reply = client.send("POST", "/add-checkpoint", {}, log.request(at, to));
            if (reply.status == 409) at = std::stoull(reply.body);
            if (reply.status == 200) {
              const auto lines = log::parse_signature_lines(reply.body);
              const std::lock_guard lock(guard);
              handed_out.push_back(log.at(to));
              all_verify = all_verify && lines &&
                           log::verify_cosignature(log::checkpoint_text(log.at(to)), lines->front(), key).has_value();
              at = to;
            }
            ++answers;
          }
        } catch (const std::runtime_error&) {  // killed before, while or after it answered
          starts.wait(started);
        }
      }
    };
    std::vector<std::thread> senders;
    for (int i = 0; i < 4; ++i) senders.emplace_back(press, std::cref(i % 2 ? fork : honest), 1 + i / 2);
    for (int kills = 0; kills < 4; ++kills) {
      const int until = answers + 3 + 5 * kills + round;
      const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
      while (answers < until && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
      witness.kill9();
      witness.start();
      over = kills == 3;
      ++starts;
      starts.notify_all();
    }
    for (auto& sender : senders) sender.join();

    CHECK(answers >= 12);
    CHECK(all_verify);
    REQUIRE_FALSE(handed_out.empty());
    const auto all_of = [&](const TestLog& log) {
      return std::all_of(handed_out.begin(), handed_out.end(),
                         [&](const log::Checkpoint& head) { return head == log.at(head.size); });
    };
    CHECK((all_of(honest) || all_of(fork)));
    const auto largest = std::max_element(handed_out.begin(), handed_out.end(),
                                          [](const auto& a, const auto& b) { return a.size < b.size; });
    const auto where = post(witness, honest.request(0, 399));
    REQUIRE(where.status == 409);
    CHECK(std::stoull(where.body) >= largest->size);
  }
}

TEST_CASE("a witness writes a bounded number of lines about what it refused, and how many it left out") {
  std::vector<std::string> lines;
  witness::RefusalLog log([&](const std::string& line) { lines.push_back(line); }, 3);
  for (int i = 0; i < 10; ++i) log.add("declined " + std::to_string(i), 600);
  CHECK(lines == std::vector<std::string>{"declined 0", "declined 1", "declined 2"});
  lines.clear();
  log.add("declined 10", 659);
  CHECK(lines.empty());
  log.add("declined 11", 660);
  log.add("declined 12", 720);
  CHECK(lines == std::vector<std::string>{"8 more refusals were not written here", "declined 11", "declined 12"});
}

TEST_CASE("a witness ends when it is asked to, and one folder has one server") {
  WitnessProcess witness("saksi.test/1");
  const TestLog log;
  witness.trust(log::verifier_key_text(log.name));
  REQUIRE(post(witness, log.request(0, 12)).status == 200);
  const auto refusal = witness.start_another();
  CHECK(refusal.status == 1);
  CHECK(refusal.said.find("Another process runs this witness") != std::string::npos);
  CHECK(witness.end() == 0);
  witness.start();
  CHECK(post(witness, log.request(0, 20)).body == "12\n");
}

TEST_CASE("whoever adds trusted keys at the same time loses none") {
  const TempFolder folder;
  const auto state = folder.path() / "saksi";
  REQUIRE(witness::create(state, "saksi.test/1"));
  std::vector<std::thread> operators;
  for (int i = 0; i < 8; ++i) {
    operators.emplace_back([&, i] {
      const TestLog log("", "suara.test/" + std::to_string(i));
      (void)witness::trust(state, {log::verifier_key_text(log.name)});
    });
  }
  for (auto& one : operators) one.join();
  auto opened = witness::State::open(state);
  REQUIRE(opened);
  for (int i = 0; i < 8; ++i) CHECK(opened->known(Origin{"suara.test/" + std::to_string(i)})->keys.size() == 1);
}

TEST_CASE("two processes cannot run one witness") {
  const TempFolder folder;
  const auto state = folder.path() / "saksi";
  REQUIRE(witness::create(state, "saksi.test/1"));
  CHECK(refused(witness::create(state, "saksi.test/1")) == ErrorCode::conflict);
  {
    const auto first = witness::State::open(state);
    REQUIRE(first);
    CHECK(refused(witness::State::open(state)) == ErrorCode::conflict);
  }
  CHECK(witness::State::open(state));
  std::filesystem::permissions(state / "key", std::filesystem::perms::group_read, std::filesystem::perm_options::add);
  CHECK(refused(witness::State::open(state)) == ErrorCode::integrity);
}

}  // namespace suara::test
