#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/election/events.hpp"
#include "core/log/vkey.hpp"
#include "ledger/event_store.hpp"

namespace suara::ledger {

// The text of the key that comes into force with this event; null for one that names none.
const std::string* named_key(const election::Event& event);

// The same of a stored entry. Errors: the codec's, where it cannot be read.
Result<std::optional<log::VerifierKey>> key_named_in(std::string_view entry);

// Whether entries of this type name a key.
bool names_key(std::string_view type);

// The keys that the stored entries before `size` name, oldest first, each but the first in an entry that the key before
// it signed. For size 1 one entry is read, otherwise all. Errors: the store's; integrity, naming the entry.
struct NamedKey {
  log::VerifierKey key;
  Seq seq;  // the entry that names it; it signs from the next one on, and trees that hold this one
};
Result<std::vector<NamedKey>> read_named_keys(EventStore& store, LedgerId ledger, std::uint64_t size);

}  // namespace suara::ledger
