#include "ledger/named_key.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/codec/event.hpp"
#include "core/log/entry.hpp"

namespace suara::ledger {
namespace {


Result<void> signed_by(std::string_view entry, const log::VerifierKey& key) {
  const auto split = log::split_entry(entry);
  if (!split) return fail(split.error());
  return log::verify_entry_signature(*split, key);
}

}  // namespace

const std::string* named_key(const election::Event& event) {
  if (const auto* opened = std::get_if<election::LedgerOpened>(&event)) return &opened->key;
  if (const auto* rotated = std::get_if<election::KeyRotated>(&event)) return &rotated->key;
  return nullptr;
}

Result<std::optional<log::VerifierKey>> key_named_in(std::string_view entry) {
  const auto recorded = codec::read_recorded(entry, codec::Trust::trusted);
  if (!recorded) return fail(recorded.error());
  const auto* text = named_key(recorded->event);
  if (!text) return std::nullopt;
  auto key = log::parse_verifier_key(*text);
  if (!key) return fail(std::move(key).error());
  return std::move(*key);
}

bool names_key(std::string_view type) { return type == "LedgerOpened" || type == "KeyRotated"; }

Result<std::vector<NamedKey>> read_named_keys(EventStore& store, LedgerId ledger, std::uint64_t size) {
  std::vector<NamedKey> found;
  for (std::uint64_t next = 0; next < size;) {
    const auto rows = store.read(ledger, Seq{next}, std::min<std::uint64_t>(read_entries, size - next), read_bytes);
    if (!rows) return fail(rows.error());
    if (rows->empty()) return fail(ErrorCode::integrity, fmt::format("Entry {} is missing.", next));
    for (const EntryRow& row : *rows) {
      if (!names_key(row.type)) continue;
      auto key = key_named_in(row.bytes);
      if (key && !found.empty()) {
        if (auto by_old = signed_by(row.bytes, found.back().key); !by_old) key = fail(by_old.error());
      }
      if (!key) return fail(ErrorCode::integrity, fmt::format("Entry {}: {}", row.seq.value, key.error().detail));
      if (*key) found.push_back({std::move(**key), row.seq});
    }
    next += rows->size();
  }
  return found;
}

}  // namespace suara::ledger
