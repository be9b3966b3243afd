#include "ledger/named_key.hpp"

#include "core/codec/event.hpp"

namespace suara::ledger {

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

}  // namespace suara::ledger
