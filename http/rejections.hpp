#pragma once
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>

#include "core/base/error.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"

namespace suara::http {

// How many ballots each election refused lately, and how many it took: refused ones leave no trace in the ledger. In
// memory, of this process alone. Thread-safe.
class Rejections {
 public:
  static constexpr std::int64_t minutes = 10;     // looked back
  static constexpr std::uint64_t least = 10;      // refused ballots before their rate says anything
  static constexpr std::uint64_t one_in = 10;     // that an alert is about: more than one in so many

  void accepted(const ElectionUuid& uuid, Timestamp now);
  // Counts what says something about the ballot or its sender; not a closed election, a busy server, a lost database.
  void refused(const ElectionUuid& uuid, ErrorCode why, Timestamp now);

  struct Rate {
    std::uint64_t accepted = 0;
    std::uint64_t refused = 0;
    Timestamp since;  // of the first minute in it with a refused ballot
    bool unusual() const { return refused >= least && refused * one_in > refused + accepted; }
  };
  Rate rate(const ElectionUuid& uuid, Timestamp now) const;

 private:
  struct Minute {
    std::uint64_t accepted = 0;
    std::uint64_t refused = 0;
  };
  using Minutes = std::map<std::int64_t, Minute>;  // by minutes since 1970
  Minute& minute(const ElectionUuid& uuid, Timestamp now);

  mutable std::mutex mutex_;
  std::map<ElectionUuid, Minutes> elections_;
};

}  // namespace suara::http
