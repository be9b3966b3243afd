#include "core/log/checkpoint.hpp"

#include "core/crypto/encoding.hpp"
#include "tests/fuzz/support/target.hpp"

namespace {

std::string written(const suara::log::SignedNote& note) {
  std::string out = note.text + "\n";
  for (const auto& line : note.signatures) {
    suara::Bytes value(line.key_hash.begin(), line.key_hash.end());
    value.insert(value.end(), line.signature.begin(), line.signature.end());
    out += "\xE2\x80\x94 " + line.name + " " + suara::crypto::to_base64(value) + "\n";
  }
  return out;
}

}  // namespace

// A signed note and the checkpoint in it. A key that signed nothing opens none.
void suara::fuzz::try_input(std::string_view bytes) {
  static const auto stranger = log::make_verifier_key("stranger.example", crypto::SigningKey::generate().public_key());
  require(!log::open_checkpoint(bytes, *stranger), "a note is opened only by the key that signed it");
  require_one_text(bytes, log::parse_checkpoint_text, log::checkpoint_text);
  const auto note = log::parse_note(bytes);
  if (!note) return require_told(note.error());
  require(written(*note) == bytes, "the parts of a note make the note");
  require(!note->signatures.empty(), "a note is signed");
  require_one_text(note->text, log::parse_checkpoint_text, log::checkpoint_text);
  for (const auto& line : note->signatures) {
    const log::VerifierKey named{line.name, line.key_hash, stranger->key};
    require(!log::verify_note(*note, named), "a name and key hash alone verify nothing");
  }
}
