#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/time.hpp"

// Codes of an authenticator app (RFC 6238): HMAC-SHA1, a step of 30 seconds, six digits.
namespace suara::http::totp {

constexpr std::int64_t step_ms = 30'000;
constexpr unsigned digits = 6;
constexpr std::size_t secret_size = 20;

Bytes new_secret();
std::uint64_t step_at(Timestamp now);
// RFC 4226, of which `step` is the counter; up to nine digits.
std::string code(ByteView secret, std::uint64_t step, unsigned length = digits);
// The step whose code this is: the present one, the one before or the one after, but only one after `last`, since each
// code is good once. Nothing where the code is none of theirs.
std::optional<std::uint64_t> matching_step(ByteView secret, std::string_view shown, Timestamp now, std::uint64_t last);

std::string base32(ByteView bytes);  // RFC 4648, without padding
// What the app reads from a QR code.
std::string key_uri(std::string_view login, std::string_view secret_base32);

}  // namespace suara::http::totp
