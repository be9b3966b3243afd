#pragma once
#include "core/ballot/types.hpp"

// Opening a challenged ballot: with the exponents its ciphertexts were made with, anyone sees what it holds. Such a
// ballot is never counted.
namespace suara::ballot {

using Randomness = std::vector<std::vector<Scalar>>;   // [question][choice], see Question::choices()
using MarkTable = std::vector<std::vector<unsigned>>;  // the same, 0 or 1 each

// The marks with alpha = g^r and beta = y^r g^mark for every choice. The ballot's own proofs are verify()'s matter.
// Errors: wrong_choices (a shape), invalid_proof, naming the first question and choice that the randomness does not
// open.
Result<MarkTable> open_ballot(const Election& election, const Ballot& ballot, const Randomness& randomness);

}  // namespace suara::ballot
