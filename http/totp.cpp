#include "http/totp.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <stdexcept>

#include "core/crypto/secret.hpp"

namespace suara::http::totp {

Bytes new_secret() {
  Bytes secret(secret_size);
  crypto::random_fill(secret);
  return secret;
}

std::uint64_t step_at(Timestamp now) { return static_cast<std::uint64_t>(now.ms / step_ms); }

std::string code(ByteView secret, std::uint64_t step, unsigned length) {
  std::array<std::uint8_t, 8> counter{};
  for (std::size_t i = 0; i < counter.size(); ++i) counter[i] = static_cast<std::uint8_t>(step >> (8 * (7 - i)));
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> mac{};
  unsigned size = 0;
  if (HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(), counter.size(), mac.data(),
           &size) == nullptr) {
    throw std::runtime_error("HMAC-SHA1 is not available");
  }
  const std::size_t at = mac[size - 1] & 0x0f;
  std::uint32_t number = mac[at] & 0x7f;
  for (std::size_t i = 1; i < 4; ++i) number = number << 8 | mac[at + i];
  std::string text(length, '0');
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit, number /= 10) {
    *digit = static_cast<char>('0' + number % 10);
  }
  return text;
}

std::optional<std::uint64_t> matching_step(ByteView secret, std::string_view shown, Timestamp now, std::uint64_t last) {
  const std::uint64_t present = step_at(now);
  std::optional<std::uint64_t> found;
  for (std::uint64_t step = present == 0 ? 0 : present - 1; step <= present + 1; ++step) {
    const std::string right = code(secret, step);
    if (crypto::equal_constant_time(as_bytes(right), as_bytes(shown)) && step > last && !found) found = step;
  }
  return found;
}

std::string base32(ByteView bytes) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const std::uint8_t byte : bytes) {
    bits = (bits << 8 | byte) & 0xfff;
    count += 8;
    while (count >= 5) {
      count -= 5;
      text += alphabet[bits >> count & 31];
    }
  }
  if (count > 0) text += alphabet[bits << (5 - count) & 31];
  return text;
}

std::string key_uri(std::string_view login, std::string_view secret_base32) {
  return "otpauth://totp/Suara:" + std::string(login) + "?secret=" + std::string(secret_base32) +
         "&issuer=Suara&algorithm=SHA1&digits=6&period=30";
}

}  // namespace suara::http::totp
