#include <catch2/catch.hpp>
#include <filesystem>

#include "core/codec/json_reader.hpp"
#include "core/crypto/encoding.hpp"
#include "core/log/merkle.hpp"
#include "tests/support/vectors.hpp"

using namespace suara;

namespace {

// Some vectors use short texts where a hash should stand. Our type cannot hold them; they are laid out with zeros, so
// that equal texts stay equal, and an empty or overlong one is what our readers refuse before any proof is looked at.
std::optional<Hash> hash_in_vector(std::string_view base64) {
  const auto raw = crypto::from_base64(base64);
  REQUIRE(raw);
  if (raw->empty() || raw->size() > 32) return std::nullopt;
  Hash hash;
  std::copy(raw->begin(), raw->end(), hash.bytes.begin());
  return hash;
}

struct Vector {
  codec::JsonDocument document;
  codec::JsonNode root = document.root();
  bool refused = false;  // already by its shape

  std::uint64_t number(std::string_view name) {
    const std::uint64_t value = root.member(name)->uint().value();
    return value == codec::max_json_integer ? UINT64_MAX : value;
  }
  bool flag(std::string_view name) { return root.member(name)->boolean().value(); }
  Hash hash(std::string_view text) {
    const auto hash = hash_in_vector(text);
    refused = refused || !hash;
    return hash.value_or(Hash{});
  }
  Hash hash_member(std::string_view name) { return hash(root.member(name)->text().value()); }
  std::vector<Hash> proof() {
    std::vector<Hash> hashes;
    const auto member = root.member("proof");
    if (member->is_null()) return hashes;
    const auto items = member->array(0, 1000).value();
    for (const auto& item : items) hashes.push_back(hash(item.text().value()));
    return hashes;
  }
};

struct Totals {
  int accepted = 0;
  int refused = 0;
};

// Vectors for index 0 minus 1 hold 2^64-1, more than our JSON takes; the largest it does take stands in for it.
std::string read_vector(const std::filesystem::path& path) {
  std::string text = test::read_file(path);
  const std::string beyond = std::to_string(UINT64_MAX);
  if (const auto at = text.find(beyond); at != text.npos) {
    text.replace(at, beyond.size(), std::to_string(codec::max_json_integer));
  }
  return text;
}

template <class Verify>
Totals run_vectors(const std::string& folder, Verify verify) {
  Totals totals;
  for (const auto& file : std::filesystem::recursive_directory_iterator(test::vector_path(folder))) {
    if (file.path().extension() != ".json") continue;
    INFO(file.path().string());
    auto document = codec::JsonDocument::parse(read_vector(file.path()), "vector");
    REQUIRE(document);
    Vector vector{std::move(*document)};
    const bool want_error = vector.flag("wantErr");
    const Result<void> verdict = verify(vector);
    CHECK((vector.refused || !verdict) == want_error);
    ++(want_error ? totals.refused : totals.accepted);
  }
  return totals;
}

}  // namespace

TEST_CASE("inclusion proofs of other programs are judged as they say") {
  const Totals totals = run_vectors("merkle/inclusion", [](Vector& v) {
    const Hash leaf = v.hash_member("leafHash"), root = v.hash_member("root");
    const auto proof = v.proof();
    return log::verify_inclusion(leaf, v.number("leafIdx"), v.number("treeSize"), root, proof);
  });
  CHECK(totals.accepted == 6);
  CHECK(totals.refused == 92);
}

TEST_CASE("consistency proofs of other programs are judged as they say") {
  const Totals totals = run_vectors("merkle/consistency", [](Vector& v) {
    const Hash old_root = v.hash_member("root1"), root = v.hash_member("root2");
    const auto proof = v.proof();
    return log::verify_consistency(v.number("size1"), old_root, v.number("size2"), root, proof);
  });
  CHECK(totals.accepted == 6);
  CHECK(totals.refused == 92);
}
