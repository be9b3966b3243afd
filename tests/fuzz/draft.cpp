#include "core/codec/canonical_json.hpp"
#include "core/codec/event.hpp"
#include "core/election/types.hpp"
#include "tests/fuzz/support/target.hpp"

// The committee's file. It may be written in any form of JSON and leave things out; what it says is kept.
void suara::fuzz::try_input(std::string_view bytes) {
  const auto draft = codec::read_draft(bytes);
  if (!draft) return require_told(draft.error());
  const std::string written = codec::write_draft(*draft);
  require(codec::check_canonical(written).has_value(), "a draft is written in canonical JSON");
  const auto again = codec::read_draft(written);
  require(again == *draft, "what we write of a draft is read as the same draft");
  if (const auto legal = election::check_draft(*draft); !legal) {
    require_told(legal.error());
    require(legal.error().code == ErrorCode::invalid_draft && !legal.error().items.empty(), "its faults are listed");
  } else {
    require(written.size() <= election::max_draft_size, "a legal draft fits into an entry");
  }
}
