#include "core/codec/entry_body.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/codec/json_reader.hpp"
#include "core/codec/json_writer.hpp"
#include "core/crypto/encoding.hpp"
#include "core/log/vkey.hpp"

namespace suara::codec {
namespace {

constexpr std::size_t longest_word = 64;

bool is_word(std::string_view text) {
  return !text.empty() && text.size() <= longest_word && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  });
}

bool is_actor(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == text.npos) return is_word(text);
  return is_word(text.substr(0, colon)) && is_word(text.substr(colon + 1));
}

bool is_type(std::string_view text) {
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  return !text.empty() && text.size() <= longest_word && upper(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [&](char c) { return upper(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

// The first member that has not its form, and what form that is; empty where all have.
std::string_view fault_of(const EntryBody& body) {
  if (!is_actor(body.actor)) return "actor must be role or role:id of [a-z0-9._-].";
  if (!body.data.starts_with('{')) return "data must be an object.";
  if (!log::is_key_name(body.ledger.str())) return "ledger must be an origin of 1 to 200 bytes.";
  if (!is_type(body.type)) return "type must be a letter A-Z, then letters and digits, at most 64.";
  if (body.v == 0) return "v must be at least 1.";
  return {};
}

std::string write_body(const EntryBody& body) {
  std::string out;
  out.reserve(body.data.size() + 400);
  const auto add_text = [&out](std::string_view name, std::string_view value) {
    out += name;
    append_json_string(out, value);
  };
  add_text("{\"actor\":", body.actor);
  out += ",\"data\":";
  out += body.data;
  add_text(",\"ledger\":", body.ledger.str());
  add_text(",\"prev\":", crypto::to_hex(body.prev.view()));
  out += ",\"seq\":" + std::to_string(body.seq.value);
  add_text(",\"time\":", format_time(body.time));
  add_text(",\"type\":", body.type);
  out += ",\"v\":" + std::to_string(body.v) + '}';
  return out;
}

}  // namespace

std::string encode_entry_body(const EntryBody& body) {
  if (const auto fault = fault_of(body); !fault.empty()) {
    throw std::invalid_argument("encode_entry_body: " + std::string(fault));
  }
  return write_body(body);
}

Result<EntryBody> decode_entry_body(std::string_view bytes) {
  const auto document = JsonDocument::parse(bytes, "entry");
  if (!document) return fail(document.error());
  const JsonNode root = document->root();
  JsonFields fields(root, {"actor", "data", "ledger", "prev", "seq", "time", "type", "v"});
  EntryBody body;
  body.actor = fields.text("actor");
  body.ledger = Origin{std::string(fields.text("ledger"))};
  body.prev = fields.parsed("prev", crypto::hash_from_hex);
  body.seq = Seq{fields.uint("seq")};
  body.time = fields.parsed("time", parse_time);
  body.type = fields.text("type");
  body.v = fields.uint32("v");
  if (fields.failed()) return fail(fields.error());
  root.optional_member("data")->append_canonical(body.data);
  if (const auto fault = fault_of(body); !fault.empty()) {
    return fail(ErrorCode::malformed, "entry: " + std::string(fault));
  }
  // One value has one text: whatever differs from what we would write is refused, white space and order included.
  if (write_body(body) != bytes) return fail(ErrorCode::malformed, "entry: not in canonical form (RFC 8785).");
  return body;
}

Result<void> check_follows(const EntryBody& body, const ChainHead& head) {
  const auto broken = [&](std::string_view why) {
    return fail(ErrorCode::integrity, "entry " + std::to_string(head.size) + ": " + std::string(why));
  };
  if (body.ledger != head.ledger) return broken("belongs to another ledger.");
  if (body.seq.value != head.size) return broken("says it is entry " + std::to_string(body.seq.value) + ".");
  if (body.prev != head.last_leaf) return broken("its prev is not the hash of the entry before it.");
  if (head.size > 0 && body.time < head.last_time) return broken("its time lies before that of the entry before it.");
  return {};
}

}  // namespace suara::codec
