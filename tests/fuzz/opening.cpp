#include "core/codec/opening.hpp"

#include "core/codec/belenios.hpp"
#include "tests/fuzz/support/target.hpp"

// The file that opens a challenged ballot. It may be written in any form of JSON; what it says is kept.
void suara::fuzz::try_input(std::string_view bytes) {
  const auto opening = codec::read_opening(bytes);
  if (!opening) return require_told(opening.error());
  require(codec::write_election(opening->parsed_election) == opening->election, "its election is the text it carries");
  require(codec::write_ballot(opening->parsed_ballot) == opening->ballot, "its ballot is the text it carries");
  const std::string written = codec::write_opening(*opening);
  const auto again = codec::read_opening(written);
  require(again && again->randomness == opening->randomness && codec::write_opening(*again) == written,
          "what we write of an opening is read as the same opening");
  // Randomness of any shape may be tried; it is judged, not believed.
  const auto held = ballot::open_ballot(opening->parsed_election, opening->parsed_ballot, opening->randomness);
  if (!held) require_told(held.error());
}
