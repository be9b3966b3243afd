#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tools/cli/outcome.hpp"

// What the registrar hands out: one secret code a voter, as a table and as cards to print and cut.
namespace suara::cli {

struct VoterCard {
  std::string id;
  std::string name;
  std::string klass;
  std::string place;  // id
  std::string place_name;
  std::string code;          // secret
  std::uint64_t weight = 1;  // how many times the vote counts
};

struct CardSheet {
  std::string election;  // its name
  std::string vote_url;  // where codes are typed; a card's link is this, '#' and the code
};

// "voter,name,class,place,code,link", a line a card, in the order given. RFC 4180 with LF.
Outcome<void> write_credentials_csv(const std::filesystem::path& path, const CardSheet& sheet,
                                    const std::vector<VoterCard>& cards);

// One HTML file without anything from outside: A4, eight cards a page with lines to cut along, by place, class, name.
Outcome<void> write_cards_html(const std::filesystem::path& path, const CardSheet& sheet,
                               const std::vector<VoterCard>& cards);

}  // namespace suara::cli
