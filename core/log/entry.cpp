#include "core/log/entry.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/crypto/encoding.hpp"
#include "core/log/merkle.hpp"

namespace suara::log {
namespace {

constexpr std::string_view signed_prefix = "suara.event.v1\n";
constexpr std::size_t key_id_size = 8;
constexpr std::size_t signature_size = 88;

std::string signed_message(std::string_view body) {
  std::string message;
  message.reserve(signed_prefix.size() + body.size());
  message += signed_prefix;
  message += body;
  return message;
}

bool is_hex_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

}  // namespace

Result<SplitEntry> split_entry(std::string_view entry) {
  const auto bad = [](std::string why) { return fail(ErrorCode::malformed, "Entry: " + std::move(why)); };
  if (entry.size() > max_entry_size) return fail(ErrorCode::too_large, "Entry: it has more than 65535 bytes.");
  if (entry.size() <= seal_size) return bad("it is too short to hold a body and a signature.");
  if (entry.back() != '\n') return bad("it does not end with a line feed.");
  const std::size_t body_size = entry.size() - seal_size;
  const SplitEntry split{entry.substr(0, body_size), entry.substr(body_size + 1, key_id_size),
                         entry.substr(body_size + 1 + key_id_size + 1, signature_size)};
  if (entry[body_size] != '\n') return bad("no signature line of 98 bytes stands at its end.");
  if (split.body.find('\n') != split.body.npos) return bad("its body has a line feed.");
  if (!std::all_of(split.key_id.begin(), split.key_id.end(), is_hex_digit) ||
      entry[body_size + 1 + key_id_size] != ' ') {
    return bad("its signature line does not begin with 8 hex digits and a space.");
  }
  return split;
}

Result<std::string> seal_entry(std::string_view body, const crypto::SigningKey& key, const VerifierKey& name) {
  if (body.empty() || body.find('\n') != body.npos) throw std::invalid_argument("seal_entry: not a body");
  if (name.key != key.public_key()) throw std::invalid_argument("seal_entry: the name is another key's");
  if (body.size() > max_body_size) {
    return fail(ErrorCode::too_large, "Entry: a body of " + std::to_string(body.size()) +
                                          " bytes does not fit into 65535 with its signature; split the data.");
  }
  const crypto::Signature signature = key.sign(as_bytes(signed_message(body)));
  std::string entry;
  entry.reserve(body.size() + seal_size);
  entry += body;
  entry += '\n';
  entry += key_id(name.key_hash);
  entry += ' ';
  entry += crypto::to_base64(signature.bytes);
  entry += '\n';
  return entry;
}

Result<void> verify_entry_signature(const SplitEntry& entry, const VerifierKey& key) {
  if (entry.key_id != key_id(key.key_hash)) {
    return fail(ErrorCode::invalid_signature, "Entry: signed by the key " + std::string(entry.key_id) + ", not by " +
                                                  key_id(key.key_hash) + " of " + key.name + ".");
  }
  const auto raw = crypto::from_base64(entry.signature);
  crypto::Signature signature;
  if (!raw || raw->size() != signature.bytes.size()) {
    return fail(ErrorCode::malformed, "Entry: its signature is not the base64 of 64 bytes.");
  }
  std::copy(raw->begin(), raw->end(), signature.bytes.begin());
  if (!crypto::verify(key.key, as_bytes(signed_message(entry.body)), signature)) {
    return fail(ErrorCode::invalid_signature, "Entry: the signature does not verify: body, signature or key changed.");
  }
  return {};
}

Hash leaf_hash(std::string_view entry) { return hash_leaf(as_bytes(entry)); }

}  // namespace suara::log
