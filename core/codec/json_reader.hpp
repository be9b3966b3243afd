#pragma once
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

// Strict reading of JSON from outside (RFC 8259, of which only what our formats use):
//   valid UTF-8, nothing after the value, at most 32 levels, no member twice in an object, numbers only
//   as integers within +-(2^53-1). Anything else is `malformed` (too deep: `too_large`).
// Errors name the place, e.g. "ballot: answers[0].choices[1].alpha must be a text."
// The parser stays behind this header.
namespace suara::codec {

constexpr std::size_t max_json_depth = 32;
constexpr std::int64_t max_json_integer = 9007199254740991;  // 2^53-1, what every JSON reader keeps exact

class JsonNode;

// A parsed text. Nodes and the texts they give are views into it and live as long as it does.
class JsonDocument {
 public:
  // `what` names the object in errors ("ballot", "request"). The caller bounds the size of the text.
  static Result<JsonDocument> parse(std::string_view text, std::string_view what);
  ~JsonDocument();
  JsonDocument(JsonDocument&&) noexcept;
  JsonDocument& operator=(JsonDocument&&) noexcept;

  JsonNode root() const;

 private:
  friend class JsonNode;
  struct Impl;
  explicit JsonDocument(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// One value of a document; cheap to copy.
class JsonNode {
 public:
  bool is_null() const;
  bool is_text() const;
  bool is_object() const;
  bool is_array() const;

  Result<std::string_view> text() const;
  Result<std::int64_t> integer(std::int64_t min, std::int64_t max) const;
  Result<std::uint64_t> uint(std::uint64_t max = max_json_integer) const;
  Result<bool> boolean() const;
  Result<std::vector<JsonNode>> array(std::size_t min_size, std::size_t max_size) const;

  Result<JsonNode> member(std::string_view name) const;                  // must be there
  std::optional<JsonNode> optional_member(std::string_view name) const;  // nothing where absent or no object

  // An object of exactly these members, in any order; the `optional` ones may be absent.
  Result<void> members(std::initializer_list<std::string_view> required,
                       std::initializer_list<std::string_view> optional = {}) const;

  // Appends the value's RFC 8785 canonical text.
  void append_canonical(std::string& out) const;

  // "<what>: <place> <complaint>", for rules that are the caller's own: error(malformed, "must not be empty.").
  Error error(ErrorCode code, std::string_view complaint) const;

 private:
  friend class JsonDocument;
  JsonNode(const JsonDocument::Impl* document, const void* value) : document_(document), value_(value) {}
  const JsonDocument::Impl* document_;
  const void* value_;
};

// Reads the members of one object and keeps the first error, so that a reader is a list of lines with
// one check at its end:
//   JsonFields f(node, {"count", "place"});
//   x.count = f.uint("count");
//   x.place = f.text("place");
//   if (f.failed()) return fail(f.error());
// After an error every getter gives an empty value.
class JsonFields {
 public:
  JsonFields(JsonNode node, std::initializer_list<std::string_view> required,
             std::initializer_list<std::string_view> optional = {});

  std::string_view text(std::string_view name);
  std::uint64_t uint(std::string_view name, std::uint64_t max = max_json_integer);
  std::uint32_t uint32(std::string_view name, std::uint32_t max = UINT32_MAX);
  std::int64_t integer(std::string_view name, std::int64_t min, std::int64_t max);
  bool boolean(std::string_view name);
  std::vector<JsonNode> array(std::string_view name, std::size_t min_size, std::size_t max_size);
  std::vector<std::string_view> texts(std::string_view name, std::size_t min_size, std::size_t max_size);
  bool has(std::string_view name) const;

  // Reads a text through a parser (`parse_time`, `Element::from_text`, ...): its error gets the place put before it.
  template <class Parse>
  auto parsed(std::string_view name, Parse&& parse) -> typename decltype(parse(std::string_view{}))::value_type {
    using Value = typename decltype(parse(std::string_view{}))::value_type;
    const std::string_view raw = text(name);
    if (failed()) return Value{};
    auto value = parse(raw);
    if (value) return std::move(*value);
    refuse(name, value.error().code, "is wrong: " + value.error().detail);
    return Value{};
  }

  // A rule of the caller's own was broken by this member.
  void refuse(std::string_view name, ErrorCode code, std::string_view complaint);
  // Takes over the error of a nested reader.
  void refuse(Error error);

  bool failed() const { return error_.has_value(); }
  const Error& error() const { return *error_; }

 private:
  template <class T>
  T keep(Result<T> value);
  Result<JsonNode> find(std::string_view name) const;

  JsonNode node_;
  std::optional<Error> error_;
};

}  // namespace suara::codec
