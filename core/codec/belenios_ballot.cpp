#include "core/codec/belenios.hpp"
#include "core/codec/belenios_parts.hpp"
#include "core/codec/json_writer.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"

namespace suara::codec {
namespace {

using parts::Membership;

constexpr std::size_t max_ballot_bytes = 64 * 1024;

void append_answer(std::string& out, const ballot::Answer& answer) {
  out += "{\"choices\":";
  parts::append(out, answer.choices);
  out += ",\"individual_proofs\":";
  parts::append(out, answer.individual_proofs);
  out += ",\"overall_proof\":";
  parts::append(out, answer.overall_proof);
  if (!answer.blank_proof.empty()) {
    out += ",\"blank_proof\":";
    parts::append(out, answer.blank_proof);
  }
  out += '}';
}

// All but the closing brace, so that the signature can follow.
std::string open_ballot(const ballot::Ballot& ballot) {
  std::string out;
  out.reserve(max_ballot_bytes / 16);
  out += "{\"election_uuid\":";
  append_json_string(out, ballot.election_uuid.str());
  out += ",\"election_hash\":";
  append_json_string(out, ballot.election_hash);
  out += ",\"credential\":";
  parts::append(out, ballot.credential);
  out += ",\"answers\":[";
  for (std::size_t q = 0; q < ballot.answers.size(); ++q) {
    if (q > 0) out += ',';
    append_answer(out, ballot.answers[q]);
  }
  out += ']';
  return out;
}

void append_signature(std::string& out, const ballot::BallotSignature& signature) {
  out += ",\"signature\":{\"hash\":";
  append_json_string(out, signature.hash);
  out += ",\"proof\":";
  parts::append(out, signature.proof);
  out += "}}";
}

Result<ballot::Answer> read_answer(const JsonNode& node, Membership membership) {
  if (const auto shape = node.members({"choices", "individual_proofs", "overall_proof"}, {"blank_proof"}); !shape) {
    return fail(shape.error());
  }
  auto choices = parts::list(*node.member("choices"), parts::max_choices,
                             [&](const JsonNode& each) { return parts::ciphertext(each, membership); });
  if (!choices) return fail(std::move(choices).error());
  const auto proofs = [](std::size_t max) {
    return [max](const JsonNode& each) { return parts::list(each, max, parts::proof); };
  };
  auto individual = parts::list(*node.member("individual_proofs"), parts::max_choices, proofs(2));
  if (!individual) return fail(std::move(individual).error());
  auto overall = proofs(parts::max_choices + 1)(*node.member("overall_proof"));
  if (!overall) return fail(std::move(overall).error());
  ballot::Answer answer{std::move(*choices), std::move(*individual), std::move(*overall), {}};
  if (const auto node_of_blank = node.optional_member("blank_proof")) {
    auto blank = proofs(2)(*node_of_blank);
    if (!blank) return fail(std::move(blank).error());
    answer.blank_proof = std::move(*blank);
  }
  return answer;
}

Result<void> read_signature(const JsonNode& node, ballot::BallotSignature& signature) {
  if (const auto shape = node.members({"hash", "proof"}); !shape) return fail(shape.error());
  const auto hash = node.member("hash")->text();
  if (!hash) return fail(hash.error());
  auto proof = parts::proof(*node.member("proof"));
  if (!proof) return fail(std::move(proof).error());
  signature = {std::string(*hash), *proof};
  return {};
}

Result<ballot::Ballot> read(std::string_view json, Membership membership) {
  const auto document = parts::parse(json, "ballot", max_ballot_bytes);
  if (!document) return fail(document.error());
  JsonFields f(document->root(), {"election_uuid", "election_hash", "credential", "answers", "signature"});
  ballot::Ballot ballot;
  ballot.election_uuid = ElectionUuid{std::string(f.text("election_uuid"))};
  ballot.election_hash = f.text("election_hash");
  if (f.failed()) return fail(f.error());

  const auto member = [&](std::string_view name) { return *document->root().member(name); };
  auto answers = parts::list(member("answers"), parts::max_questions,
                             [&](const JsonNode& each) { return read_answer(each, membership); });
  if (!answers) return fail(std::move(answers).error());
  ballot.answers = std::move(*answers);
  auto credential = membership == Membership::checked ? parts::key_element(member("credential"))
                                                      : parts::element(member("credential"), membership);
  if (!credential) return fail(std::move(credential).error());
  ballot.credential = *credential;
  if (auto signature = read_signature(member("signature"), ballot.signature); !signature) {
    return fail(std::move(signature).error());
  }

  std::string bytes = open_ballot(ballot);
  ballot.unsigned_hash = crypto::to_base64_unpadded(crypto::sha256({as_bytes(bytes), as_bytes("}")}).view());
  append_signature(bytes, ballot.signature);
  if (auto same = parts::require_same(json, bytes, "ballot"); !same) return fail(std::move(same).error());
  ballot.tracker = crypto::sha256(json);
  return ballot;
}

}  // namespace

std::string write_ballot_unsigned(const ballot::Ballot& ballot) { return open_ballot(ballot) + "}"; }

std::string write_ballot(const ballot::Ballot& ballot) {
  std::string out = open_ballot(ballot);
  append_signature(out, ballot.signature);
  return out;
}

Result<ballot::Ballot> read_ballot(std::string_view json) { return read(json, Membership::checked); }

Result<ballot::Ballot> read_trusted_ballot(std::string_view json) { return read(json, Membership::trusted); }

}  // namespace suara::codec
