#include "core/codec/belenios.hpp"
#include "core/codec/belenios_parts.hpp"
#include "core/codec/json_writer.hpp"
#include "core/crypto/encoding.hpp"

// What follows the last ballot: encrypted tally, partial decryptions, result.
namespace suara::codec {
namespace {

using parts::Membership;

constexpr std::size_t max_tally_bytes = 1u << 20;

// Parses, reads the whole value with `read`, and holds the text to what `write` gives.
template <class Read, class Write>
auto read_whole(std::string_view json, std::string_view what, std::size_t max_bytes, Read read, Write write)
    -> decltype(read(std::declval<JsonNode>())) {
  const auto document = parts::parse(json, what, max_bytes);
  if (!document) return fail(document.error());
  auto value = read(document->root());
  if (!value) return value;
  if (auto same = parts::require_same(json, write(*value), what); !same) return fail(std::move(same).error());
  return value;
}

Result<crypto::Element> read_factor(const JsonNode& node) { return parts::element(node, Membership::checked); }

Result<std::uint64_t> read_count(const JsonNode& node) { return node.uint(); }

Result<ballot::PartialDecryption> read_partial(const JsonNode& node) {
  if (const auto shape = node.members({"decryption_factors", "decryption_proofs"}); !shape) return fail(shape.error());
  auto factors = parts::table(*node.member("decryption_factors"), read_factor);
  if (!factors) return fail(std::move(factors).error());
  auto proofs = parts::table(*node.member("decryption_proofs"), parts::proof);
  if (!proofs) return fail(std::move(proofs).error());
  return ballot::PartialDecryption{std::move(*factors), std::move(*proofs)};
}

Result<SizedTally> read_sized(const JsonNode& node) {
  JsonFields f(node, {"num_tallied", "total_weight", "encrypted_tally"});
  SizedTally tally;
  tally.num_tallied = f.uint("num_tallied");
  tally.total_weight = f.uint("total_weight");
  tally.encrypted_tally = f.parsed("encrypted_tally", crypto::hash_from_hex);
  if (f.failed()) return fail(f.error());
  return tally;
}

template <class T>
std::string text_of(const T& value) {
  std::string out;
  parts::append(out, value);
  return out;
}

}  // namespace

std::string write_encrypted_tally(const ballot::EncryptedTally& tally) { return text_of(tally); }

Result<ballot::EncryptedTally> read_encrypted_tally(std::string_view json) {
  const auto read = [](const JsonNode& node) {
    return parts::table(node, [](const JsonNode& each) { return parts::ciphertext(each, Membership::checked); });
  };
  return read_whole(json, "encrypted tally", max_tally_bytes, read, write_encrypted_tally);
}

std::string write_sized_tally(const SizedTally& tally) {
  JsonWriter w(JsonWriter::Order::as_written);
  w.begin_object().number("num_tallied", tally.num_tallied).number("total_weight", tally.total_weight);
  w.text("encrypted_tally", crypto::to_hex(tally.encrypted_tally.view())).end_object();
  return w.take();
}

Result<SizedTally> read_sized_tally(std::string_view json) {
  return read_whole(json, "sized tally", parts::max_small_bytes, read_sized, write_sized_tally);
}

std::string write_partial_decryption(const ballot::PartialDecryption& partial) {
  std::string out = "{\"decryption_factors\":";
  parts::append(out, partial.factors);
  out += ",\"decryption_proofs\":";
  parts::append(out, partial.proofs);
  out += '}';
  return out;
}

Result<ballot::PartialDecryption> read_partial_decryption(std::string_view json) {
  return read_whole(json, "partial decryption", max_tally_bytes, read_partial, write_partial_decryption);
}

std::string write_strong_proofs(const ballot::StrongProofs& proofs) { return text_of(proofs); }

Result<ballot::StrongProofs> read_strong_proofs(std::string_view json) {
  const auto read = [](const JsonNode& node) { return parts::table(node, parts::proof); };
  return read_whole(json, "strong proofs", max_tally_bytes, read, write_strong_proofs);
}

std::string write_result(const ballot::Counts& counts) {
  JsonWriter w(JsonWriter::Order::as_written);
  w.begin_object().key("result").begin_array();
  for (const auto& question : counts) {
    w.begin_array();
    for (const auto count : question) w.number(count);
    w.end_array();
  }
  w.end_array().end_object();
  return w.take();
}

Result<ballot::Counts> read_result(std::string_view json) {
  const auto read = [](const JsonNode& node) -> Result<ballot::Counts> {
    if (const auto shape = node.members({"result"}); !shape) return fail(shape.error());
    return parts::table(*node.member("result"), read_count);
  };
  return read_whole(json, "result", max_tally_bytes, read, write_result);
}

std::string write_proof(const ballot::Proof& proof) { return text_of(proof); }

Result<ballot::Proof> read_proof(std::string_view json) {
  return read_whole(
      json, "proof", parts::max_small_bytes, [](const JsonNode& node) { return parts::proof(node); }, write_proof);
}

}  // namespace suara::codec
