#pragma once
#include <string>

#include "tools/cli/api.hpp"

namespace suara::cli {

// The portal of an election as a folder that needs no server: index.html (the service's template with the election's
// data in it), result.csv, result.json, bundle.tar and election.bel. Refused before the certification.
Outcome<void> export_portal(const Settings& settings, const std::string& uuid, const std::string& out);

}  // namespace suara::cli
