#include "projections/bulletin_board/queries.hpp"

#include <algorithm>

#include "ledger/mariadb/connection.hpp"
#include "projections/snapshot.hpp"

namespace suara::projections::bulletin_board {
namespace {

using ledger::mariadb::Connection;

BallotStatus status_of(bool replaced, bool challenged) {
  if (challenged) return BallotStatus::challenged;
  return replaced ? BallotStatus::replaced : BallotStatus::counted;
}

Result<void> take(Result<ledger::mariadb::Rows> rows, const AsOf& as_of, Board& board) {
  if (!rows) return fail(std::move(rows).error());
  board.as_of = as_of;
  for (const auto row : *rows) {
    const auto tracker = row.hash(2);
    if (!tracker) return fail(tracker.error());
    board.items.push_back(
        {Seq{row.u64(0)}, Timestamp{row.i64(1)}, *tracker, status_of(row.u64(3) != 0, row.u64(4) != 0)});
  }
  return {};
}

constexpr std::string_view columns =
    "SELECT seq, time, tracker, replaced_by IS NOT NULL, challenged FROM bulletin_board ";

Result<Board> read(ledger::mariadb::Pool& pool, LedgerId ledger, std::string_view rest,
                   ledger::mariadb::Values values) {
  Board board;
  auto done = read_snapshot(pool, "bulletin_board", ledger, [&](Connection& connection, const AsOf& as_of) {
    return take(connection.query(std::string(columns).append(rest), values), as_of, board);
  });
  if (!done) return fail(std::move(done).error());
  return board;
}

}  // namespace

std::string_view status_name(BallotStatus status) {
  switch (status) {
    case BallotStatus::counted:
      return "counted";
    case BallotStatus::replaced:
      return "replaced";
    case BallotStatus::challenged:
      return "challenged";
  }
  return "counted";
}

Result<Board> read_board(ledger::mariadb::Pool& pool, LedgerId ledger, std::optional<Seq> after, std::size_t limit) {
  // No seq is as large as the largest number, so nothing is lost where `after` + 1 would overflow.
  const std::uint64_t from = after ? after->value + (after->value != UINT64_MAX) : 0;
  return read(pool, ledger, "WHERE ledger_id = ? AND seq >= ? ORDER BY seq LIMIT ?",
              {ledger, from, std::min(limit, max_board_page)});
}

Result<Board> read_board_before(ledger::mariadb::Pool& pool, LedgerId ledger, Seq before, std::size_t limit) {
  auto board = read(pool, ledger, "WHERE ledger_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
                    {ledger, before, std::min(limit, max_board_page)});
  if (board) std::ranges::reverse(board->items);
  return board;
}

Result<Board> find_ballot(ledger::mariadb::Pool& pool, LedgerId ledger, const Hash& tracker) {
  return find_ballots(pool, ledger, tracker, tracker, 1);
}

Result<Board> find_ballots(ledger::mariadb::Pool& pool, LedgerId ledger, const Hash& first, const Hash& last,
                           std::size_t limit) {
  return read(pool, ledger, "WHERE ledger_id = ? AND tracker BETWEEN ? AND ? ORDER BY tracker, seq LIMIT ?",
              {ledger, first, last, std::min(limit, max_board_page)});
}

}  // namespace suara::projections::bulletin_board
