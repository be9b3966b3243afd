#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

// For the line formats of this folder (checkpoints, receipts, paths); nobody else's business.
namespace suara::log {

// Takes the next line off `rest`, without its line feed; nothing where no line feed is left.
std::optional<std::string_view> take_line(std::string_view& rest);

// Decimal without sign, white space or leading zeros, at most `max`.
std::optional<std::uint64_t> parse_decimal(std::string_view text, std::uint64_t max);

}  // namespace suara::log
