#include "core/codec/bel_archive.hpp"

#include <algorithm>
#include <unordered_map>

#include "core/codec/bel_tar.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "tests/fuzz/support/simple_tar.hpp"
#include "tests/fuzz/support/target.hpp"

namespace {

using namespace suara;

constexpr std::size_t hash_digits = 64;

// Gives each name the hash of its content and changes what refers to it, so that mutations reach what stands behind
// the hashes.
std::string repaired(std::string_view bytes) {
  auto tar = fuzz::read_loosely(bytes);
  std::unordered_map<std::string, std::string> renamed;
  for (auto& [name, content] : tar.members) {
    if (name.size() <= hash_digits || name == "BELENIOS") continue;
    std::size_t run = 0;
    for (std::size_t i = 0; i < content.size(); ++i) {
      const char c = content[i];
      run = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ? run + 1 : 0;
      if (run != hash_digits) continue;
      const auto found = renamed.find(content.substr(i + 1 - run, run));
      if (found != renamed.end()) content.replace(i + 1 - run, run, found->second);
    }
    const std::string hash = crypto::to_hex(crypto::sha256(content).view());
    renamed[name.substr(0, hash_digits)] = hash;
    name.replace(0, hash_digits, hash);
  }
  return fuzz::write_tar(tar.members, tar.mtime);
}

void try_archive(std::string_view bytes) {
  const auto archive = codec::read_bel_archive(bytes);
  if (!archive) return fuzz::require_told(archive.error());
  const auto tar = codec::read_bel_tar(bytes);
  fuzz::require(!tar.fault && tar.mtime == archive->timestamp, "an archive is a tar of its time");
  fuzz::require(tar.entries.size() == 1 + archive->data.size() + archive->events.size(), "nothing else is in it");
  for (const auto& [hash, text] : archive->data) {
    fuzz::require(crypto::sha256(text) == hash, "data are named by their hash");
  }
  std::optional<Hash> parent;
  std::uint64_t height = 0;
  for (const auto& event : archive->events) {
    fuzz::require(event.height == height++ && event.parent == parent, "the events form one chain");
    fuzz::require(!event.payload || archive->data.contains(*event.payload), "an event's data are there");
    const auto name = crypto::to_hex(event.id.view()) + ".event.json";
    fuzz::require(std::any_of(tar.entries.begin(), tar.entries.end(), [&](const auto& e) { return e.name == name; }),
                  "an event is named by its hash");
    parent = event.id;
  }
}

}  // namespace

void suara::fuzz::try_input(std::string_view bytes) {
  try_archive(bytes);
  try_archive(repaired(bytes));
}
