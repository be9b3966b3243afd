#pragma once
#include "tests/integration/http/site.hpp"

namespace suara::test {

// Asks once for everything that accounts, officials and devices can do, so that each answer is held against its
// description. `ani` is an administrator with the password "a long password".
void use_every_staff_operation(const TestSite& site, const StaffAccess& ani);

}  // namespace suara::test
