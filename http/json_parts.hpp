#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "core/base/time.hpp"
#include "core/codec/json_writer.hpp"

// Small pieces of JSON that several views write.
namespace suara::http::views {

using codec::JsonWriter;

inline JsonWriter writer() { return JsonWriter(JsonWriter::Order::as_written); }

inline void time_or_null(JsonWriter& json, std::string_view name, const std::optional<Timestamp>& time) {
  json.key(name);
  if (time) {
    json.text(format_time(*time));
  } else {
    json.null();
  }
}

inline void text_or_null(JsonWriter& json, std::string_view name, const std::string* text) {
  json.key(name);
  if (text != nullptr) {
    json.text(*text);
  } else {
    json.null();
  }
}

inline void number_or_null(JsonWriter& json, std::string_view name, const std::optional<std::uint64_t>& number) {
  json.key(name);
  if (number) {
    json.number(*number);
  } else {
    json.null();
  }
}

}  // namespace suara::http::views
