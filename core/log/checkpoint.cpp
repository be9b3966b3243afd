#include "core/log/checkpoint.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/crypto/encoding.hpp"
#include "core/log/merkle.hpp"
#include "core/log/text_lines.hpp"

namespace suara::log {
namespace {

constexpr std::string_view signature_mark = "\xE2\x80\x94 ";  // U+2014 and a space

tl::unexpected<Error> bad(ErrorCode code, std::string why) { return fail(code, "Checkpoint: " + std::move(why)); }

Result<NoteSignature> parse_signature_line(std::string_view line) {
  const auto refuse = [] {
    return bad(ErrorCode::malformed, "a signature line must be a dash (U+2014), the key's name and base64.");
  };
  if (!line.starts_with(signature_mark)) return refuse();
  line.remove_prefix(signature_mark.size());
  const std::size_t space = line.find(' ');
  if (space == line.npos || !is_key_name(line.substr(0, space))) return refuse();
  const auto raw = crypto::from_base64(line.substr(space + 1));
  NoteSignature signature;
  if (!raw || raw->size() <= signature.key_hash.size()) return refuse();
  signature.name = line.substr(0, space);
  std::copy_n(raw->begin(), signature.key_hash.size(), signature.key_hash.begin());
  signature.signature.assign(raw->begin() + signature.key_hash.size(), raw->end());
  return signature;
}

}  // namespace

std::string checkpoint_text(const Checkpoint& checkpoint) {
  return checkpoint.origin.str() + '\n' + std::to_string(checkpoint.size) + '\n' +
         crypto::to_base64(checkpoint.root.view()) + '\n';
}

Result<Checkpoint> parse_checkpoint_text(std::string_view text) {
  const auto origin = take_line(text), size = take_line(text), root = take_line(text);
  if (!root) return bad(ErrorCode::malformed, "it must have three lines: origin, size and root.");
  if (!text.empty()) return bad(ErrorCode::unsupported, "it has lines beyond origin, size and root.");
  if (!is_key_name(*origin)) return bad(ErrorCode::malformed, "its origin is not a name.");
  const auto count = parse_decimal(*size, max_tree_size);
  if (!count) return bad(ErrorCode::malformed, "its size is not a decimal number.");
  const auto hash = crypto::hash_from_base64(*root);
  if (!hash) return bad(ErrorCode::malformed, "its root is not the base64 of 32 bytes.");
  return Checkpoint{Origin{std::string(*origin)}, *count, *hash};
}

std::string sign_checkpoint(const Checkpoint& checkpoint, const crypto::SigningKey& key, const VerifierKey& name) {
  if (name.key != key.public_key() || name.name != checkpoint.origin.str()) {
    throw std::invalid_argument("sign_checkpoint: the name is another key's or not the origin");
  }
  std::string note = checkpoint_text(checkpoint);
  const crypto::Signature signature = key.sign(as_bytes(note));
  note += '\n';
  note += signature_line({name.name, name.key_hash, Bytes(signature.bytes.begin(), signature.bytes.end())});
  return note;
}

std::string signature_line(const NoteSignature& signature) {
  Bytes value(signature.key_hash.begin(), signature.key_hash.end());
  value.insert(value.end(), signature.signature.begin(), signature.signature.end());
  return std::string(signature_mark) + signature.name + ' ' + crypto::to_base64(value) + '\n';
}

std::string write_note(const SignedNote& note) {
  std::string out = note.text + '\n';
  for (const NoteSignature& signature : note.signatures) out += signature_line(signature);
  return out;
}

Result<SignedNote> parse_note(std::string_view note) {
  if (note.size() > max_note_size) return bad(ErrorCode::too_large, "it has more than 16384 bytes.");
  const std::size_t gap = note.rfind("\n\n");
  if (gap == note.npos) return bad(ErrorCode::malformed, "no empty line stands before its signatures.");
  auto signatures = parse_signature_lines(note.substr(gap + 2));
  if (!signatures) return fail(std::move(signatures).error());
  return SignedNote{std::string(note.substr(0, gap + 1)), std::move(*signatures)};
}

Result<std::vector<NoteSignature>> parse_signature_lines(std::string_view lines) {
  if (lines.size() > max_note_size) return bad(ErrorCode::too_large, "its signatures have more than 16384 bytes.");
  std::vector<NoteSignature> signatures;
  while (!lines.empty()) {
    const auto line = take_line(lines);
    if (!line) return bad(ErrorCode::malformed, "it does not end with a line feed.");
    if (signatures.size() == max_note_signatures) return bad(ErrorCode::too_large, "it has more than 32 signatures.");
    auto signature = parse_signature_line(*line);
    if (!signature) return fail(std::move(signature).error());
    signatures.push_back(std::move(*signature));
  }
  if (signatures.empty()) return bad(ErrorCode::malformed, "it has no signature.");
  return signatures;
}

Result<SignedCheckpoint> read_checkpoint(std::string_view text) {
  auto note = parse_note(text);
  if (!note) return fail(std::move(note).error());
  auto checkpoint = parse_checkpoint_text(note->text);
  if (!checkpoint) return fail(std::move(checkpoint).error());
  return SignedCheckpoint{std::move(*checkpoint), std::move(*note)};
}

bool is_by(const NoteSignature& line, const VerifierKey& key) {
  return line.name == key.name && line.key_hash == key.key_hash;
}

bool is_by(const NoteSignature& line, std::string_view key) {
  return key.starts_with(line.name + '+' + key_id(line.key_hash) + '+');
}

Result<void> verify_note(const SignedNote& note, const VerifierKey& key) {
  bool signed_by_key = false;
  for (const NoteSignature& line : note.signatures) {
    if (!is_by(line, key)) continue;
    crypto::Signature signature;
    if (line.signature.size() != signature.bytes.size()) {
      return bad(ErrorCode::invalid_signature, "the signature of " + key.name + " does not have 64 bytes.");
    }
    std::copy(line.signature.begin(), line.signature.end(), signature.bytes.begin());
    if (!crypto::verify(key.key, as_bytes(note.text), signature)) {
      return bad(ErrorCode::invalid_signature, "the signature of " + key.name + " does not verify.");
    }
    signed_by_key = true;
  }
  if (signed_by_key) return {};
  return bad(ErrorCode::invalid_signature, "it is not signed by " + key.name + " (key " + key_id(key.key_hash) + ").");
}

Result<Checkpoint> open_checkpoint(std::string_view note, std::span<const VerifierKey> keys) {
  auto read = read_checkpoint(note);
  if (!read) return fail(std::move(read).error());
  bool signed_by_ledger = false;
  for (const VerifierKey& key : keys) {
    const bool present = std::any_of(read->note.signatures.begin(), read->note.signatures.end(),
                                     [&](const NoteSignature& line) { return is_by(line, key); });
    if (!present) continue;
    if (auto verified = verify_note(read->note, key); !verified) return fail(std::move(verified).error());
    signed_by_ledger = signed_by_ledger || key.name == read->checkpoint.origin.str();
  }
  if (!signed_by_ledger) {
    return bad(ErrorCode::invalid_signature,
               "none of the given keys of " + read->checkpoint.origin.str() + " signed it.");
  }
  return std::move(read->checkpoint);
}

Result<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& key) {
  return open_checkpoint(note, std::span(&key, 1));
}

}  // namespace suara::log
