#include "core/codec/belenios.hpp"
#include "tests/fuzz/support/target.hpp"

// The list of an election's trustees, and what one of them publishes: a key, or the messages of a key ceremony.
void suara::fuzz::try_input(std::string_view bytes) {
  require_one_text(bytes, codec::read_trustees, codec::write_trustees);
  require_one_text(bytes, codec::read_trustee_public_key, codec::write_trustee_public_key);
  require_one_text(bytes, codec::read_certificate, codec::write_certificate);
  require_one_text(bytes, codec::read_coefexps, codec::write_coefexps);
}
