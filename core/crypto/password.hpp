#pragma once
#include <string>
#include <string_view>

// Staff passwords: argon2id in libsodium's text form ("$argon2id$v=19$...").
namespace suara::crypto {

// Interactive limits (64 MiB, about 0.1 s): one core answers about ten logins a second.
std::string hash_password(std::string_view password);
bool password_matches(const std::string& stored, std::string_view password);

}  // namespace suara::crypto
