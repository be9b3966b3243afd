#include "http/device_code.hpp"

#include <array>

#include "core/crypto/hash.hpp"
#include "core/crypto/secret.hpp"

namespace suara::http::device_code {
namespace {

// Both alphabets have 32 letters, so that no letter is likelier than another.
constexpr std::string_view code_letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view id_letters = "0123456789abcdefghjkmnpqrstvwxyz";

std::string random_text(std::string_view letters) {
  std::array<std::uint8_t, length> bytes{};
  crypto::random_fill(bytes);
  std::string text;
  for (const std::uint8_t byte : bytes) text += letters[byte % 32];
  return text;
}

}  // namespace

std::string random_code() { return random_text(code_letters); }

std::string random_device_id() { return random_text(id_letters); }

std::string tidied(std::string_view typed) {
  std::string code;
  for (char c : typed) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == ' ' || c == '-') continue;
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    code += c;
  }
  return code;
}

Hash hash(std::string_view code) { return crypto::sha256(code); }

}  // namespace suara::http::device_code
