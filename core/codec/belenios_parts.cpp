#include "core/codec/belenios_parts.hpp"

namespace suara::codec::parts {
namespace {

// The parser's complaint with the place before it.
Error placed(const JsonNode& node, const Error& error) { return node.error(error.code, "is wrong: " + error.detail); }

}  // namespace

void append(std::string& out, const crypto::Element& element) {
  out += '"';
  out += element.to_text();
  out += '"';
}

void append(std::string& out, const ballot::Ciphertext& ciphertext) {
  out += "{\"alpha\":";
  append(out, ciphertext.alpha);
  out += ",\"beta\":";
  append(out, ciphertext.beta);
  out += '}';
}

void append(std::string& out, const ballot::Proof& proof) {
  out += "{\"challenge\":\"";
  out += proof.challenge.to_decimal();
  out += "\",\"response\":\"";
  out += proof.response.to_decimal();
  out += "\"}";
}

Result<crypto::Scalar> scalar(const JsonNode& node) {
  const auto text = node.text();
  if (!text) return fail(text.error());
  auto value = crypto::Scalar::from_decimal(*text);
  if (!value) return fail(placed(node, value.error()));
  return value;
}

Result<crypto::Element> element(const JsonNode& node, Membership membership) {
  const auto text = node.text();
  if (!text) return fail(text.error());
  auto value =
      membership == Membership::checked ? crypto::Element::from_text(*text) : crypto::Element::from_trusted_text(*text);
  if (!value) return fail(placed(node, value.error()));
  return value;
}

Result<crypto::Element> key_element(const JsonNode& node) {
  auto value = element(node, Membership::checked);
  if (value && value->is_identity()) {
    return fail(node.error(ErrorCode::invalid_point, "must not be the identity: anyone knows its secret."));
  }
  return value;
}

Result<ballot::Ciphertext> ciphertext(const JsonNode& node, Membership membership) {
  if (const auto shape = node.members({"alpha", "beta"}); !shape) return fail(shape.error());
  auto alpha = element(*node.member("alpha"), membership);
  if (!alpha) return fail(std::move(alpha).error());
  auto beta = element(*node.member("beta"), membership);
  if (!beta) return fail(std::move(beta).error());
  return ballot::Ciphertext{*alpha, *beta};
}

Result<ballot::Proof> proof(const JsonNode& node) {
  if (const auto shape = node.members({"challenge", "response"}); !shape) return fail(shape.error());
  auto challenge = scalar(*node.member("challenge"));
  if (!challenge) return fail(std::move(challenge).error());
  auto response = scalar(*node.member("response"));
  if (!response) return fail(std::move(response).error());
  return ballot::Proof{*challenge, *response};
}

Result<JsonDocument> parse(std::string_view json, std::string_view what, std::size_t max_bytes) {
  if (json.size() > max_bytes) {
    return fail(ErrorCode::too_large, std::string(what) + ": has " + std::to_string(json.size()) + " bytes, at most " +
                                          std::to_string(max_bytes) + " are accepted.");
  }
  return JsonDocument::parse(json, what);
}

Result<void> require_same(std::string_view read, std::string_view written, std::string_view what) {
  if (read == written) return {};
  return fail(ErrorCode::malformed, std::string(what) +
                                        ": is not in the one accepted form (compact JSON, members in the protocol's "
                                        "order, no needless escapes).");
}

}  // namespace suara::codec::parts
