#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/election/events.hpp"
#include "core/log/vkey.hpp"

namespace suara::ledger {

// The text of the key that comes into force with this event; null for one that names none.
const std::string* named_key(const election::Event& event);

// The same of a stored entry. Errors: the codec's, where it cannot be read.
Result<std::optional<log::VerifierKey>> key_named_in(std::string_view entry);

// Whether entries of this type name a key.
bool names_key(std::string_view type);

}  // namespace suara::ledger
