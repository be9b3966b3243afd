#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/codec/bel_archive.hpp"

// A `.bel` archive taken apart, changed and put together again with all its hashes and its chain consistent.
namespace suara::test {

// The texts of an archive.
struct BelParts {
  std::uint64_t timestamp = 0;
  std::string election, trustees, credentials;
  std::vector<std::string> ballots;
  bool ended = false;
  struct Tally {
    std::string encrypted;
    std::uint64_t num_tallied = 0, total_weight = 0;
  };
  std::optional<Tally> tally;
  struct Partial {
    std::uint32_t owner = 0;
    std::string text;
  };
  std::vector<Partial> partials;
  std::optional<std::string> result;
};

// Throws where the archive does not read.
BelParts bel_parts(std::string_view bytes);

// An event and the data that stand before it, the last of which is its payload (none for EndBallots).
struct BelStep {
  codec::BelEventType type;
  std::vector<std::string> data;
};
std::vector<BelStep> bel_steps(const BelParts& parts);

struct BelItem {
  std::string name;
  std::string content;
};
// Names, heights and parents made anew; data that stood before are left out. `edit` may falsify an event before it is
// written; the events after it are chained to what was written.
std::vector<BelItem> bel_items(const std::vector<BelStep>& steps, std::uint64_t timestamp,
                               const std::function<void(codec::BelEvent&)>& edit = nullptr);
std::string bel_bytes(const std::vector<BelItem>& items, std::uint64_t timestamp);

std::string bel_bytes(const BelParts& parts);

BelItem bel_datum(const std::string& content);  // named by its hash

}  // namespace suara::test
