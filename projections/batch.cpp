#include "projections/batch.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace suara::projections {

Result<Batch> read_batch(ledger::EventStore& store, LedgerId ledger, std::uint64_t from, std::uint64_t size,
                         std::size_t max_entries, std::size_t max_bytes) {
  std::size_t wanted = std::min<std::uint64_t>(max_entries, size - from);
  auto rows = store.read(ledger, Seq{from}, wanted, max_bytes);
  // A gap refuses the whole read: ask for less until only what stands before the gap is asked for.
  while (!rows && rows.error().code == ErrorCode::integrity && wanted > 1) {
    wanted /= 2;
    rows = store.read(ledger, Seq{from}, wanted, max_bytes);
  }
  Batch batch;
  if (!rows) {
    if (rows.error().code != ErrorCode::integrity) return fail(std::move(rows).error());
    batch.stopped = std::move(rows).error().detail;
    return batch;
  }
  batch.facts.reserve(rows->size());
  std::uint64_t next = from;
  for (const auto& row : *rows) {
    if (row.seq.value != next) break;
    auto fact = read_fact(row);
    if (!fact) {
      batch.stopped = fmt::format("Entry {} cannot be read: {}", next, fact.error().detail);
      return batch;
    }
    batch.facts.push_back(std::move(*fact));
    ++next;
  }
  if (next == from || next - from < rows->size()) batch.stopped = fmt::format("Entry {} is missing.", next);
  return batch;
}

}  // namespace suara::projections
