#pragma once
#include <string>

#include "core/audit/report.hpp"

namespace suara::verify {

// A line a check with its count, then notes and one verdict.
std::string report_text(const audit::Report& report);

// {"verified":bool,"ledger":{...},"election":{...},"checks":[...],"first_fault":{...}|null,"notes":[...]}
std::string report_json(const audit::Report& report);

}  // namespace suara::verify
