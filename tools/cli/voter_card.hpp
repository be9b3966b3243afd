#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tools/cli/outcome.hpp"

// What the registrar hands out: one secret code a voter, as cards to print and cut.
namespace suara::cli {

struct VoterCard {
  std::string id;    // the voter's number; of a card that is nobody's yet, the number printed on it
  std::string name;  // empty where the card is nobody's yet
  std::string klass;
  std::string place;  // id
  std::string place_name;
  std::string code;          // secret
  std::uint64_t weight = 1;  // how many times the vote counts
  std::string public_key{};  // of the code: its public credential, 64 hex digits; empty before it is drawn
};

struct CardSheet {
  std::string title;     // of each card: "Kartu pemilih"
  std::string election;  // its name
  std::string vote_url;  // where codes are typed; a card's link is this, '#' and the code
};

// One HTML file without anything from outside: A4, eight cards a page with lines to cut along, by place, class, name.
Outcome<void> write_cards_html(const std::filesystem::path& path, const CardSheet& sheet,
                               const std::vector<VoterCard>& cards);

}  // namespace suara::cli
