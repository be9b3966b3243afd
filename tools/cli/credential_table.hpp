#pragma once
#include <filesystem>
#include <vector>

#include "tools/cli/voter_card.hpp"

// The codes as a table, RFC 4180 with LF: "voter,name,class,place,code,link,weight,public_key", a line a card. Of a
// card that is nobody's yet, `voter` is the number printed on it. `public_key` is what the committee's page asks for
// where a code is lost.
namespace suara::cli {

// In the order given, readable by its owner alone.
Outcome<void> write_credentials_csv(const std::filesystem::path& path, const CardSheet& sheet,
                                    const std::vector<VoterCard>& cards);

// What was written. Fault: not such a table.
Outcome<std::vector<VoterCard>> read_credentials_csv(const std::filesystem::path& path);

}  // namespace suara::cli
