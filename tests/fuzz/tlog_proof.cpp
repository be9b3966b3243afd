#include "core/log/tlog_proof.hpp"

#include "core/crypto/hash.hpp"
#include "core/log/merkle.hpp"
#include "tests/fuzz/support/target.hpp"

// A receipt, and the proofs of the tree that it carries.
void suara::fuzz::try_input(std::string_view bytes) {
  const auto proof = log::parse_tlog_proof(bytes);
  if (!proof) return require_told(proof.error());
  require(log::write_tlog_proof(*proof) == bytes, "a receipt is written again byte for byte");
  const auto note = log::parse_note(proof->checkpoint);
  require(note.has_value(), "a receipt holds a note");
  const auto checkpoint = log::parse_checkpoint_text(note->text);
  if (!checkpoint) return;

  // No hash below is one that leads to the root, for nobody made it do so.
  const Hash leaf = crypto::sha256(bytes);
  const auto included = log::verify_inclusion(leaf, proof->index, checkpoint->size, checkpoint->root, proof->hashes);
  require(!included, "a leaf is not found in a tree it is not in");
  const auto continued = log::verify_consistency(proof->index, leaf, checkpoint->size, checkpoint->root, proof->hashes);
  require(!continued, "a tree does not continue one it does not hold");
}
