#include <algorithm>

#include "core/codec/json_reader.hpp"

namespace suara::codec {

JsonFields::JsonFields(JsonNode node, std::initializer_list<std::string_view> required,
                       std::initializer_list<std::string_view> optional)
    : node_(node) {
  if (auto known = node_.members(required, optional); !known) error_ = std::move(known).error();
}

template <class T>
T JsonFields::keep(Result<T> value) {
  if (value) return *std::move(value);
  error_ = std::move(value).error();
  return T{};
}

Result<JsonNode> JsonFields::find(std::string_view name) const {
  if (error_) return fail(*error_);
  return node_.member(name);
}

std::string_view JsonFields::text(std::string_view name) {
  return keep(find(name).and_then([](const JsonNode& node) { return node.text(); }));
}

std::uint64_t JsonFields::uint(std::string_view name, std::uint64_t max) {
  return keep(find(name).and_then([&](const JsonNode& node) { return node.uint(max); }));
}

std::uint32_t JsonFields::uint32(std::string_view name, std::uint32_t max) {
  return static_cast<std::uint32_t>(uint(name, max));
}

std::int64_t JsonFields::integer(std::string_view name, std::int64_t min, std::int64_t max) {
  return keep(find(name).and_then([&](const JsonNode& node) { return node.integer(min, max); }));
}

bool JsonFields::boolean(std::string_view name) {
  return keep(find(name).and_then([](const JsonNode& node) { return node.boolean(); }));
}

std::vector<JsonNode> JsonFields::array(std::string_view name, std::size_t min_size, std::size_t max_size) {
  return keep(find(name).and_then([&](const JsonNode& node) { return node.array(min_size, max_size); }));
}

std::vector<std::string_view> JsonFields::texts(std::string_view name, std::size_t min_size, std::size_t max_size) {
  std::vector<std::string_view> out;
  for (const JsonNode& item : array(name, min_size, max_size)) {
    out.push_back(keep(item.text()));
    if (failed()) return {};
  }
  return out;
}

bool JsonFields::has(std::string_view name) const { return node_.optional_member(name).has_value(); }

void JsonFields::refuse(std::string_view name, ErrorCode code, std::string_view complaint) {
  if (error_) return;
  error_ = node_.optional_member(name).value_or(node_).error(code, complaint);
}

void JsonFields::refuse(Error error) {
  if (!error_) error_ = std::move(error);
}

}  // namespace suara::codec
