#pragma once
#include <string>

#include "tests/integration/cli/running_service.hpp"

namespace suara::test {

// Drafts an election of two pairs and two polling places with the tally policy and number of trustees; gives its uuid.
std::string draft_election(const RunningService& service, const std::string& tally, int trustees = 1);

// The text of a member of a JSON object that a command printed. Throws where there is none.
std::string text_of(const std::string& json, const std::string& member);

}  // namespace suara::test
