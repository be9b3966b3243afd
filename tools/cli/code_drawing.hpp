#pragma once
#include <string>
#include <vector>

#include "core/ballot/types.hpp"
#include "core/base/ids.hpp"
#include "tools/cli/voter_card.hpp"

// The codes of an election, as they are drawn on the registrar's machine.
namespace suara::cli {

// Whose card is whose. `envelopes` bear no name: an officer hands one to a voter whose attendance was marked.
// `reserve` are spare: none is good before the registrar puts it in the place of a lost one.
struct Cards {
  std::vector<VoterCard> assigned;
  std::vector<VoterCard> envelopes;
  std::vector<VoterCard> reserve;
};

// Cards for this roll: unassigned where a voter gets the code at the polling place (`delivery` is "place" in
// `at_place`), and of reserve `percent` of each place's cards of one weight, rounded up.
Cards lay_out_cards(std::vector<VoterCard> roll, const std::vector<bool>& at_place, double percent);

// Draws a fresh code for each card; gives the public credentials in the same order.
std::vector<ballot::PublicCredential> draw_codes(std::vector<VoterCard>& cards, const ElectionUuid& uuid,
                                                 const std::string& label);

// The body of POST credentials: each list sorted within its place, so that the order tells nothing of who holds which.
std::string public_list(const Cards& cards, const std::vector<ballot::PublicCredential>& assigned,
                        const std::vector<ballot::PublicCredential>& envelopes,
                        const std::vector<ballot::PublicCredential>& reserve);

}  // namespace suara::cli
