#include "core/log/entry.hpp"

#include "core/codec/canonical_json.hpp"
#include "core/codec/entry_body.hpp"
#include "core/codec/event.hpp"
#include "tests/fuzz/support/target.hpp"

// A whole entry of a ledger: its signature line, its body, and the event inside.
void suara::fuzz::try_input(std::string_view bytes) {
  const auto recorded = codec::read_recorded(bytes, codec::Trust::full);
  if (!recorded) require_told(recorded.error());
  const auto split = log::split_entry(bytes);
  if (!split) {
    require(!recorded, "an event is read only from what is an entry");
    return require_told(split.error());
  }
  std::string joined(split->body);
  joined.append("\n").append(split->key_id).append(" ").append(split->signature).append("\n");
  require(joined == bytes, "the parts of an entry make the entry");

  const auto body = codec::decode_entry_body(split->body);
  if (!body) {
    require(!recorded, "an event is read only from a body in its one form");
    return require_told(body.error());
  }
  require(codec::encode_entry_body(*body) == split->body, "a body is written again byte for byte");
  require(codec::check_canonical(split->body).has_value(), "a body is canonical JSON");
  if (!recorded) return;
  require(recorded->actor.text() == body->actor, "the actor is written again as it was");
  require(codec::write_event_data(recorded->event) == body->data, "an event's data are written again byte for byte");
}
