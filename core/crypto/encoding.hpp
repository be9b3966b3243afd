#pragma once
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

// Texts of bytes. Decoders accept one form only (no white space, no alternative spellings), so that a
// value has exactly one text. Errors: malformed.
namespace suara::crypto {

std::string to_hex(ByteView bytes);             // lower case
Result<Bytes> from_hex(std::string_view text);  // lower case only, even length
Result<Hash> hash_from_hex(std::string_view text);

std::string to_base64(ByteView bytes);             // RFC 4648, padded
std::string to_base64_unpadded(ByteView bytes);    // trackers and fingerprints
Result<Bytes> from_base64(std::string_view text);  // padded; trailing bits must be zero
Result<Bytes> from_base64_unpadded(std::string_view text);
Result<Hash> hash_from_base64(std::string_view text);           // padded, 44 characters
Result<Hash> hash_from_base64_unpadded(std::string_view text);  // 43 characters

}  // namespace suara::crypto
