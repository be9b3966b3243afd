#pragma once
#include <string>

#include "core/audit/report.hpp"

namespace suara::verify {

// A line a check with its count, then notes and one verdict.
std::string report_text(const audit::Report& report);

// {"verified":bool,"kind":"bundle"|"bel","ledger":{...},"election":{...},"checks":[{"check","applies","count","faults",
// "first"}],"first_fault":{...}|null,"notes":[...]}. Of an archive the texts in "ledger" are empty.
std::string report_json(const audit::Report& report);

}  // namespace suara::verify
