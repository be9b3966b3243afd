#pragma once
#include "core/ballot/types.hpp"

namespace suara::ballot {

// Proof that a ballot passed every check that needs only the election: uuid and fingerprint, shape against
// the questions, every proof, the signature. Only verify() makes one; decide() asks for it.
// Membership of the credential, repeats and phase are for decide(), which knows the ledger.
class VerifiedBallot {
 public:
  const Ballot& ballot() const { return ballot_; }

 private:
  explicit VerifiedBallot(Ballot ballot) : ballot_(std::move(ballot)) {}
  friend Result<VerifiedBallot> verify(const Election& election, Ballot ballot);
  Ballot ballot_;
};

// The ballot must come from codec::read_ballot or encrypt: that its elements are in the group is not checked again.
// Errors: wrong_election, wrong_choices, invalid_proof, invalid_signature, repeated_ciphertext (within the ballot).
Result<VerifiedBallot> verify(const Election& election, Ballot ballot);

}  // namespace suara::ballot
