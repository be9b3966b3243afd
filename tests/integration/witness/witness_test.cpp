#include "core/log/witness.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <set>
#include <thread>

#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "core/log/cosignature.hpp"
#include "core/log/merkle.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/refused.hpp"
#include "tests/support/witness_process.hpp"
#include "tools/witness/state.hpp"

// The real suara-witness, asked as any log would ask it.
namespace suara::test {
namespace {

// A log that can tell two histories: `fork` names what stands in its entries from 10 on.
struct TestLog {
  crypto::SigningKey key = crypto::SigningKey::from_seed(Bytes(32, 5));
  log::VerifierKey name = log::make_verifier_key("suara.test/a", key.public_key()).value();
  std::vector<Hash> leaves;

  explicit TestLog(const std::string& fork = "", std::size_t size = 400) {
    for (std::size_t i = 0; i < size; ++i) {
      leaves.push_back(log::hash_leaf(as_bytes((i < 10 ? "" : fork) + std::to_string(i))));
    }
  }
  log::Checkpoint at(std::uint64_t size) const {
    return {Origin{"suara.test/a"}, size, log::root_of(std::span(leaves).first(size))};
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
  CHECK(post(witness, fork.request(12, 12)).status == 422);
  CHECK(post(witness, "old 12\nnonsense").status == 400);
  CHECK(post(witness, "old 30\n\n" + log::sign_checkpoint(log.at(20), log.key, log.name)).status == 400);
  const auto stranger = crypto::SigningKey::from_seed(Bytes(32, 6));
  const auto strange_name = log::make_verifier_key("suara.test/a", stranger.public_key()).value();
  CHECK(post(witness, "old 12\n\n" + log::sign_checkpoint(log.at(12), stranger, strange_name)).status == 403);
  CHECK(post(witness, std::string(64 << 10, 'x')).status == 413);
  CHECK(post(witness, log.request(12, 300)).status == 200);

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

TEST_CASE("a witness that is killed at any moment never signs another history") {
  WitnessProcess witness("saksi.test/1");
  const TestLog log, fork("x");
  witness.trust(log::verifier_key_text(log.name));
  REQUIRE(post(witness, log.request(0, 11)).status == 200);
  std::uint64_t answered = 11;  // what it has told somebody that it signed
  for (int round = 0; round < 12; ++round) {
    std::atomic<int> sent = 0;
    std::thread killer([&] {
      while (sent < 3 * round) std::this_thread::yield();
      witness.kill9();
    });
    try {
      HttpClient client(port_of(witness));
      for (std::uint64_t to = answered + 1; to < answered + 200 && to <= 399; ++to) {
        ++sent;
        const auto reply = client.send("POST", "/add-checkpoint", {}, log.request(answered, to));
        if (reply.status != 200) break;
        REQUIRE(cosigns(witness, log.at(to), reply));
        answered = to;
      }
    } catch (const std::runtime_error&) {  // it was killed before, while or after it answered
    }
    sent = 1000;
    killer.join();
    witness.start();
    const auto where = post(witness, log.request(0, 399));
    REQUIRE(where.status == 409);
    const std::uint64_t stands = std::stoull(where.body);
    CHECK(stands >= answered);  // nothing that was answered is forgotten
    CHECK(post(witness, fork.request(stands, 399)).status == 422);
    answered = stands;
  }
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
