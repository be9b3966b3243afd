#include "ledger/witness_turn.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/log/cosignature.hpp"
#include "core/log/merkle.hpp"
#include "core/log/tiles.hpp"
#include "core/log/witness.hpp"

namespace suara::ledger {
namespace {

using Kind = WitnessAnswer::Kind;

// The first try with what is known, one with what the witness tells, and one more where it was asked by another process
// in between.
constexpr int tries = 3;

Result<std::string> request_body(const LogFolder& log, const log::SignedCheckpoint& head, std::uint64_t old_size) {
  log::AddCheckpoint request{old_size, {}, log::write_note(without_cosignatures(head))};
  const std::uint64_t size = head.checkpoint.size;
  if (old_size > 0 && old_size < size) {
    const auto read = log::tile_node_reader(size, [&](const log::HashTile& tile) { return log.tile(tile); });
    auto proof = log::consistency_proof(old_size, size, read);
    if (!proof) return fail(std::move(proof.error()));
    request.proof = std::move(*proof);
  }
  return log::write_add_checkpoint(request);
}

std::optional<std::uint64_t> told_size(std::string_view body) {
  if (!body.ends_with('\n')) return std::nullopt;
  body.remove_suffix(1);
  std::uint64_t size = 0;
  const auto [stop, code] = std::from_chars(body.data(), body.data() + body.size(), size);
  if (code != std::errc{} || stop != body.data() + body.size() || size > log::max_tree_size) return std::nullopt;
  return size;
}

WitnessAnswer accepted(const WitnessReply& reply, const Witness& witness, const log::SignedCheckpoint& head) {
  const auto worthless = [&](const std::string& why) {
    return WitnessAnswer{Kind::refused, {}, {}, "Its answer is not a cosignature of this checkpoint: " + why};
  };
  const auto lines = log::parse_signature_lines(reply.body);
  if (!lines) return worthless(lines.error().detail);
  for (const auto& line : *lines) {
    if (line.name != witness.key.name || line.key_hash != witness.key.key_hash) continue;
    if (const auto good = log::verify_cosignature(head.note.text, line, witness.key); !good)
      return worthless(good.error().detail);
    return {Kind::cosigned, head.checkpoint.size, line, {}};
  }
  return worthless("none of its lines is of the key " + witness.key_text() + ".");
}

WitnessAnswer declined(const WitnessReply& reply, const std::string& ledger_key) {
  const auto refused = [](std::string why) { return WitnessAnswer{Kind::refused, {}, {}, std::move(why)}; };
  switch (reply.status) {
    case 400:
      return refused("It did not understand the request (400). Is this the address of a witness?");
    case 403:
      return refused(
          "It does not trust the key that signed this checkpoint (403). Give its operator the ledger's key: " +
          ledger_key);
    case 404:
      return refused("It does not know this ledger yet (404). Give its operator the ledger's key: " + ledger_key);
    case 422:
      return refused(
          "It says that this checkpoint does not continue the one it cosigned before (422). If its operator "
          "holds another checkpoint of this ledger, two histories were shown.");
    default:
      break;
  }
  if (reply.status >= 500 || reply.status == 429)
    return {Kind::unreachable, {}, {}, fmt::format("It answered with the status {}.", reply.status)};
  if (reply.status >= 300 && reply.status < 400)
    return refused(fmt::format("It redirects ({}), which is not followed. Is its address right?", reply.status));
  return refused(fmt::format("It answered with the status {}, which is no witness's.", reply.status));
}

}  // namespace

WitnessAnswer ask_witness(WitnessClient& client, const Witness& witness, const LogFolder& log,
                          const log::SignedCheckpoint& head, std::uint64_t known, const std::string& ledger_key) {
  const std::uint64_t size = head.checkpoint.size;
  known = std::min(known, size);
  for (int i = 0; i < tries; ++i) {
    if (known > size) return {Kind::ahead, known, {}, {}};
    const auto body = request_body(log, head, known);
    if (!body)
      return {Kind::not_ready, known, {}, "The log's files give no proof at the moment: " + body.error().detail};
    const auto reply = client.add_checkpoint(*body);
    if (!reply) return {Kind::unreachable, {}, {}, "It cannot be reached: " + reply.error().detail + "."};
    if (reply->status == 200) return accepted(*reply, witness, head);
    if (reply->status != 409) return declined(*reply, ledger_key);
    const auto told = told_size(reply->body);
    if (known == size && told.value_or(size) == size) {
      return {Kind::refused, {}, {},
              "It says that it cosigned another tree of the same size (409): two histories of this ledger were shown."};
    }
    if (!told || *told == known)
      return {Kind::refused, {}, {}, "It answers that it knows another size (409), but not which."};
    known = *told;
  }
  return {Kind::refused, known, {}, "It names another size each time (409)."};
}

std::optional<std::uint64_t> cosignature_time(const log::NoteSignature& line) {
  constexpr std::size_t time_bytes = 8, signature_bytes = 64;
  if (line.signature.size() != time_bytes + signature_bytes) return std::nullopt;
  std::uint64_t time = 0;
  for (std::size_t i = 0; i < time_bytes; ++i) time = time << 8 | line.signature[i];
  return time;
}

}  // namespace suara::ledger
