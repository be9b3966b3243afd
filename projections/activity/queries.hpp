#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "projections/as_of.hpp"

namespace suara::ledger::mariadb {
class Pool;
}

namespace suara::projections::activity {

// An entry as the feed tells it.
struct Item {
  Seq seq;
  Timestamp time;
  std::string type;
  std::string actor;
  std::optional<std::string> data;  // JSON, as recorded; nothing where it is longer than max_data
};

struct Feed {
  AsOf as_of;
  std::vector<Item> items;  // newest first
};

constexpr std::size_t max_page = 200;
constexpr std::size_t max_data = 4096;  // bytes; what is longer is keys and ciphertexts, which nobody reads in a feed

// Entries before `before` (all where absent), of that type (any where empty), at most `limit` (capped at max_page).
// Errors: unavailable, internal, integrity (an entry cannot be read).
Result<Feed> read_feed(ledger::mariadb::Pool& pool, LedgerId ledger, std::optional<Seq> before, std::string_view type,
                       std::size_t limit);

// A note of somebody who watches, with the entries it is about.
struct Incident {
  Seq seq;
  Timestamp time;
  std::string by;  // role:login
  std::string text;
  std::vector<Seq> entries;
};

constexpr std::size_t max_incidents = 1000;

// Those before `before` (all where absent), newest first, at most `limit` (capped at max_incidents). Errors: those of
// read_feed.
Result<std::vector<Incident>> read_incidents(ledger::mariadb::Pool& pool, LedgerId ledger, std::optional<Seq> before,
                                             std::size_t limit);

}  // namespace suara::projections::activity
