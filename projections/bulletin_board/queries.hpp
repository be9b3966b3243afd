#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "projections/as_of.hpp"

namespace suara::ledger::mariadb {
class Pool;
}

namespace suara::projections::bulletin_board {

// counted: the credential's last cast ballot; replaced: a later one counts instead; challenged: opened by its voter
// instead of cast, so it never counts.
enum class BallotStatus { counted, replaced, challenged };
std::string_view status_name(BallotStatus status);

struct BoardItem {
  Seq seq;
  Timestamp time;
  Hash tracker;
  BallotStatus status = BallotStatus::counted;
  bool operator==(const BoardItem&) const = default;
};

struct Board {
  AsOf as_of;
  std::vector<BoardItem> items;  // in order of acceptance
  bool operator==(const Board&) const = default;
};

constexpr std::size_t max_board_page = 1000;

// Ballots with a seq above `after` (all where absent), at most `limit` (capped at max_board_page).
// Errors: unavailable, internal.
Result<Board> read_board(ledger::mariadb::Pool& pool, LedgerId ledger, std::optional<Seq> after, std::size_t limit);

// The last `limit` ballots with a seq below `before`, also in order of acceptance.
Result<Board> read_board_before(ledger::mariadb::Pool& pool, LedgerId ledger, Seq before, std::size_t limit);

// The one ballot of this tracker; no items where there is none.
Result<Board> find_ballot(ledger::mariadb::Pool& pool, LedgerId ledger, const Hash& tracker);

// Ballots whose trackers lie between the two, both included, at most `limit` of them, in order of their trackers.
Result<Board> find_ballots(ledger::mariadb::Pool& pool, LedgerId ledger, const Hash& first, const Hash& last,
                           std::size_t limit);

}  // namespace suara::projections::bulletin_board
