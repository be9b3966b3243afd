#include "core/ballot/encrypt.hpp"
#include "core/codec/belenios.hpp"
#include "tests/support/bel_mutants.hpp"

// Ballots whose proofs, signature or owner are wrong, and ballots that are dropped, moved or repeated.
namespace suara::test {
namespace {

using ballot::Ballot;
using ballot::Proof;
using crypto::Scalar;

const Scalar one = Scalar::from_u64(1);

void shift(std::vector<Proof>& proofs) {  // the sum of the challenges stays
  proofs.at(0).challenge = proofs[0].challenge + one;
  proofs.at(1).challenge = proofs[1].challenge - one;
}

std::string honest(BelMutants& m, const ballot::Election& election, const crypto::SecretScalar& secret,
                   const std::vector<std::vector<unsigned>>& choices) {
  const auto ballot = ballot::encrypt(election, secret, choices).value();
  return m.signed_text(m.unsigned_text(ballot), secret);
}

// Threshold: ballot 3 (voter 4) marks D, ballot 1 (voter 2) is blank. Question 1 has blank, A, B, C, D and 1..2 marks.
void add_proofs(BelMutants& basic, BelMutants& threshold) {
  basic.ballot("individual-proof", 4, [](Ballot& b) { spoil(b.answers[0].individual_proofs[2][1]); });
  basic.ballot("individual-proof-challenges-shifted", 4, [](Ballot& b) { shift(b.answers[0].individual_proofs[2]); });
  basic.ballot("individual-proofs-swapped", 4,
               [](Ballot& b) { std::swap(b.answers[0].individual_proofs[1], b.answers[0].individual_proofs[2]); });
  basic.ballot("overall-proof", 9, [](Ballot& b) { spoil(b.answers[0].overall_proof[0]); });
  threshold.ballot("individual-proof", 3, [](Ballot& b) { spoil(b.answers[1].individual_proofs[0][0]); });
  threshold.ballot("individual-proof-of-blank", 3, [](Ballot& b) { spoil(b.answers[0].individual_proofs[0][0]); });
  threshold.ballot("overall-proof-without-blank", 3, [](Ballot& b) { spoil(b.answers[1].overall_proof[3]); });
  threshold.ballot("overall-proof-of-blank", 3, [](Ballot& b) { spoil(b.answers[0].overall_proof[0]); });
  threshold.ballot("overall-proof-of-marks", 1, [](Ballot& b) { spoil(b.answers[0].overall_proof[2]); });
  threshold.ballot("overall-proof-shifted", 1, [](Ballot& b) { shift(b.answers[0].overall_proof); });
  threshold.ballot("blank-proof-of-blank", 3, [](Ballot& b) { spoil(b.answers[0].blank_proof[0]); });
  threshold.ballot("blank-proof-of-marks", 1, [](Ballot& b) { spoil(b.answers[0].blank_proof[1]); });
  threshold.ballot("blank-proof-shifted", 1, [](Ballot& b) { shift(b.answers[0].blank_proof); });
  threshold.ballot("blank-proof-exchanged", 3,
                   [](Ballot& b) { std::swap(b.answers[0].blank_proof[0], b.answers[0].blank_proof[1]); });
  threshold.ballot("blank-proof-missing", 3, [](Ballot& b) { b.answers[0].blank_proof.clear(); });
  threshold.ballot("blank-proof-not-allowed", 3,
                   [](Ballot& b) { b.answers[1].blank_proof = b.answers[0].blank_proof; });
  threshold.ballot("blank-choice-exchanged", 1,
                   [](Ballot& b) { std::swap(b.answers[0].choices[0], b.answers[0].choices[1]); });
  basic.ballot("ciphertext", 2, [](Ballot& b) {
    auto& beta = b.answers[0].choices[1].beta;
    beta = beta * crypto::Element::generator();
  });
  basic.ballot("choice-missing", 2, [](Ballot& b) {
    b.answers[0].choices.pop_back();
    b.answers[0].individual_proofs.pop_back();
  });
  threshold.ballot("answers-exchanged", 2, [](Ballot& b) { std::swap(b.answers[0], b.answers[1]); });
}

// Each mark is proved honestly; only the proof about all of them together is not the election's.
void add_overvotes(BelMutants& basic, BelMutants& threshold) {
  basic.parts("two-marks-of-one", "ballots", [&](BelParts& parts) {
    auto lax = basic.source().election;
    lax.questions[0].max = 2;
    const auto& secret = basic.source().voters[1];
    auto ballot = ballot::encrypt(lax, secret, {{1, 1, 0, 0}}).value();
    ballot.answers[0].overall_proof.erase(ballot.answers[0].overall_proof.begin());
    parts.ballots[1] = basic.signed_text(basic.unsigned_text(ballot), secret);
  });
  threshold.parts("blank-and-a-mark", "ballots", [&](BelParts& parts) {
    auto lax = threshold.source().election;
    lax.questions[0].blank = false;
    lax.questions[0].answers.insert(lax.questions[0].answers.begin(), "Kosong");
    const auto& secret = threshold.source().voters[1];
    auto ballot = ballot::encrypt(lax, secret, {{1, 1, 0, 0, 0}, {0, 0, 0}}).value();
    const auto blank = ballot::encrypt(threshold.source().election, secret, {{1, 0, 0, 0, 0}, {0, 0, 0}}).value();
    ballot.answers[0].overall_proof = blank.answers[0].overall_proof;
    ballot.answers[0].blank_proof = blank.answers[0].blank_proof;
    parts.ballots[1] = threshold.signed_text(threshold.unsigned_text(ballot), secret);
  });
}

void add_owners(BelMutants& basic, BelMutants& threshold) {
  basic.parts("signature-response", "ballots", [](BelParts& parts) {
    auto ballot = BelMutants::read(parts.ballots[3]);
    spoil(ballot.signature.proof);
    parts.ballots[3] = codec::write_ballot(ballot);
  });
  basic.parts("signature-of-other-bytes", "ballots", [](BelParts& parts) {
    auto ballot = BelMutants::read(parts.ballots[3]);
    ballot.signature = BelMutants::read(parts.ballots[2]).signature;
    parts.ballots[3] = codec::write_ballot(ballot);
  });
  basic.parts("signature-by-another-voter", "ballots", [&](BelParts& parts) {
    const auto ballot = BelMutants::read(parts.ballots[3]);
    parts.ballots[3] = basic.signed_text(basic.unsigned_text(ballot), basic.source().voters[11]);
  });
  threshold.parts("signature-challenge", "ballots", [](BelParts& parts) {
    auto ballot = BelMutants::read(parts.ballots[0]);
    ballot.signature.proof.challenge = ballot.signature.proof.challenge + one;
    parts.ballots[0] = codec::write_ballot(ballot);
  });
  basic.parts("credential-not-in-roll", "ballots", [&](BelParts& parts) {
    const auto stranger = crypto::SecretScalar::random();
    parts.ballots.push_back(honest(basic, basic.source().election, stranger, {{0, 1, 0, 0}}));
  });
  basic.parts("election-hash-of-another", "ballots", [&](BelParts& parts) {
    auto other = basic.source().election;
    other.fingerprint = threshold_source().election.fingerprint;
    parts.ballots[1] = honest(basic, other, basic.source().voters[1], {{0, 1, 0, 0}});
  });
  basic.parts("election-uuid-of-another", "ballots", [&](BelParts& parts) {
    auto other = basic.source().election;
    other.uuid = threshold_source().election.uuid;
    parts.ballots[1] = honest(basic, other, basic.source().voters[1], {{0, 1, 0, 0}});
  });
  basic.parts("answers-of-another-voter", "ballots", [&](BelParts& parts) {
    auto ballot = BelMutants::read(parts.ballots[1]);
    ballot.credential = crypto::g_pow(basic.source().voters[11].expose());
    parts.ballots.push_back(basic.signed_by_voter(ballot));
  });
  basic.ballot("ciphertext-of-another-voter", 3, [&](Ballot& b) {
    b.answers[0].choices[0] = BelMutants::read(basic.source().parts.ballots[2]).answers[0].choices[0];
  });
}

// Nothing is wrong with any of these ballots; what is wrong is where and how often they stand.
void add_places(BelMutants& basic, BelMutants& threshold) {
  basic.parts("ballot-repeated", "ballots", [](BelParts& parts) { parts.ballots.push_back(parts.ballots[4]); });
  basic.parts("ballot-signed-again-and-repeated", "ballots", [&](BelParts& parts) {
    parts.ballots.push_back(basic.signed_by_voter(BelMutants::read(parts.ballots[4])));
  });
  threshold.parts("ballot-signed-again-and-repeated", "ballots", [&](BelParts& parts) {
    parts.ballots.insert(parts.ballots.begin() + 2, threshold.signed_by_voter(BelMutants::read(parts.ballots[1])));
  });
  basic.parts("ballot-dropped", "tally", [](BelParts& parts) { parts.ballots.erase(parts.ballots.begin() + 4); });
  threshold.parts("ballot-dropped", "tally", [](BelParts& parts) { parts.ballots.erase(parts.ballots.begin() + 6); });
  basic.parts("first-ballot-of-re-vote-last", "tally",
              [](BelParts& parts) { std::swap(parts.ballots[0], parts.ballots[8]); });
  threshold.parts("re-vote-dropped", "tally", [](BelParts& parts) { parts.ballots.erase(parts.ballots.begin() + 5); });
  basic.parts("ballot-stuffed", "tally", [&](BelParts& parts) {
    parts.ballots.push_back(honest(basic, basic.source().election, basic.source().voters[10], {{0, 0, 0, 1}}));
  });
  threshold.parts("ballot-replaced", "tally", [&](BelParts& parts) {
    parts.ballots[6] =
        honest(threshold, threshold.source().election, threshold.source().voters[5], {{0, 1, 0, 0, 0}, {0, 0, 0}});
  });
  basic.steps("ballot-after-the-end", "legality", [](std::vector<BelStep>& steps) { std::swap(steps[10], steps[11]); });
  // One that a re-vote replaced anyway, so that the tally is right without it.
  threshold.steps("ballot-after-the-tally", "legality", [](std::vector<BelStep>& steps) {
    const auto late = steps[2];
    steps.erase(steps.begin() + 2);
    steps.insert(steps.begin() + 9, late);
  });
}

}  // namespace

void spoil(Proof& proof) { proof.response = proof.response + one; }

void add_ballot_mutants(BelMutants& basic, BelMutants& threshold) {
  add_proofs(basic, threshold);
  add_overvotes(basic, threshold);
  add_owners(basic, threshold);
  add_places(basic, threshold);
}

}  // namespace suara::test
