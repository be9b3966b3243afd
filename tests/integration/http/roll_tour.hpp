#pragma once
#include "tests/integration/http/site.hpp"

namespace suara::test {

// Asks once for everything that is done to voters and their codes, so that each answer is held against its description.
void use_every_roll_operation(const TestSite& site);

}  // namespace suara::test
