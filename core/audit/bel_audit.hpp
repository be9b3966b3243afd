#pragma once
#include <string_view>

#include "core/audit/audit.hpp"

// Verifies a `.bel` archive (core/codec/bel_archive.hpp), ours or another program's, at any phase: an archive that ends
// early is that of an election that is not over. The checks of a ledger, as far as an archive has the like:
//   entries     tar bytes, names are hashes, the texts of BELENIOS and of events, no data missing or surplus
//   chain       each event's parent and height
//   legality    the order of events by type
//   roll        the setup data, the election and the credentials read
//   trustees    the trustees read, every proof of theirs verifies, the election's key is theirs
//   ballots     each reads, is of this election, of a credential in the roll, with every proof and its signature, and
//               without a ciphertext that stood in an accepted ballot before
//   tally       the sized tally and the encrypted tally read; it is the product of each credential's last accepted
//   ballot,
//               raised to its weight
//   decryption  each reads, is of an owner who has not decrypted yet, and its proofs verify
//   result      reads and is what the decryptions give
// `keys`, `checkpoint`, `signatures`, `tree`, `live_tallies`, `trackers` and `witnesses` do not apply. A fault's entry
// is the event's place. What depends on something that does not read is not judged, and counts as not looked at.
namespace suara::audit {

// Whether the bytes are meant to be such an archive.
bool looks_like_bel(std::string_view bytes);

Report audit_bel(std::string_view bytes, const Options& options);

}  // namespace suara::audit
