#include "core/log/witness.hpp"

#include <catch2/catch.hpp>

#include "core/log/merkle.hpp"

using namespace suara;
using log::Declined;

namespace {

struct Log {
  crypto::SigningKey key = crypto::SigningKey::from_seed(Bytes(32, 5));
  log::VerifierKey name = log::make_verifier_key("suara.test/a", key.public_key()).value();
  std::vector<Hash> leaves;

  explicit Log(const std::string& fork = "") {
    for (int i = 0; i < 12; ++i) leaves.push_back(log::hash_leaf(as_bytes((i < 5 ? "" : fork) + std::to_string(i))));
  }
  log::Checkpoint at(std::uint64_t size) const {
    return {Origin{"suara.test/a"}, size, log::root_of(std::span(leaves).first(size))};
  }
  log::AddCheckpoint request(std::uint64_t from, std::uint64_t to) const {
    log::AddCheckpoint request{from, {}, log::sign_checkpoint(at(to), key, name)};
    if (from > 0 && from <= to) {
      request.proof = log::consistency_proof(from, to, [this](const log::Node& node) -> Result<Hash> {
                        return log::root_of(std::span(leaves).subspan(node.index << node.level, 1u << node.level));
                      }).value();
    }
    return request;
  }
  log::Known known(std::optional<std::uint64_t> last) const {
    log::Known known{{name}, std::nullopt};
    if (last) known.last = at(*last);
    return known;
  }
};

std::optional<Declined::Why> why(const log::AddCheckpoint& request, const log::Known& known) {
  const auto read = log::parse_add_checkpoint(log::write_add_checkpoint(request));
  REQUIRE(read);
  const auto verdict = log::judge(*read, known);
  if (const auto* declined = std::get_if<Declined>(&verdict)) return declined->why;
  return std::nullopt;
}

}  // namespace

TEST_CASE("a witness takes the first checkpoint and whatever continues it") {
  const Log l;
  CHECK(why(l.request(0, 5), l.known({})) == std::nullopt);
  CHECK(why(l.request(0, 0), l.known({})) == std::nullopt);
  CHECK(why(l.request(0, 5), l.known(0)) == std::nullopt);
  CHECK(why(l.request(5, 11), l.known(5)) == std::nullopt);
  CHECK(why(l.request(5, 5), l.known(5)) == std::nullopt);
  const auto verdict = log::judge(l.request(5, 11), l.known(5));
  CHECK(std::get<log::Accepted>(verdict).checkpoint == l.at(11));
}

TEST_CASE("a witness declines what does not continue its last checkpoint") {
  const Log l, fork("x");
  CHECK(why(fork.request(5, 11), l.known(5)) == std::nullopt);  // the same until 5
  CHECK(why(fork.request(7, 11), l.known(7)) == Declined::Why::not_consistent);
  CHECK(why(fork.request(7, 7), l.known(7)) == Declined::Why::other_root);
  auto spoilt = l.request(5, 11);
  spoilt.proof[0].bytes[0] ^= 1;
  CHECK(why(spoilt, l.known(5)) == Declined::Why::not_consistent);
  auto proved = l.request(0, 5);
  proved.proof.push_back(Hash{});
  CHECK(why(proved, l.known({})) == Declined::Why::not_consistent);
  auto same = l.request(5, 5);
  same.proof.push_back(Hash{});
  CHECK(why(same, l.known(5)) == Declined::Why::not_consistent);
  auto empty = l.at(0);
  empty.root = Hash{};
  CHECK(why({0, {}, log::sign_checkpoint(empty, l.key, l.name)}, l.known({})) == Declined::Why::not_consistent);
}

TEST_CASE("a witness tells the size it stands at, and what else it does not take") {
  const Log l;
  const auto verdict = log::judge(l.request(0, 11), l.known(7));
  REQUIRE(std::get<Declined>(verdict).why == Declined::Why::other_size);
  CHECK(std::get<Declined>(verdict).size == 7);
  CHECK(why(l.request(5, 11), l.known({})) == Declined::Why::other_size);
  CHECK(why(l.request(7, 5), l.known(7)) == Declined::Why::bad_request);
  CHECK(why(l.request(0, 5), {}) == Declined::Why::unknown_log);

  const auto other = crypto::SigningKey::from_seed(Bytes(32, 6));
  log::Known strangers = l.known({});
  strangers.keys = {log::make_verifier_key("suara.test/a", other.public_key()).value()};
  CHECK(why(l.request(0, 5), strangers) == Declined::Why::not_signed);
  // Lines of unknown keys are ignored; a known key's line that does not verify is not.
  auto note = log::parse_note(l.request(0, 5).note).value();
  auto two = note;
  two.signatures.push_back({"suara.test/a", strangers.keys[0].key_hash, Bytes(64, 1)});
  CHECK(why({0, {}, log::write_note(two)}, l.known({})) == std::nullopt);
  two.signatures.push_back({"suara.test/a", l.name.key_hash, Bytes(64, 1)});
  CHECK(why({0, {}, log::write_note(two)}, l.known({})) == Declined::Why::not_signed);
}

TEST_CASE("a request has one form") {
  const Log l;
  const std::string good = log::write_add_checkpoint(l.request(5, 11));
  CHECK(log::write_add_checkpoint(log::parse_add_checkpoint(good).value()) == good);
  const auto refused = [](const std::string& text) {
    const auto read = log::parse_add_checkpoint(text);
    return read ? std::string_view("taken") : error_name(read.error().code);
  };
  CHECK(refused("") == "malformed");
  CHECK(refused("old 05" + good.substr(5)) == "malformed");
  CHECK(refused("old -5" + good.substr(5)) == "malformed");
  CHECK(refused("size" + good.substr(3)) == "malformed");
  CHECK(refused("old 5\nAAAA\n\n" + l.request(5, 11).note) == "malformed");
  CHECK(refused("old 5\n") == "malformed");
  CHECK(refused(good.substr(0, good.size() - 1)) == "malformed");
  auto many = l.request(5, 11);
  many.proof.resize(64);
  CHECK(refused(log::write_add_checkpoint(many)) == "too_large");
  CHECK(refused(good + std::string(log::max_add_checkpoint_size, 'x')) == "too_large");
}
