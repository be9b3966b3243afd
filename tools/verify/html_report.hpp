#pragma once
#include <string>

#include "core/audit/report.hpp"
#include "tools/verify/html_words.hpp"

namespace suara::verify {

// The report as one page for people who do not know what a ledger is: verdict first, then result, checks, fingerprints
// and what no check can prove. No scripts, nothing from outside, nothing of the record unescaped; the same report gives
// the same bytes.
std::string report_html(const audit::Report& report, Language language);

}  // namespace suara::verify
