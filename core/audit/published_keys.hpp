#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/election/types.hpp"
#include "core/log/vkey.hpp"

namespace suara::audit {

// keys.json: {"ledger":[vkey...],"policy":{"witnesses":k},"witnesses":[vkey...]}, members in any order.
struct PublishedKeys {
  std::vector<log::VerifierKey> ledger;  // oldest first, at least one
  std::vector<std::string> witnesses;
  std::uint64_t witnesses_needed = 0;
};

constexpr std::size_t max_keys_json = 65536;  // bytes that anybody reads of a keys.json

std::string write_published_keys(std::span<const log::VerifierKey> ledger,
                                 const std::optional<election::WitnessPolicy>& witnesses);
// Errors: malformed, integrity, unsupported (a key of another algorithm).
Result<PublishedKeys> read_published_keys(std::string_view json);

}  // namespace suara::audit
