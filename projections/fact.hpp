#pragma once
#include <variant>

#include "core/election/events.hpp"
#include "ledger/event_store.hpp"

namespace suara::projections {

// Of a ballot the folds need only this; its ciphertexts and proofs are never decoded here.
struct BallotFact {
  ballot::Element credential;
  Hash tracker;
};

// The same of a ballot that was challenged, which never counts.
struct ChallengeFact {
  ballot::Element credential;
  Hash tracker;
};

// VoterVerified: an officer marked the voter as present.
struct AttendanceFact {
  Hash voter;  // commitment
  PlaceId place;
};

// VoterVerified: a voter signed in with the credential.
struct SignInFact {
  ballot::Element credential;
};

// An entry as the folds see it.
struct Fact {
  Seq seq;
  Timestamp time;
  std::variant<std::monostate, BallotFact, ChallengeFact, AttendanceFact, SignInFact, election::Event> what;
};

// Errors: those of codec::read_recorded.
Result<Fact> read_fact(const ledger::EntryRow& row);

}  // namespace suara::projections
