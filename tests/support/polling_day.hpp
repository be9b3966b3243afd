#pragma once
#include "tests/support/held_election.hpp"

// An election with everything that happens around a polling day: appointments, two members for each sensitive step,
// officers, devices, a reserve of codes, a schedule, and things that went wrong and were put right.
namespace suara::test {

inline const election::Actor second_member{election::Role::committee, "budi"};

class PollingDay : public HeldElection {
 public:
  static constexpr std::int64_t hour = 3'600'000;
  const PlaceId place{"tps-1"};

  static election::Draft draft_of_day(Timestamp opens);

  void set_up_day(election::OpenLedger opened);

  // Voters 0 to 2 at the place, spare codes 3 and 4.
  void enrol_day();

  void seal_day();

  void vote_day();

  void certify_day();

  void cancel_day();
};

}  // namespace suara::test
