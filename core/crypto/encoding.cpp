#include "core/crypto/encoding.hpp"

#include <algorithm>
#include <array>

namespace suara::crypto {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<std::int8_t, 256> reverse_of(std::string_view digits) {
  std::array<std::int8_t, 256> table{};
  for (auto& entry : table) entry = -1;
  for (std::size_t i = 0; i < digits.size(); ++i)
    table[static_cast<std::uint8_t>(digits[i])] = static_cast<std::int8_t>(i);
  return table;
}

constexpr auto hex_values = reverse_of(hex_digits);
constexpr auto base64_values = reverse_of(base64_digits);

int value_of(const std::array<std::int8_t, 256>& table, char c) { return table[static_cast<std::uint8_t>(c)]; }

// `text` without padding. A value has one text, so left-over bits must be zero.
Result<Bytes> decode_base64_digits(std::string_view text) {
  if (text.size() % 4 == 1) return fail(ErrorCode::malformed, "The base64 text has an impossible length.");
  Bytes out;
  out.reserve(text.size() * 3 / 4);
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    const int value = value_of(base64_values, c);
    if (value < 0) return fail(ErrorCode::malformed, "The base64 text has a character outside A-Z, a-z, 0-9, + and /.");
    bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0xffffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out.push_back(static_cast<std::uint8_t>(bits >> held));
    }
  }
  if ((bits & ((1u << held) - 1)) != 0) return fail(ErrorCode::malformed, "The base64 text has stray bits at its end.");
  return out;
}

Result<Hash> hash_of(Result<Bytes> bytes) {
  if (!bytes) return fail(std::move(bytes).error());
  Hash hash;
  if (bytes->size() != hash.bytes.size()) return fail(ErrorCode::malformed, "A hash must have exactly 32 bytes.");
  std::copy(bytes->begin(), bytes->end(), hash.bytes.begin());
  return hash;
}

}  // namespace

std::string to_hex(ByteView bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    out.push_back(hex_digits[byte >> 4]);
    out.push_back(hex_digits[byte & 15]);
  }
  return out;
}

Result<Bytes> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return fail(ErrorCode::malformed, "A hexadecimal text must have an even number of digits.");
  Bytes out(text.size() / 2);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const int high = value_of(hex_values, text[2 * i]), low = value_of(hex_values, text[2 * i + 1]);
    if (high < 0 || low < 0) return fail(ErrorCode::malformed, "A hexadecimal text may only hold 0-9 and a-f.");
    out[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return out;
}

Result<Hash> hash_from_hex(std::string_view text) {
  if (text.size() != 64) return fail(ErrorCode::malformed, "A hash in hexadecimal must have 64 digits.");
  return hash_of(from_hex(text));
}

std::string to_base64_unpadded(ByteView bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  std::uint32_t bits = 0;
  int held = 0;
  for (const std::uint8_t byte : bytes) {
    bits = (bits << 8 | byte) & 0xffffff;
    held += 8;
    while (held >= 6) {
      held -= 6;
      out.push_back(base64_digits[bits >> held & 63]);
    }
  }
  if (held > 0) out.push_back(base64_digits[bits << (6 - held) & 63]);
  return out;
}

std::string to_base64(ByteView bytes) {
  std::string out = to_base64_unpadded(bytes);
  out.append((4 - out.size() % 4) % 4, '=');
  return out;
}

Result<Bytes> from_base64_unpadded(std::string_view text) { return decode_base64_digits(text); }

Result<Bytes> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return fail(ErrorCode::malformed, "The base64 text must be padded to a multiple of 4.");
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  return decode_base64_digits(text.substr(0, text.size() - padding));
}

Result<Hash> hash_from_base64(std::string_view text) {
  if (text.size() != 44) return fail(ErrorCode::malformed, "A hash in base64 must have 44 characters.");
  return hash_of(from_base64(text));
}

Result<Hash> hash_from_base64_unpadded(std::string_view text) {
  if (text.size() != 43) return fail(ErrorCode::malformed, "A hash in base64 without padding must have 43 characters.");
  return hash_of(from_base64_unpadded(text));
}

}  // namespace suara::crypto
