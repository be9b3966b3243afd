#include "core/codec/belenios.hpp"
#include "tests/fuzz/support/target.hpp"

// What follows the last ballot: the sum, its size, and the result.
void suara::fuzz::try_input(std::string_view bytes) {
  require_one_text(bytes, codec::read_encrypted_tally, codec::write_encrypted_tally);
  require_one_text(bytes, codec::read_sized_tally, codec::write_sized_tally);
  require_one_text(bytes, codec::read_result, codec::write_result);
}
