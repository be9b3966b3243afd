#pragma once
#include <string>

#include "tests/integration/http/site.hpp"

namespace suara::test {

// A download once it is written and checked. Gives the last answer where that takes longer than twenty seconds.
HttpReply downloaded(const TestSite& site, const std::string& target);

}  // namespace suara::test
