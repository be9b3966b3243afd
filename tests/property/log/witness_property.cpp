#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include "core/log/cosignature.hpp"
#include "core/log/merkle.hpp"
#include "core/log/witness.hpp"

using namespace suara;

namespace {

constexpr std::uint64_t largest = 40;

// One log that tells two histories, which part after `parted` entries.
class TwoFaced {
 public:
  explicit TwoFaced(std::uint64_t parted) {
    for (std::uint64_t i = 0; i < largest; ++i) {
      honest_.push_back(log::hash_leaf(as_bytes(std::to_string(i))));
      forged_.push_back(i < parted ? honest_.back() : log::hash_leaf(as_bytes("x" + std::to_string(i))));
    }
  }
  log::Checkpoint at(bool forged, std::uint64_t size) const {
    return {Origin{"suara.test/a"}, size, log::root_of(std::span(leaves(forged)).first(size))};
  }
  log::AddCheckpoint request(bool forged, std::uint64_t from, std::uint64_t to) const {
    log::AddCheckpoint request{from, {}, log::sign_checkpoint(at(forged, to), key_, name_)};
    if (from > 0 && from <= to) {
      request.proof =
          log::consistency_proof(from, to, [&](const log::Node& node) -> Result<Hash> {
            return log::root_of(std::span(leaves(forged)).subspan(node.index << node.level, 1u << node.level));
          }).value();
    }
    return request;
  }
  const log::VerifierKey& name() const { return name_; }

 private:
  const std::vector<Hash>& leaves(bool forged) const { return forged ? forged_ : honest_; }
  crypto::SigningKey key_ = crypto::SigningKey::from_seed(Bytes(32, 5));
  log::VerifierKey name_ = log::make_verifier_key("suara.test/a", key_.public_key()).value();
  std::vector<Hash> honest_, forged_;
};

}  // namespace

TEST_CASE("what a witness cosigns") {
  rc::prop("whatever a log sends and in whatever order, all that is cosigned is one growing history", [] {
    const auto parted = *rc::gen::inRange<std::uint64_t>(0, largest);
    const TwoFaced log(parted);
    log::Known known{{log.name()}, std::nullopt};
    std::vector<log::Checkpoint> cosigned;
    const int requests = *rc::gen::inRange(1, 40);
    for (int i = 0; i < requests; ++i) {
      const bool forged = *rc::gen::arbitrary<bool>();
      const std::uint64_t last = known.last ? known.last->size : 0;
      const auto from = *rc::gen::weightedOneOf<std::uint64_t>(
          {{4, rc::gen::just(last)}, {1, rc::gen::inRange<std::uint64_t>(0, largest)}});
      const auto to = *rc::gen::inRange<std::uint64_t>(0, largest + 1);
      const auto request = log.request(forged, from, to);
      const auto read = log::parse_add_checkpoint(log::write_add_checkpoint(request));
      RC_ASSERT(read.has_value());
      const auto verdict = log::judge(*read, known);
      // What it would answer, said apart from how it decides.
      const bool same_so_far = log.at(forged, last).root == (known.last ? known.last->root : log::empty_root());
      const bool due = from == last && to >= from && same_so_far;
      const auto* accepted = std::get_if<log::Accepted>(&verdict);
      RC_ASSERT((accepted != nullptr) == due);
      if (accepted == nullptr) continue;
      known.last = accepted->checkpoint;
      cosigned.push_back(accepted->checkpoint);
    }
    const auto all_of = [&](bool forged) {
      return std::all_of(cosigned.begin(), cosigned.end(),
                         [&](const log::Checkpoint& head) { return head == log.at(forged, head.size); });
    };
    RC_ASSERT(all_of(false) || all_of(true));
    RC_ASSERT(
        std::is_sorted(cosigned.begin(), cosigned.end(), [](const auto& a, const auto& b) { return a.size < b.size; }));
  });

  rc::prop("a proof with any bit changed, or one hash more or less, is not cosigned", [] {
    const TwoFaced log(largest);
    const auto from = *rc::gen::inRange<std::uint64_t>(1, largest);
    const auto to = *rc::gen::inRange<std::uint64_t>(from + 1, largest + 1);
    auto request = log.request(false, from, to);
    const log::Known known{{log.name()}, log.at(false, from)};
    RC_ASSERT(std::holds_alternative<log::Accepted>(log::judge(request, known)));
    const auto change = *rc::gen::inRange(0, 3);
    if (change == 0) request.proof.push_back(Hash{});
    if (change == 1) request.proof.pop_back();
    if (change == 2) {
      const auto bit = *rc::gen::inRange<std::size_t>(0, request.proof.size() * 256);
      request.proof[bit / 256].bytes[bit % 256 / 8] ^= static_cast<std::uint8_t>(1u << (bit % 8));
    }
    RC_ASSERT(std::get<log::Declined>(log::judge(request, known)).why == log::Declined::Why::not_consistent);
  });
}

TEST_CASE("a cosignature's bytes") {
  rc::prop("a cosignature with any bit changed does not verify", [] {
    const auto key = crypto::SigningKey::from_seed(Bytes(32, 7));
    const auto name = log::make_verifier_key("saksi.test/1", key.public_key(), log::KeyType::witness).value();
    const auto time = *rc::gen::inRange<std::uint64_t>(0, std::uint64_t{1} << 63);
    const std::string text = log::checkpoint_text({Origin{"suara.test/a"}, 0, log::empty_root()});
    auto line = log::cosign(text, key, name, time);
    RC_ASSERT(log::verify_cosignature(text, line, name).value() == time);
    const auto bit = *rc::gen::inRange<std::size_t>(0, line.signature.size() * 8);
    line.signature[bit / 8] ^= static_cast<std::uint8_t>(1u << (bit % 8));
    RC_ASSERT(!log::verify_cosignature(text, line, name).has_value());
  });
}
