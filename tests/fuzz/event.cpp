#include "core/codec/event.hpp"

#include "core/codec/canonical_json.hpp"
#include "core/election/events.hpp"
#include "tests/fuzz/support/target.hpp"

// An event's data by themselves: the input is the type, a line feed, and the data. Target `entry` reads the same below
// a signature line, which mutations reach less often.
void suara::fuzz::try_input(std::string_view bytes) {
  const auto end = bytes.find('\n');
  if (end == bytes.npos) return;
  const std::string_view type = bytes.substr(0, end), data = bytes.substr(end + 1);
  const auto trusted = codec::read_event(type, codec::event_version, data, codec::Trust::trusted);
  const auto event = codec::read_event(type, codec::event_version, data, codec::Trust::full);
  if (!trusted) {
    require(!event, "the strict reader takes nothing that the trusting one refuses");
    return require_told(trusted.error());
  }
  const std::string written = codec::write_event_data(*trusted);
  require(written == codec::canonicalize(data), "an event is written as the canonical text of what was read");
  if (!event) {
    require(event.error().code == ErrorCode::invalid_point, "only an element outside the group tells them apart");
    return require_told(event.error());
  }
  require(election::type_name(*event) == type, "an event has the type it was read as");
  require(codec::write_event_data(*event) == written, "both readers read the same");
}
