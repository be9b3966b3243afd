#include "core/log/witness.hpp"

#include "core/crypto/encoding.hpp"
#include "core/log/merkle.hpp"
#include "core/log/text_lines.hpp"

namespace suara::log {
namespace {

constexpr std::string_view old_mark = "old ";

Declined declined(Declined::Why why, std::string detail, std::uint64_t size = 0) {
  return {why, std::move(detail), size};
}

Result<void> continues(const AddCheckpoint& request, const Checkpoint& next, const Known& known) {
  if (next.size == 0 && next.root != empty_root()) {
    return fail(ErrorCode::integrity, "An empty tree has the root of no entries.");
  }
  if (request.old_size == 0) {
    if (!request.proof.empty()) return fail(ErrorCode::integrity, "From size 0 the proof is empty.");
    return {};
  }
  return verify_consistency(request.old_size, known.last->root, next.size, next.root, request.proof);
}

}  // namespace

std::string write_add_checkpoint(const AddCheckpoint& request) {
  std::string out(old_mark);
  out += std::to_string(request.old_size) + '\n';
  for (const Hash& hash : request.proof) out += crypto::to_base64(hash.view()) + '\n';
  return out + '\n' + request.note;
}

Result<AddCheckpoint> parse_add_checkpoint(std::string_view body) {
  const auto bad = [](ErrorCode code, std::string why) { return fail(code, "Request: " + std::move(why)); };
  if (body.size() > max_add_checkpoint_size) return bad(ErrorCode::too_large, "it has too many bytes.");
  const auto old_line = take_line(body);
  if (!old_line || !old_line->starts_with(old_mark)) {
    return bad(ErrorCode::malformed, "its first line must be \"old \" and a number.");
  }
  const auto old_size = parse_decimal(old_line->substr(old_mark.size()), max_tree_size);
  if (!old_size) return bad(ErrorCode::malformed, "its old size is not a decimal number.");
  AddCheckpoint request;
  request.old_size = *old_size;
  for (;;) {
    const auto line = take_line(body);
    if (!line) return bad(ErrorCode::malformed, "it ends before its checkpoint.");
    if (line->empty()) break;
    if (request.proof.size() == max_consistency_lines) return bad(ErrorCode::too_large, "it has more than 63 hashes.");
    const auto hash = crypto::hash_from_base64(*line);
    if (!hash) return bad(ErrorCode::malformed, "a hash is not the base64 of 32 bytes.");
    request.proof.push_back(*hash);
  }
  if (auto read = read_checkpoint(body); !read) return fail(std::move(read).error());
  request.note = body;
  return request;
}

Result<Origin> origin_of(const AddCheckpoint& request) {
  auto read = read_checkpoint(request.note);
  if (!read) return fail(std::move(read).error());
  return std::move(read->checkpoint.origin);
}

std::variant<Accepted, Declined> judge(const AddCheckpoint& request, const Known& known) {
  auto read = read_checkpoint(request.note);
  if (!read) return declined(Declined::Why::bad_request, read.error().detail);
  if (known.keys.empty()) {
    return declined(Declined::Why::unknown_log,
                    "This witness does not know the log: its operator has to trust its key.");
  }
  auto checkpoint = open_checkpoint(request.note, known.keys);
  if (!checkpoint) return declined(Declined::Why::not_signed, checkpoint.error().detail);
  if (request.old_size > checkpoint->size) {
    return declined(Declined::Why::bad_request, "Request: the old size is above the checkpoint's.");
  }
  const std::uint64_t last = known.last ? known.last->size : 0;
  if (request.old_size != last) {
    return declined(Declined::Why::other_size, "The last cosigned checkpoint has another size.", last);
  }
  if (known.last && checkpoint->size == last && checkpoint->root != known.last->root) {
    return declined(Declined::Why::other_root,
                    "Another root was cosigned for this size: the log shows two histories.");
  }
  if (const auto ok = continues(request, *checkpoint, known); !ok) {
    return declined(Declined::Why::not_consistent, ok.error().detail);
  }
  return std::move(*read);
}

}  // namespace suara::log
