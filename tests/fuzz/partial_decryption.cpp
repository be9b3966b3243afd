#include "core/codec/belenios.hpp"
#include "tests/fuzz/support/target.hpp"

// What a trustee sends: the factors with their proofs, and the strong proofs beside them.
void suara::fuzz::try_input(std::string_view bytes) {
  require_one_text(bytes, codec::read_partial_decryption, codec::write_partial_decryption);
  require_one_text(bytes, codec::read_strong_proofs, codec::write_strong_proofs);
  require_one_text(bytes, codec::read_proof, codec::write_proof);
}
