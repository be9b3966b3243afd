#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/crypto/signature.hpp"
#include "core/log/vkey.hpp"

// The head of a tree as C2SP tlog-checkpoint and signed-note:
//   note      = text LF signatures
//   text      = origin LF size LF root LF         (size decimal, root base64; no extension lines)
//   signature = "— " key name " " base64(4-byte key hash || signature bytes) LF      (the dash is U+2014)
// An Ed25519 signature is 64 bytes, over the text.
namespace suara::log {

struct Checkpoint {
  Origin origin;
  std::uint64_t size = 0;
  Hash root;
  auto operator<=>(const Checkpoint&) const = default;
};

constexpr std::size_t max_note_size = 16384;
constexpr std::size_t max_note_signatures = 32;

struct NoteSignature {
  std::string name;
  KeyHash key_hash{};
  Bytes signature;  // 64 bytes for Ed25519; witnesses' have other shapes
  bool operator==(const NoteSignature&) const = default;
};

struct SignedNote {
  std::string text;
  std::vector<NoteSignature> signatures;  // at least one
};

std::string checkpoint_text(const Checkpoint& checkpoint);
Result<Checkpoint> parse_checkpoint_text(std::string_view text);  // malformed

// The whole note, signed by the ledger's key. `name` is the verifier key of `key`.
std::string sign_checkpoint(const Checkpoint& checkpoint, const crypto::SigningKey& key, const VerifierKey& name);

// A checkpoint with the note that it was read from.
struct SignedCheckpoint {
  Checkpoint checkpoint;
  SignedNote note;
};

// Is the line made by this key? Whether it verifies is another question.
bool is_by(const NoteSignature& line, const VerifierKey& key);
// The same of a key that stands as text (verifier_key_text), by its name and id.
bool is_by(const NoteSignature& line, std::string_view key);

// One line of a note, with its line feed.
std::string signature_line(const NoteSignature& signature);
// A note is its text, an empty line and its signature lines.
std::string write_note(const SignedNote& note);

// Takes a note apart without judging any signature. Errors: malformed, too_large.
Result<SignedNote> parse_note(std::string_view note);
// Signature lines alone, as a witness answers them. Errors: malformed, too_large.
Result<std::vector<NoteSignature>> parse_signature_lines(std::string_view lines);

// Takes a note apart to its checkpoint without judging any signature. Errors: malformed, too_large, unsupported.
Result<SignedCheckpoint> read_checkpoint(std::string_view note);

// Passes where `key` signed the note and every line of that key verifies. Error: invalid_signature.
Result<void> verify_note(const SignedNote& note, const VerifierKey& key);

// A note to a checkpoint that one of `keys` signed. Lines of signers not in `keys` are ignored; one of a known key
// that does not verify refuses the note. The signing key must be named by the checkpoint's origin.
// Errors: malformed, too_large, invalid_signature.
Result<Checkpoint> open_checkpoint(std::string_view note, std::span<const VerifierKey> keys);
Result<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& key);

}  // namespace suara::log
