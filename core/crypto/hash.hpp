#pragma once
#include <initializer_list>
#include <string_view>

#include "core/base/bytes.hpp"

namespace suara::crypto {

Hash sha256(ByteView bytes);
inline Hash sha256(std::string_view text) { return sha256(as_bytes(text)); }

// SHA-256 of the parts laid end to end.
Hash sha256(std::initializer_list<ByteView> parts);

// HMAC-SHA-256 and PBKDF2-HMAC-SHA256 with a 32-byte output (RFC 8018, one block).
Hash hmac_sha256(ByteView key, ByteView message);
Hash pbkdf2_sha256(std::string_view password, std::string_view salt, unsigned iterations);

}  // namespace suara::crypto
