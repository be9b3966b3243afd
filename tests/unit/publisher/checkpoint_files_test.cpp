#include "ledger/checkpoint_files.hpp"

#include <catch2/catch.hpp>
#include <thread>

#include "core/log/merkle.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/unit/publisher/paper_witness.hpp"

using namespace suara;
using ledger::CheckpointFiles;
using ledger::LogFolder;
using log::SignedCheckpoint;

namespace {

const Origin origin{"suara.example/heads"};

struct Heads {
  test::TempFolder folder;
  CheckpointFiles files{LogFolder(folder.path())};
  crypto::SigningKey key = crypto::SigningKey::generate();
  log::VerifierKey name = log::make_verifier_key(origin.value, key.public_key()).value();
  std::vector<std::unique_ptr<test::PaperWitness>> witnesses;
  election::WitnessPolicy policy{2, {}};

  Heads() {
    for (const char* each : {"a.example", "b.example", "c.example"}) {
      witnesses.push_back(std::make_unique<test::PaperWitness>(each));
      policy.keys.push_back(witnesses.back()->key_text());
    }
  }
  log::Checkpoint checkpoint(std::uint64_t size) const {
    return {origin, size, log::hash_leaf(as_bytes(std::to_string(size)))};
  }
  std::string note(std::uint64_t size) const { return log::sign_checkpoint(checkpoint(size), key, name); }
  void publish(std::uint64_t size) { REQUIRE(files.publish(checkpoint(size), note(size), {&name, 1})); }
  SignedCheckpoint head(std::uint64_t size) const { return {checkpoint(size), log::parse_note(note(size)).value()}; }
  // Whether it changed what is witnessed.
  bool keep(std::uint64_t size, std::size_t witness, std::uint64_t time = 1'790'000'000) {
    const auto kept =
        files.keep(head(size), witnesses[witness]->cosign(log::checkpoint_text(checkpoint(size)), time), policy);
    REQUIRE(kept);
    return *kept;
  }
  std::vector<std::size_t> seen(const Result<SignedCheckpoint>& shown) const {
    REQUIRE(shown);
    std::vector<log::VerifierKey> keys;
    for (const auto& text : policy.keys) keys.push_back(log::parse_witness_key(text).value());
    REQUIRE(log::verify_note(shown->note, name));
    const auto by = log::seen_by(shown->note, keys);
    REQUIRE(by);
    std::vector<std::size_t> list;
    for (const auto& each : *by) list.push_back(each.witness);
    return list;
  }
};

using List = std::vector<std::size_t>;

}  // namespace

TEST_CASE("the newest head never goes back, and keeps its cosignatures") {
  Heads heads;
  heads.publish(10);
  CHECK_FALSE(heads.keep(10, 1));
  CHECK(heads.seen(heads.files.newest()) == List{1});
  heads.publish(10);  // as after a restart
  CHECK(heads.seen(heads.files.newest()) == List{1});
  heads.publish(12);
  CHECK(heads.seen(heads.files.newest()).empty());
  heads.publish(11);
  CHECK(heads.files.newest()->checkpoint.size == 12);
  heads.keep(10, 0);  // late, for the one before
  CHECK(heads.seen(heads.files.newest()).empty());
  CHECK(heads.files.newest()->checkpoint.size == 12);
}

TEST_CASE("a head that nobody signed is replaced, and gets back what was cosigned") {
  Heads heads;
  heads.publish(10);
  heads.keep(10, 2);
  const auto other = crypto::SigningKey::generate();
  const auto forged = log::sign_checkpoint(heads.checkpoint(99), other,
                                           log::make_verifier_key(origin.value, other.public_key()).value());
  const auto content = GENERATE_COPY(std::string("nonsense"), forged);
  REQUIRE(LogFolder(heads.folder.path()).write("checkpoint", content, LogFolder::Keep::durable));
  heads.publish(10);
  CHECK(heads.files.newest()->checkpoint.size == 10);
  CHECK(heads.seen(heads.files.newest()) == List{2});
}

TEST_CASE("only cosignatures of one and the same head meet the policy") {
  Heads heads;
  heads.publish(10);
  CHECK_FALSE(heads.keep(10, 0));
  heads.publish(12);
  CHECK_FALSE(heads.keep(12, 1));
  CHECK(heads.files.witnessed().error().code == ErrorCode::not_found);
  SECTION("the larger one") {
    CHECK(heads.keep(12, 0));
    CHECK(heads.seen(heads.files.witnessed()) == List{0, 1});
    CHECK(heads.files.witnessed()->checkpoint.size == 12);
  }
  SECTION("the smaller one, which is outgrown already") {
    CHECK(heads.keep(10, 2));
    CHECK(heads.files.witnessed()->checkpoint.size == 10);
    CHECK(heads.files.newest()->checkpoint.size == 12);
  }
}

TEST_CASE("what is witnessed never goes back, and takes in who comes late") {
  Heads heads;
  heads.publish(10);
  heads.keep(10, 0);
  CHECK(heads.keep(10, 1));
  heads.publish(20);
  heads.keep(20, 0);
  CHECK(heads.keep(20, 1));
  CHECK_FALSE(heads.keep(10, 2));
  CHECK(heads.files.witnessed()->checkpoint.size == 20);
  CHECK(heads.seen(heads.files.witnessed()) == List{0, 1});
  CHECK(heads.keep(20, 2));
  CHECK(heads.seen(heads.files.witnessed()) == List{0, 1, 2});
  CHECK(heads.seen(heads.files.newest()) == List{0, 1, 2});
}

TEST_CASE("one witness counts once however often it signs, and a stranger never") {
  Heads heads;
  heads.publish(10);
  CHECK_FALSE(heads.keep(10, 0, 1'790'000'000));
  CHECK_FALSE(heads.keep(10, 0, 1'790'000'007));
  heads.policy.keys.pop_back();
  CHECK_FALSE(heads.keep(10, 2));
  CHECK(heads.files.witnessed().error().code == ErrorCode::not_found);
  CHECK(heads.keep(10, 1));
  CHECK(heads.seen(heads.files.witnessed()) == List{0, 1});
}

TEST_CASE("a second history is not kept") {
  Heads heads;
  heads.publish(10);
  heads.keep(10, 0);
  SignedCheckpoint other = heads.head(10);
  other.checkpoint.root = log::hash_leaf(as_bytes(std::string_view("other")));
  other.note = log::parse_note(log::sign_checkpoint(other.checkpoint, heads.key, heads.name)).value();
  const auto kept = heads.files.keep(other, heads.witnesses[1]->cosign(other.note.text), heads.policy);
  REQUIRE_FALSE(kept);
  CHECK(kept.error().code == ErrorCode::integrity);
  CHECK(heads.seen(heads.files.newest()) == List{0});
}

TEST_CASE("few heads are remembered, among them the last of each witness") {
  Heads heads;
  heads.publish(1);
  heads.keep(1, 2);
  for (std::uint64_t size = 2; size <= 40; ++size) {
    heads.publish(size);
    heads.keep(size, 0);
  }
  const auto many = heads.files.cosigned();
  CHECK(many.size() == 17);
  CHECK(many.front().checkpoint.size == 1);
  CHECK(heads.keep(40, 1));
  std::vector<std::uint64_t> sizes;
  for (const auto& head : heads.files.cosigned()) sizes.push_back(head.checkpoint.size);
  CHECK(sizes == std::vector<std::uint64_t>{1, 40});
}

TEST_CASE("threads that publish and cosign at once lose nothing") {
  Heads heads;
  heads.publish(1);
  std::vector<std::thread> threads;
  for (std::size_t witness = 0; witness < 3; ++witness) {
    threads.emplace_back([&heads, witness] {
      const CheckpointFiles files{LogFolder(heads.folder.path())};
      for (std::uint64_t size = 1; size <= 30; ++size) {
        const auto line = heads.witnesses[witness]->cosign(log::checkpoint_text(heads.checkpoint(size)));
        static_cast<void>(files.keep(heads.head(size), line, heads.policy));
      }
    });
  }
  threads.emplace_back([&heads] {
    for (std::uint64_t size = 2; size <= 30; ++size)
      static_cast<void>(heads.files.publish(heads.checkpoint(size), heads.note(size), {&heads.name, 1}));
  });
  for (auto& thread : threads) thread.join();
  CHECK(heads.seen(heads.files.newest()) == List{0, 1, 2});
  CHECK(heads.seen(heads.files.witnessed()) == List{0, 1, 2});
  CHECK(heads.files.newest()->checkpoint.size == 30);
  CHECK(heads.files.witnessed()->checkpoint.size == 30);
}
