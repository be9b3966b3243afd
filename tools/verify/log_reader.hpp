#pragma once
#include <functional>
#include <span>
#include <vector>

#include "core/audit/source.hpp"
#include "core/log/checkpoint.hpp"
#include "core/log/merkle.hpp"
#include "core/log/vkey.hpp"

namespace suara::verify {

// What a bundle's tree says, once its tiles are known to give the root that its own checkpoint signs. Nothing of it is
// an audit: entries are looked at only by who asks for them.
class LogReader {
 public:
  // `keys` judge the checkpoint. Errors: the source's, those of open_checkpoint, integrity (the tiles give another
  // root).
  static Result<LogReader> open(audit::Source& source, std::span<const log::VerifierKey> keys);

  const log::Checkpoint& checkpoint() const { return checkpoint_; }
  const std::string& note() const { return note_; }

  // Of the first `size` entries, at most as many as there are; proved to lie under the signed root, as is a leaf.
  Result<Hash> root_at(std::uint64_t size) const;
  Result<Hash> leaf(std::uint64_t index) const;
  // The entries from `first` on, each known to be the one that the tree holds, until `take` gives false. Errors: the
  // source's, integrity.
  Result<void> walk(std::uint64_t first, const std::function<bool(std::uint64_t, std::string_view)>& take) const;

 private:
  LogReader(audit::Source& source, log::Checkpoint checkpoint, std::string note);
  audit::Source* source_;
  log::Checkpoint checkpoint_;
  std::string note_;
  log::NodeReader nodes_;
};

// All ledger keys of a bundle's keys.json, with its witnesses.
struct BundleKeys {
  std::vector<log::VerifierKey> ledger;
  std::vector<log::VerifierKey> witnesses;
  std::uint64_t needed = 0;
};
Result<BundleKeys> read_keys_json(std::string_view json);
Result<BundleKeys> read_bundle_keys(audit::Source& source);

}  // namespace suara::verify
