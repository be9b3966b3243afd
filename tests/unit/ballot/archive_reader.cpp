#include "tests/unit/ballot/archive_reader.hpp"

#include <sstream>

namespace suara::test {

const BasicElection& BasicElection::get() {
  static const BasicElection* const basic = [] {
    auto* b = new BasicElection;  // lives as long as the program: the archive's views point into `bytes`
    b->bytes = read_file(vector_path("belenios/basic/election.bel"));
    b->archive = codec::read_bel_archive(b->bytes).value();
    b->setup = codec::read_setup_data(b->payload(b->archive.events.at(0))).value();
    b->election = codec::read_election(b->archive.data.at(b->setup.election)).value();
    b->trustees = codec::read_trustees(b->archive.data.at(b->setup.trustees)).value();
    b->credentials = codec::read_public_credentials(b->archive.data.at(b->setup.credentials)).value();
    return b;
  }();
  return *basic;
}

std::vector<std::string_view> BasicElection::payloads(codec::BelEventType type) const {
  std::vector<std::string_view> out;
  for (const auto& event : archive.events) {
    if (event.type == type) out.push_back(payload(event));
  }
  return out;
}

std::vector<std::string> basic_lines(const std::string& name) {
  std::istringstream in(read_file(vector_path("belenios/basic/" + name)));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace suara::test
