#include "tests/support/bel_mutants.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "core/audit/bel_audit.hpp"

using namespace suara;

TEST_CASE("each falsified archive is refused by the check that looks at its kind of lie") {
  audit::Options options;
  std::set<std::string> names;
  std::map<std::string, int> of_check;
  for (const auto& mutant : test::all_bel_mutants()) {
    INFO(mutant.name);
    CHECK(names.insert(mutant.name).second);
    ++of_check[mutant.check];
    const auto report = audit::audit_bel(mutant.bytes, options);
    CHECK_FALSE(report.verified());
    const auto fault = report.first_fault();
    if (!fault) continue;
    INFO(fault->what);
    CHECK(std::string(audit::check_name(fault->check)) == mutant.check);
  }
  for (const auto& result : audit::audit_bel(test::basic_source().bytes, options).checks) {
    INFO(audit::check_name(result.check));
    CHECK((!result.applies || of_check[std::string(audit::check_name(result.check))] >= 5));
  }
  CHECK(names.size() >= 200);
}
