#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/audit/source.hpp"
#include "tools/verify/log_reader.hpp"

namespace suara::verify {

// What a receipt (.tlog-proof, core/log/tlog_proof.hpp) shows, judged by keys alone: no network, no ledger.
struct Receipt {
  std::string origin;
  std::uint64_t index = 0;  // the entry's number
  std::string time;
  std::string type;               // of the entry: BallotCast, BallotChallenged or another
  std::string tracker;            // base64 without padding; empty where the entry is no ballot
  std::string credential;         // as in the entry; empty where it is no ballot
  std::uint64_t size = 0;         // of the checkpoint
  Hash root;                      // of it
  std::vector<std::string> seen;  // witnesses that cosigned it
  std::uint64_t needed = 0;       // of the witnesses that were asked for; 0: none were
  Hash leaf;
  // Enough of the witnesses that were asked for have cosigned the checkpoint; true where none were.
  bool witnessed() const { return seen.size() >= needed; }
};

// `keys.ledger` are all trusted; a receipt that fewer than `keys.needed` of `keys.witnesses` cosigned is opened all the
// same: it is genuine, but not yet witnessed. Errors: malformed, unsupported, too_large (no receipt, or one without its entry); anything else: it does not hold.
Result<Receipt> open_receipt(std::string_view file, const BundleKeys& keys);

// What a bundle says of the entry now.
struct Standing {
  enum class Is {
    counted,     // no later ballot of this credential
    replaced,    // `by` a later one
    challenged,  // opened by its voter, never counted
    recorded,    // no ballot
    older,       // the bundle is shorter than the receipt's checkpoint: rolled back, or an older copy
    missing      // the bundle tells another history than the receipt's checkpoint
  };
  Is is = Is::recorded;
  std::uint64_t size = 0;  // of the bundle
  std::optional<std::uint64_t> by;
};
// Errors: the source's and those of LogReader.
Result<Standing> standing_in(audit::Source& source, const Receipt& receipt, const BundleKeys& keys);

std::string receipt_text(const Receipt& receipt, const std::optional<Standing>& standing);
std::string receipt_json(const Receipt& receipt, const std::optional<Standing>& standing);

}  // namespace suara::verify
