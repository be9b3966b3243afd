#include "core/log/cosignature.hpp"

#include <algorithm>
#include <stdexcept>

namespace suara::log {
namespace {

constexpr std::size_t time_size = 8;
constexpr std::uint64_t latest_time = (std::uint64_t{1} << 63) - 1;  // the format's bound

std::string signed_message(std::string_view note_text, std::uint64_t time) {
  return "cosignature/v1\ntime " + std::to_string(time) + '\n' + std::string(note_text);
}

}  // namespace

NoteSignature cosign(std::string_view note_text, const crypto::SigningKey& key, const VerifierKey& name,
                     std::uint64_t time) {
  if (name.key != key.public_key() || name.type != KeyType::witness) {
    throw std::invalid_argument("cosign: the name is another key's or not a witness's");
  }
  NoteSignature line{name.name, name.key_hash, {}};
  for (std::size_t i = 0; i < time_size; ++i) {
    line.signature.push_back(static_cast<std::uint8_t>(time >> (8 * (time_size - 1 - i))));
  }
  const crypto::Signature signature = key.sign(as_bytes(signed_message(note_text, time)));
  line.signature.insert(line.signature.end(), signature.bytes.begin(), signature.bytes.end());
  return line;
}

Result<std::uint64_t> verify_cosignature(std::string_view note_text, const NoteSignature& line,
                                         const VerifierKey& witness) {
  const auto bad = [&](const char* why) {
    return fail(ErrorCode::invalid_signature, "Checkpoint: the cosignature of " + witness.name + " " + why);
  };
  crypto::Signature signature;
  if (!is_by(line, witness)) return bad("is another key's.");
  if (line.signature.size() != time_size + signature.bytes.size()) return bad("does not have 72 bytes.");
  std::uint64_t time = 0;
  for (std::size_t i = 0; i < time_size; ++i) time = time << 8 | line.signature[i];
  if (time > latest_time) return bad("carries a time out of bounds.");
  std::copy(line.signature.begin() + time_size, line.signature.end(), signature.bytes.begin());
  if (!crypto::verify(witness.key, as_bytes(signed_message(note_text, time)), signature)) {
    return bad("does not verify.");
  }
  return time;
}

Result<std::vector<Seen>> seen_by(const SignedNote& note, std::span<const VerifierKey> witnesses) {
  std::vector<Seen> seen;
  for (std::size_t i = 0; i < witnesses.size(); ++i) {
    for (const NoteSignature& line : note.signatures) {
      if (!is_by(line, witnesses[i])) continue;
      const auto time = verify_cosignature(note.text, line, witnesses[i]);
      if (!time) return fail(time.error());
      if (!seen.empty() && seen.back().witness == i) {
        seen.back().time = std::max(seen.back().time, *time);
      } else {
        seen.push_back({i, *time});
      }
    }
  }
  return seen;
}

bool add_cosignature(SignedNote& note, const NoteSignature& line) {
  const auto there = std::find_if(note.signatures.begin(), note.signatures.end(), [&](const NoteSignature& other) {
    return other.name == line.name && other.key_hash == line.key_hash;
  });
  if (there != note.signatures.end()) {
    *there = line;
    return true;
  }
  if (note.signatures.size() >= max_note_signatures) return false;
  note.signatures.push_back(line);
  return true;
}

}  // namespace suara::log
