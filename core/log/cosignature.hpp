#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/crypto/signature.hpp"
#include "core/log/checkpoint.hpp"
#include "core/log/vkey.hpp"

// What a witness says of a checkpoint (C2SP tlog-cosignature, version 1): at that time, this was the largest tree it
// had seen of this log, and it continues every earlier one that it saw.
//   signature = 8-byte big-endian seconds since 1970 || Ed25519("cosignature/v1" LF "time " seconds LF note text)
namespace suara::log {

// Of a note's text (checkpoint_text). `name` is the witness key of `key`, else std::invalid_argument.
NoteSignature cosign(std::string_view note_text, const crypto::SigningKey& key, const VerifierKey& name,
                     std::uint64_t time);

// The seconds since 1970 that the signature carries. Error: invalid_signature (another key's, another text's, of a
// wrong form).
Result<std::uint64_t> verify_cosignature(std::string_view note_text, const NoteSignature& signature,
                                         const VerifierKey& witness);

struct Seen {
  std::size_t witness = 0;  // its place in the list
  std::uint64_t time = 0;   // the latest, where it signed more than once
  auto operator<=>(const Seen&) const = default;
};

// Which of the witnesses cosigned the note, in the list's order, each once. Lines of others are ignored; a line of a
// listed witness that does not verify refuses the note. Error: invalid_signature.
Result<std::vector<Seen>> seen_by(const SignedNote& note, std::span<const VerifierKey> witnesses);

// Puts a line into a note, in the place of the one that the same signer has there. False where the note is full.
bool add_cosignature(SignedNote& note, const NoteSignature& line);

}  // namespace suara::log
