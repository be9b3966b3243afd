#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/election/types.hpp"
#include "core/log/checkpoint.hpp"
#include "ledger/log_folder.hpp"

namespace suara::ledger {

// The signed heads of a log folder, with the cosignatures under them; whoever wrote one there has verified it:
//   checkpoint            the newest, with such cosignatures as it has
//   checkpoint.witnessed  the largest that meets the election's policy, with all of its cosignatures
//   .cosigned/<size>      heads that a witness cosigned, so that those of several witnesses can meet
// Neither of the first two ever goes back. Several threads and processes may share the folder; every change is a rename
// under the folder's lock.
class CheckpointFiles {
 public:
  explicit CheckpointFiles(LogFolder folder) : folder_(std::move(folder)) {}

  // Shows the ledger's own note as the newest head, unless one at least as large, signed by one of `keys`, is shown.
  // Error: internal.
  Result<void> publish(const log::Checkpoint& checkpoint, std::string_view note,
                       std::span<const log::VerifierKey> keys) const;

  // Keeps a verified cosignature of the head durably, everywhere the head stands. True where `checkpoint.witnessed`
  // changed by it. Errors: integrity (another head of that size was cosigned: two histories), internal.
  Result<bool> keep(const log::SignedCheckpoint& head, const log::NoteSignature& cosignature,
                    const election::WitnessPolicy& policy) const;

  // Errors: not_found, malformed, too_large, internal.
  Result<log::SignedCheckpoint> newest() const { return head("checkpoint"); }
  Result<log::SignedCheckpoint> witnessed() const { return head("checkpoint.witnessed"); }
  std::vector<log::SignedCheckpoint> cosigned() const;  // smallest first; those that read

 private:
  Result<log::SignedCheckpoint> head(std::string_view file) const;
  Result<bool> keep_witnessed(const log::SignedCheckpoint& head, const election::WitnessPolicy& policy) const;
  void forget_old(std::optional<std::uint64_t> witnessed) const;

  LogFolder folder_;
};

// The head with its ledger's own signatures alone: what a witness is asked to cosign.
log::SignedNote without_cosignatures(const log::SignedCheckpoint& head);

}  // namespace suara::ledger
