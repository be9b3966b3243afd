#include "core/ballot/threshold.hpp"
#include "core/codec/belenios.hpp"
#include "core/codec/belenios_parts.hpp"
#include "core/codec/json_writer.hpp"

// Trustees' keys, and what the ceremony of a "Pedersen" item publishes.
namespace suara::codec {
namespace {

constexpr std::size_t max_trustees = 64;  // items, and members of an item
constexpr std::size_t max_trustees_bytes = 1u << 20;
constexpr std::size_t max_message_bytes = 16384;

void append_key(std::string& out, const ballot::TrusteePublicKey& key) {
  out += "{\"pok\":";
  parts::append(out, key.pok);
  out += ",\"public_key\":";
  parts::append(out, key.public_key);
  out += '}';
}

void append_signed(std::string& out, const ballot::SignedText& message) {
  out += "{\"message\":";
  append_json_string(out, message.text);
  out += ",\"signature\":";
  parts::append(out, message.signature);
  out += '}';
}

// [a,b,...] of whatever `append` writes.
template <class T, class Append>
void append_list(std::string& out, const std::vector<T>& list, Append append) {
  out += '[';
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i > 0) out += ',';
    append(out, list[i]);
  }
  out += ']';
}

template <class Message>
void append_message(std::string& out, const Message& message) {
  append_signed(out, message.message);
}

void append_threshold(std::string& out, const ballot::ThresholdParameters& parameters) {
  out += "{\"threshold\":" + std::to_string(parameters.threshold) + ",\"certs\":";
  append_list(out, parameters.certs, append_message<ballot::Certificate>);
  out += ",\"coefexps\":";
  append_list(out, parameters.coefexps, append_message<ballot::Coefexps>);
  out += ",\"verification_keys\":";
  append_list(out, parameters.verification_keys, append_key);
  out += '}';
}

Result<ballot::TrusteePublicKey> read_key(const JsonNode& node) {
  if (const auto shape = node.members({"pok", "public_key"}); !shape) return fail(shape.error());
  auto pok = parts::proof(*node.member("pok"));
  if (!pok) return fail(std::move(pok).error());
  auto key = parts::key_element(*node.member("public_key"));
  if (!key) return fail(std::move(key).error());
  return ballot::TrusteePublicKey{*pok, *key};
}

Result<ballot::SignedText> read_signed(const JsonNode& node) {
  if (const auto shape = node.members({"message", "signature"}); !shape) return fail(shape.error());
  const auto text = node.member("message")->text();
  if (!text) return fail(text.error());
  auto signature = parts::proof(*node.member("signature"));
  if (!signature) return fail(std::move(signature).error());
  return ballot::SignedText{std::string(*text), *signature};
}

Result<ballot::Certificate> read_certificate_value(const JsonNode& node) {
  auto message = read_signed(node);
  if (!message) return fail(std::move(message).error());
  const auto document = parts::parse(message->text, "certificate message", max_message_bytes);
  if (!document) return fail(document.error());
  const JsonNode keys = document->root();
  if (const auto shape = keys.members({"verification", "encryption"}); !shape) return fail(shape.error());
  auto verification = parts::key_element(*keys.member("verification"));
  if (!verification) return fail(std::move(verification).error());
  auto encryption = parts::key_element(*keys.member("encryption"));
  if (!encryption) return fail(std::move(encryption).error());
  const auto written = ballot::certificate_text(*verification, *encryption);
  if (auto same = parts::require_same(message->text, written, "certificate message"); !same) {
    return fail(std::move(same).error());
  }
  return ballot::Certificate{std::move(*message), *verification, *encryption};
}

Result<ballot::Coefexps> read_coefexps_value(const JsonNode& node) {
  auto message = read_signed(node);
  if (!message) return fail(std::move(message).error());
  const auto document = parts::parse(message->text, "coefexps message", max_message_bytes);
  if (!document) return fail(document.error());
  if (const auto shape = document->root().members({"coefexps"}); !shape) return fail(shape.error());
  auto elements = parts::list(*document->root().member("coefexps"), max_trustees, parts::key_element);
  if (!elements) return fail(std::move(elements).error());
  const auto written = ballot::coefexps_text(*elements);
  if (auto same = parts::require_same(message->text, written, "coefexps message"); !same) {
    return fail(std::move(same).error());
  }
  return ballot::Coefexps{std::move(*message), std::move(*elements)};
}

Result<ballot::ThresholdParameters> read_threshold(const JsonNode& node) {
  ballot::ThresholdParameters out;
  JsonFields f(node, {"threshold", "certs", "coefexps", "verification_keys"});
  out.threshold = f.uint32("threshold", max_trustees);
  if (f.failed()) return fail(f.error());
  auto certs = parts::list(*node.member("certs"), max_trustees, read_certificate_value);
  if (!certs) return fail(std::move(certs).error());
  auto coefexps = parts::list(*node.member("coefexps"), max_trustees, read_coefexps_value);
  if (!coefexps) return fail(std::move(coefexps).error());
  auto keys = parts::list(*node.member("verification_keys"), max_trustees, read_key);
  if (!keys) return fail(std::move(keys).error());
  out.certs = std::move(*certs);
  out.coefexps = std::move(*coefexps);
  out.verification_keys = std::move(*keys);
  return out;
}

Result<ballot::TrusteeItem> read_item(const JsonNode& node) {
  const auto pair = node.array(2, 2);
  if (!pair) return fail(pair.error());
  const auto kind = pair->front().text();
  if (!kind) return fail(kind.error());
  if (*kind == "Single") {
    return read_key(pair->back()).map([](auto&& key) { return ballot::TrusteeItem(std::move(key)); });
  }
  if (*kind == "Pedersen") {
    return read_threshold(pair->back()).map([](auto&& group) { return ballot::TrusteeItem(std::move(group)); });
  }
  return fail(pair->front().error(ErrorCode::unsupported, "must be \"Single\" or \"Pedersen\"."));
}

// One value by itself, held to what its writer gives.
template <class Read, class Write>
auto read_alone(std::string_view json, std::string_view what, Read read, Write write)
    -> decltype(read(std::declval<JsonNode>())) {
  const auto document = parts::parse(json, what, max_trustees_bytes);
  if (!document) return fail(document.error());
  auto value = read(document->root());
  if (!value) return value;
  if (auto same = parts::require_same(json, write(*value), what); !same) return fail(std::move(same).error());
  return value;
}

}  // namespace

std::string write_trustee_public_key(const ballot::TrusteePublicKey& key) {
  std::string out;
  append_key(out, key);
  return out;
}

Result<ballot::TrusteePublicKey> read_trustee_public_key(std::string_view json) {
  return read_alone(json, "trustee key", read_key, write_trustee_public_key);
}

std::string write_certificate(const ballot::Certificate& certificate) {
  std::string out;
  append_signed(out, certificate.message);
  return out;
}

Result<ballot::Certificate> read_certificate(std::string_view json) {
  return read_alone(json, "certificate", read_certificate_value, write_certificate);
}

std::string write_coefexps(const ballot::Coefexps& coefexps) {
  std::string out;
  append_signed(out, coefexps.message);
  return out;
}

Result<ballot::Coefexps> read_coefexps(std::string_view json) {
  return read_alone(json, "coefexps", read_coefexps_value, write_coefexps);
}

std::string write_trustees(const ballot::Trustees& trustees) {
  std::string out = "[";
  for (const auto& item : trustees) {
    if (out.size() > 1) out += ',';
    if (const auto* key = std::get_if<ballot::TrusteePublicKey>(&item)) {
      out += "[\"Single\",";
      append_key(out, *key);
    } else {
      out += "[\"Pedersen\",";
      append_threshold(out, std::get<ballot::ThresholdParameters>(item));
    }
    out += ']';
  }
  return out + "]";
}

Result<ballot::Trustees> read_trustees(std::string_view json) {
  const auto read = [](const JsonNode& node) -> Result<ballot::Trustees> {
    auto trustees = parts::list(node, max_trustees, read_item);
    if (trustees && trustees->empty()) {
      return fail(node.error(ErrorCode::malformed, "must name at least one trustee."));
    }
    return trustees;
  };
  return read_alone(json, "trustees", read, write_trustees);
}

}  // namespace suara::codec
