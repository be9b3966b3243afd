#pragma once
#include <catch2/catch.hpp>

#include "core/audit/report.hpp"

namespace suara::test {

inline void require_clean(const audit::Report& report) {
  if (const auto fault = report.first_fault()) FAIL(audit::check_name(fault->check) << ": " << fault->what);
}

inline const audit::CheckResult& check(const audit::Report& report, audit::Check which) {
  return report.checks[static_cast<std::size_t>(which)];
}

}  // namespace suara::test
