#include "core/codec/json_reader.hpp"

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <algorithm>

#include "core/codec/json_writer.hpp"

namespace suara::codec {
namespace {

using Value = rapidjson::Value;

std::string_view view(const Value& value) { return {value.GetString(), value.GetStringLength()}; }

const Value& as_value(const void* pointer) { return *static_cast<const Value*>(pointer); }

// A name from outside as an error may show it: short and printable.
std::string shown(std::string_view name) {
  constexpr std::size_t longest = 40;
  std::string out;
  for (const char c : name.substr(0, longest)) out += c >= 0x20 && c <= 0x7E ? c : '?';
  return name.size() > longest ? out + "..." : out;
}

// Builds the document, and stops the parser at what our formats do not have.
struct StrictHandler {
  rapidjson::Document& document;
  std::size_t depth = 0;
  std::optional<Error> refusal{};

  bool refuse(ErrorCode code, std::string detail) {
    refusal = Error{code, std::move(detail)};
    return false;
  }
  bool refuse_number() { return refuse(ErrorCode::malformed, "a number is not an integer within +-9007199254740991."); }
  bool enter() {
    if (++depth <= max_json_depth) return true;
    return refuse(ErrorCode::too_large, "it is nested deeper than " + std::to_string(max_json_depth) + " levels.");
  }
  // The parser lets a lone low surrogate (\udc00) through and writes it as three bytes that are not UTF-8.
  bool well_formed(const char* text, rapidjson::SizeType length) {
    const std::string_view all(text, length);
    for (std::size_t at = all.find('\xED'); at != std::string_view::npos; at = all.find('\xED', at + 1)) {
      if (at + 1 < all.size() && static_cast<std::uint8_t>(all[at + 1]) >= 0xA0) {
        return refuse(ErrorCode::malformed, "a text has half a surrogate pair.");
      }
    }
    return true;
  }

  bool Null() { return document.Null(); }
  bool Bool(bool value) { return document.Bool(value); }
  bool Int(int value) { return document.Int(value); }
  bool Uint(unsigned value) { return document.Uint(value); }
  bool Int64(std::int64_t value) { return value < -max_json_integer ? refuse_number() : document.Int64(value); }
  bool Uint64(std::uint64_t value) {
    return value > static_cast<std::uint64_t>(max_json_integer) ? refuse_number() : document.Uint64(value);
  }
  bool Double(double) { return refuse_number(); }
  bool RawNumber(const char*, rapidjson::SizeType, bool) { return refuse_number(); }
  bool String(const char* text, rapidjson::SizeType length, bool copy) {
    return well_formed(text, length) && document.String(text, length, copy);
  }
  bool Key(const char* text, rapidjson::SizeType length, bool copy) {
    return well_formed(text, length) && document.Key(text, length, copy);
  }
  bool StartObject() { return enter() && document.StartObject(); }
  bool EndObject(rapidjson::SizeType count) {
    --depth;
    return document.EndObject(count);
  }
  bool StartArray() { return enter() && document.StartArray(); }
  bool EndArray(rapidjson::SizeType count) {
    --depth;
    return document.EndArray(count);
  }
};

// The first object that has a member twice, and that member's name. Depth is bounded by the parse.
struct Repeat {
  const Value* object = nullptr;
  std::string_view name;
};

Repeat find_repeat(const Value& value) {
  if (value.IsArray()) {
    for (const Value& item : value.GetArray()) {
      if (item.IsObject() || item.IsArray()) {
        if (const Repeat found = find_repeat(item); found.object) return found;
      }
    }
    return {};
  }
  if (!value.IsObject()) return {};
  std::vector<std::string_view> names;
  names.reserve(value.MemberCount());
  for (const auto& member : value.GetObject()) {
    names.push_back(view(member.name));
    if (const Repeat found = find_repeat(member.value); found.object) return found;
  }
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  return twice == names.end() ? Repeat{} : Repeat{&value, *twice};
}

// Where `wanted` stands below `value`, as "answers[0].alpha". Only errors ask, so nodes carry no path.
bool find_place(const Value& value, const Value* wanted, std::string& place) {
  if (&value == wanted) return true;
  const std::size_t length = place.size();
  if (value.IsObject()) {
    for (const auto& member : value.GetObject()) {
      if (!place.empty()) place += '.';
      place += shown(view(member.name));
      if (find_place(member.value, wanted, place)) return true;
      place.resize(length);
    }
  } else if (value.IsArray()) {
    std::size_t index = 0;
    for (const Value& item : value.GetArray()) {
      place += '[' + std::to_string(index++) + ']';
      if (find_place(item, wanted, place)) return true;
      place.resize(length);
    }
  }
  return false;
}

void append_value(const Value& value, std::string& out);

void append_object(const Value& object, std::string& out) {
  using Member = Value::ConstMemberIterator;
  std::vector<Member> members;
  members.reserve(object.MemberCount());
  for (Member m = object.MemberBegin(); m != object.MemberEnd(); ++m) members.push_back(m);
  const auto less = [](Member a, Member b) { return canonical_less(view(a->name), view(b->name)); };
  if (!std::is_sorted(members.begin(), members.end(), less)) std::sort(members.begin(), members.end(), less);
  out += '{';
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (i) out += ',';
    append_json_string(out, view(members[i]->name));
    out += ':';
    append_value(members[i]->value, out);
  }
  out += '}';
}

void append_value(const Value& value, std::string& out) {
  switch (value.GetType()) {
    case rapidjson::kNullType:
      out += "null";
      return;
    case rapidjson::kFalseType:
      out += "false";
      return;
    case rapidjson::kTrueType:
      out += "true";
      return;
    case rapidjson::kStringType:
      append_json_string(out, view(value));
      return;
    case rapidjson::kNumberType:
      out += std::to_string(value.GetInt64());
      return;
    case rapidjson::kObjectType:
      append_object(value, out);
      return;
    case rapidjson::kArrayType: {
      out += '[';
      bool first = true;
      for (const Value& item : value.GetArray()) {
        if (!first) out += ',';
        first = false;
        append_value(item, out);
      }
      out += ']';
      return;
    }
  }
}

}  // namespace

struct JsonDocument::Impl {
  std::string what;
  std::string buffer;  // parsed in place: texts of the document point into it
  rapidjson::Document document;
};

JsonDocument::JsonDocument(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
JsonDocument::~JsonDocument() = default;
JsonDocument::JsonDocument(JsonDocument&&) noexcept = default;
JsonDocument& JsonDocument::operator=(JsonDocument&&) noexcept = default;

JsonNode JsonDocument::root() const { return {impl_.get(), static_cast<const Value*>(&impl_->document)}; }

Result<JsonDocument> JsonDocument::parse(std::string_view text, std::string_view what) {
  const auto refuse = [&](ErrorCode code, const std::string& why) {
    return fail(code, std::string(what) + ": not JSON that can be accepted: " + why);
  };
  if (!is_valid_utf8(text)) return refuse(ErrorCode::malformed, "it is not UTF-8.");
  JsonDocument parsed(std::make_unique<Impl>());
  Impl& impl = *parsed.impl_;
  impl.what = what;
  impl.buffer = text;
  rapidjson::InsituStringStream stream(impl.buffer.data());
  rapidjson::Reader reader;
  rapidjson::ParseResult outcome;
  std::optional<Error> refusal;
  auto feed = [&](rapidjson::Document& document) {
    StrictHandler handler{document};
    outcome = reader.Parse<rapidjson::kParseInsituFlag>(stream, handler);
    refusal = std::move(handler.refusal);
    return !outcome.IsError();
  };
  impl.document.Populate(feed);
  if (refusal) return refuse(refusal->code, refusal->detail);
  if (outcome.IsError()) {
    return refuse(ErrorCode::malformed, std::string(rapidjson::GetParseError_En(outcome.Code())) + " (byte " +
                                            std::to_string(outcome.Offset()) + ")");
  }
  // The parser takes a zero byte for the end of the text.
  if (stream.Tell() != text.size()) return refuse(ErrorCode::malformed, "bytes follow the value.");
  if (const Repeat repeat = find_repeat(impl.document); repeat.object) {
    return fail(JsonNode(&impl, repeat.object)
                    .error(ErrorCode::malformed, "has the member \"" + shown(repeat.name) + "\" twice."));
  }
  return parsed;
}

bool JsonNode::is_null() const { return as_value(value_).IsNull(); }
bool JsonNode::is_text() const { return as_value(value_).IsString(); }
bool JsonNode::is_object() const { return as_value(value_).IsObject(); }
bool JsonNode::is_array() const { return as_value(value_).IsArray(); }

Error JsonNode::error(ErrorCode code, std::string_view complaint) const {
  std::string place;
  find_place(document_->document, static_cast<const Value*>(value_), place);
  std::string detail = document_->what + ": ";
  detail += place.empty() ? "the whole value" : place;
  detail += ' ';
  detail += complaint;
  return {code, std::move(detail)};
}

Result<std::string_view> JsonNode::text() const {
  if (!is_text()) return fail(error(ErrorCode::malformed, "must be a text."));
  return view(as_value(value_));
}

Result<std::int64_t> JsonNode::integer(std::int64_t min, std::int64_t max) const {
  const Value& value = as_value(value_);
  if (!value.IsInt64() || value.GetInt64() < min || value.GetInt64() > max) {
    return fail(error(ErrorCode::malformed,
                      "must be an integer from " + std::to_string(min) + " to " + std::to_string(max) + "."));
  }
  return value.GetInt64();
}

Result<std::uint64_t> JsonNode::uint(std::uint64_t max) const {
  const auto bound = std::min<std::uint64_t>(max, max_json_integer);
  const auto value = integer(0, static_cast<std::int64_t>(bound));
  if (!value) return fail(value.error());
  return static_cast<std::uint64_t>(*value);
}

Result<bool> JsonNode::boolean() const {
  if (!as_value(value_).IsBool()) return fail(error(ErrorCode::malformed, "must be true or false."));
  return as_value(value_).GetBool();
}

Result<std::vector<JsonNode>> JsonNode::array(std::size_t min_size, std::size_t max_size) const {
  const Value& value = as_value(value_);
  if (!value.IsArray()) return fail(error(ErrorCode::malformed, "must be a list."));
  if (value.Size() > max_size) {
    return fail(error(ErrorCode::too_large, "has more than " + std::to_string(max_size) + " items."));
  }
  if (value.Size() < min_size) {
    return fail(error(ErrorCode::malformed, "has fewer than " + std::to_string(min_size) + " items."));
  }
  std::vector<JsonNode> items;
  items.reserve(value.Size());
  for (const Value& item : value.GetArray()) items.push_back(JsonNode(document_, &item));
  return items;
}

std::optional<JsonNode> JsonNode::optional_member(std::string_view name) const {
  const Value& value = as_value(value_);
  if (!value.IsObject()) return std::nullopt;
  for (const auto& member : value.GetObject()) {
    if (view(member.name) == name) return JsonNode(document_, &member.value);
  }
  return std::nullopt;
}

Result<JsonNode> JsonNode::member(std::string_view name) const {
  if (!is_object()) return fail(error(ErrorCode::malformed, "must be an object."));
  if (const auto found = optional_member(name)) return *found;
  return fail(error(ErrorCode::malformed, "lacks the member \"" + std::string(name) + "\"."));
}

Result<void> JsonNode::members(std::initializer_list<std::string_view> required,
                               std::initializer_list<std::string_view> optional) const {
  if (!is_object()) return fail(error(ErrorCode::malformed, "must be an object."));
  std::size_t known = 0;
  for (const std::string_view name : required) {
    if (const auto found = member(name); !found) return fail(found.error());
    ++known;
  }
  for (const std::string_view name : optional) known += optional_member(name).has_value();
  if (known == as_value(value_).MemberCount()) return {};
  const auto in = [](std::string_view name, const auto& list) {
    return std::find(list.begin(), list.end(), name) != list.end();
  };
  for (const auto& member : as_value(value_).GetObject()) {
    const std::string_view name = view(member.name);
    if (!in(name, required) && !in(name, optional)) {
      return fail(error(ErrorCode::malformed, "has an unknown member \"" + shown(name) + "\"."));
    }
  }
  return {};
}

void JsonNode::append_canonical(std::string& out) const { append_value(as_value(value_), out); }

}  // namespace suara::codec
