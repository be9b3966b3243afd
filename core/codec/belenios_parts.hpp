#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/ballot/types.hpp"
#include "core/codec/json_reader.hpp"

// Pieces that several Belenios objects are made of; for belenios_*.cpp only.
namespace suara::codec::parts {

constexpr std::size_t max_small_bytes = 4096;  // of an object of a few fixed members
constexpr std::size_t max_questions = 16;
constexpr std::size_t max_answers = 64;
constexpr std::size_t max_choices = max_answers + 1;  // with the blank vote

// Whether an element read is checked to be in the group. `trusted` is for bytes that passed the check when they
// entered the ledger.
enum class Membership { checked, trusted };

void append(std::string& out, const crypto::Element& element);  // quoted
void append(std::string& out, const ballot::Ciphertext& ciphertext);
void append(std::string& out, const ballot::Proof& proof);

// [a,b,...] of whatever `append` takes, nested lists included.
template <class T>
void append(std::string& out, const std::vector<T>& list) {
  out += '[';
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i > 0) out += ',';
    append(out, list[i]);
  }
  out += ']';
}

Result<crypto::Scalar> scalar(const JsonNode& node);
Result<crypto::Element> element(const JsonNode& node, Membership membership);
Result<crypto::Element> key_element(const JsonNode& node);  // checked, and not the identity
Result<ballot::Ciphertext> ciphertext(const JsonNode& node, Membership membership);
Result<ballot::Proof> proof(const JsonNode& node);

// A list of at most `max` items, each read by `item`.
template <class Item>
auto list(const JsonNode& node, std::size_t max, Item item)
    -> Result<std::vector<typename decltype(item(node))::value_type>> {
  const auto nodes = node.array(0, max);
  if (!nodes) return fail(nodes.error());
  std::vector<typename decltype(item(node))::value_type> out;
  out.reserve(nodes->size());
  for (const auto& each : *nodes) {
    auto value = item(each);
    if (!value) return fail(std::move(value).error());
    out.push_back(std::move(*value));
  }
  return out;
}

// [question][choice] of what `item` reads.
template <class Item>
auto table(const JsonNode& node, Item item) {
  return list(node, max_questions, [&](const JsonNode& row) { return list(row, max_choices, item); });
}

// Parses within `max_bytes`. Errors: too_large, malformed.
Result<JsonDocument> parse(std::string_view json, std::string_view what, std::size_t max_bytes);

// A value has one text: what was read must be what its writer gives. Error: malformed.
Result<void> require_same(std::string_view read, std::string_view written, std::string_view what);

}  // namespace suara::codec::parts
