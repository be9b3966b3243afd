#include "core/audit/bel_audit.hpp"

#include "core/codec/bel_archive.hpp"
#include "tests/fuzz/support/target.hpp"

// The verifier over a whole archive: what it cannot read it reports, and it accepts nothing that the reader refuses.
void suara::fuzz::try_input(std::string_view bytes) {
  const auto report = audit::audit_bel(bytes, {});
  require(report.checks.size() == audit::check_count, "a report has every check");
  require(report.verified() != report.first_fault().has_value(), "whatever is not verified has a fault");
  if (report.verified()) require(codec::read_bel_archive(bytes).has_value(), "an archive that verifies can be read");
}
