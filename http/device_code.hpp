#pragma once
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"

// What a device is claimed with: typed by hand, once, within a quarter of an hour.
namespace suara::http::device_code {

constexpr std::int64_t lifetime_ms = 15 * 60'000;
constexpr std::size_t length = 8;  // 40 bits: with five wrong tries a minute nobody finds one in time

std::string random_code();  // of digits and capitals without I, L, O and U
std::string random_device_id();
// As typed: small letters, spaces and dashes do not matter, and what looks alike is the same.
std::string tidied(std::string_view typed);
// What is stored of it.
Hash hash(std::string_view code);

}  // namespace suara::http::device_code
