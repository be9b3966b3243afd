#include "core/log/tlog_proof.hpp"

#include "core/crypto/encoding.hpp"
#include "core/log/entry.hpp"
#include "core/log/merkle.hpp"
#include "core/log/text_lines.hpp"

namespace suara::log {
namespace {

constexpr std::string_view first_line = "c2sp.org/tlog-proof@v1";
constexpr std::string_view extra_mark = "extra ";
constexpr std::string_view index_mark = "index ";
constexpr std::size_t max_hashes = 64;  // the height of the highest tree
constexpr std::size_t max_extra_text = (max_entry_size + 2) / 3 * 4;

}  // namespace

std::string write_tlog_proof(const TlogProof& proof) {
  std::string out(first_line);
  out += '\n';
  if (proof.extra) {
    out += extra_mark;
    out += crypto::to_base64(as_bytes(*proof.extra)) + '\n';
  }
  out += index_mark;
  out += std::to_string(proof.index) + '\n';
  for (const Hash& hash : proof.hashes) out += crypto::to_base64(hash.view()) + '\n';
  out += '\n';
  out += proof.checkpoint;
  return out;
}

Result<TlogProof> parse_tlog_proof(std::string_view text) {
  const auto bad = [](ErrorCode code, std::string why) { return fail(code, "Receipt: " + std::move(why)); };
  if (take_line(text) != first_line) return bad(ErrorCode::malformed, "its first line is not c2sp.org/tlog-proof@v1.");
  TlogProof proof;
  auto index_line = take_line(text);
  if (index_line && index_line->starts_with(extra_mark)) {
    index_line->remove_prefix(extra_mark.size());
    if (index_line->size() > max_extra_text)
      return bad(ErrorCode::too_large, "its extra data is larger than an entry.");
    const auto extra = crypto::from_base64(*index_line);
    if (!extra) return bad(ErrorCode::malformed, "its extra data is not base64.");
    proof.extra.emplace(extra->begin(), extra->end());
    index_line = take_line(text);
  }
  if (!index_line || !index_line->starts_with(index_mark)) {
    return bad(ErrorCode::malformed, "a line \"index \" and a number must follow.");
  }
  const auto index = parse_decimal(index_line->substr(index_mark.size()), max_tree_size);
  if (!index) return bad(ErrorCode::malformed, "its index is not a decimal number.");
  proof.index = *index;
  for (;;) {
    const auto line = take_line(text);
    if (!line) return bad(ErrorCode::malformed, "it ends before its checkpoint.");
    if (line->empty()) break;
    if (proof.hashes.size() == max_hashes) return bad(ErrorCode::too_large, "it has more than 64 hashes.");
    const auto hash = crypto::hash_from_base64(*line);
    if (!hash) return bad(ErrorCode::malformed, "a hash is not the base64 of 32 bytes.");
    proof.hashes.push_back(*hash);
  }
  // Taken apart only to refuse at once what can never verify.
  if (const auto note = parse_note(text); !note) return fail(note.error());
  proof.checkpoint = text;
  return proof;
}

Result<Checkpoint> verify_tlog_proof(const TlogProof& proof, const Hash& leaf, std::span<const VerifierKey> keys) {
  auto checkpoint = open_checkpoint(proof.checkpoint, keys);
  if (!checkpoint) return checkpoint;
  const auto included = verify_inclusion(leaf, proof.index, checkpoint->size, checkpoint->root, proof.hashes);
  if (!included) return fail(included.error());
  return checkpoint;
}

}  // namespace suara::log
