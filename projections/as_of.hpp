#pragma once
#include <cstdint>
#include <optional>

#include "core/base/time.hpp"

namespace suara::projections {

// How much of a ledger a read stands for.
struct AsOf {
  std::uint64_t entries = 0;      // entries folded in
  std::optional<Timestamp> time;  // of the last of them
  bool operator==(const AsOf&) const = default;
};

}  // namespace suara::projections
