#pragma once
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace suara {

// A text that may not be mixed up with another kind of text.
template <class Tag>
struct TextId {
  std::string value;

  auto operator<=>(const TextId&) const = default;
  const std::string& str() const { return value; }
  bool empty() const { return value.empty(); }
};

using ElectionUuid = TextId<struct ElectionUuidTag>;  // >= 14 base58 characters; names election and ledger
using Origin = TextId<struct OriginTag>;              // `ledger` of every entry, key name and checkpoint origin
using PlaceId = TextId<struct PlaceIdTag>;            // polling place, e.g. "tps-1"
using VoterId = TextId<struct VoterIdTag>;            // the roll's own number for a voter; never in the ledger

// Position of an entry in its ledger, from 0.
struct Seq {
  std::uint64_t value{};
  auto operator<=>(const Seq&) const = default;
};

// The database's number for a ledger; has no meaning outside one database.
struct LedgerId {
  std::uint32_t value{};
  auto operator<=>(const LedgerId&) const = default;
};

}  // namespace suara
