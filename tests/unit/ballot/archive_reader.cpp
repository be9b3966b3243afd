#include "tests/unit/ballot/archive_reader.hpp"

#include <sstream>

namespace suara::test {

namespace {

// Lives as long as the program: the archive's views point into `bytes`.
const VectorElection* read(const std::string& name) {
  auto* v = new VectorElection;
  v->bytes = read_file(vector_path("belenios/" + name + "/election.bel"));
  v->archive = codec::read_bel_archive(v->bytes).value();
  v->setup = codec::read_setup_data(v->payload(v->archive.events.at(0))).value();
  v->election = codec::read_election(v->archive.data.at(v->setup.election)).value();
  v->trustees = codec::read_trustees(v->archive.data.at(v->setup.trustees)).value();
  v->credentials = codec::read_public_credentials(v->archive.data.at(v->setup.credentials)).value();
  return v;
}

}  // namespace

const VectorElection& VectorElection::basic() {
  static const VectorElection* const basic = read("basic");
  return *basic;
}

const VectorElection& VectorElection::threshold() {
  static const VectorElection* const threshold = read("threshold");
  return *threshold;
}

std::vector<std::string_view> VectorElection::payloads(codec::BelEventType type) const {
  std::vector<std::string_view> out;
  for (const auto& event : archive.events) {
    if (event.type == type) out.push_back(payload(event));
  }
  return out;
}

std::vector<std::string> vector_lines(const std::string& name) {
  std::istringstream in(read_file(vector_path("belenios/" + name)));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace suara::test
