#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "tests/integration/cli/running_service.hpp"

namespace suara::test {

// A line of the credentials.csv that `suara credentials generate` wrote.
struct Line {
  std::string voter, name, klass, place, code, link;
};
std::vector<Line> read_credentials(const std::filesystem::path& path);

// What the voter's browser does; marks[question][choice], the blank vote first where there is one.
void vote(const RunningService& service, const std::string& uuid, const std::string& code,
          const std::vector<std::vector<unsigned>>& marks);

// Closes as ani and waits for the tally, which the service computes by itself soon after.
void close_and_count(const RunningService& service, const std::string& uuid);

void succeed(const Ended& ended);
int mode_of(const std::filesystem::path& path);

}  // namespace suara::test
