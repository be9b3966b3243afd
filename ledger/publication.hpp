#pragma once
#include <optional>
#include <vector>

#include "core/election/types.hpp"
#include "core/log/checkpoint.hpp"
#include "ledger/event_store.hpp"
#include "ledger/key_store.hpp"
#include "ledger/log_folder.hpp"
#include "ledger/named_key.hpp"
#include "ledger/tile_levels.hpp"

namespace suara::ledger {

// The publication of one ledger: what publisher.hpp promises, for one, on one thread at a time.
class Publication {
 public:
  Publication(EventStore& store, KeyStore& keys, LedgerInfo ledger, std::filesystem::path folder);

  // Brings the files up to what the store holds and signs it. Errors: not_found (an empty ledger), unavailable,
  // internal, integrity.
  Result<log::Checkpoint> publish();

  // Set once an entry or the stored head was found wrong; publish() then only repeats it.
  const std::optional<Error>& stopped() const { return stopped_; }
  std::optional<Seq> stopped_at() const { return stopped_at_; }
  const LogFolder& folder() const { return folder_; }
  const LedgerInfo& ledger() const { return ledger_; }

 private:
  struct Tree {
    TileLevels levels;
    log::RightEdge edge;
    Hash last_leaf{};
    Timestamp last_time{};
    std::uint64_t full_written = 0;                      // full tiles of a tree of this size are in the folder
    std::uint64_t published = 0;                         // and so are the partial ones of this size
    std::optional<election::WitnessPolicy> witnesses{};  // of the draft in force
    std::vector<log::VerifierKey> keys{};                // that its entries name, oldest first; the last is in force
  };

  Result<void> resume();
  Result<void> find_last_checkpoint();
  Result<void> find_keys(std::uint64_t size);
  std::vector<log::VerifierKey> known_keys(std::uint64_t size = UINT64_MAX) const;
  std::vector<log::VerifierKey> shown_keys() const;
  Result<Tree> restore_tree(const log::Checkpoint& last);
  bool has_open_bundle(std::uint64_t size, const TileLevels& levels) const;
  static Result<std::optional<election::WitnessPolicy>> witnesses_in(std::string_view entry);
  Result<std::optional<election::WitnessPolicy>> drafted_witnesses(std::uint64_t size);
  Result<void> write_keys() const;
  Result<void> advance(std::uint64_t size);
  Result<void> take(const EntryRow& row);
  Result<void> accept(const EntryRow& row);
  Result<void> write_full_tiles();
  Result<void> write_partial_tiles(const std::vector<std::string>& open_bundle);
  Result<void> check_head(const Head& head);
  Result<void> sign();
  Result<void> write_checkpoint_file(const std::string& note);
  tl::unexpected<Error> stop(std::optional<Seq> at, std::string detail);

  EventStore& store_;
  KeyStore& keys_;
  const LedgerInfo ledger_;
  const LogFolder folder_;
  std::vector<NamedKey> named_;  // what tree_ is begun with
  std::optional<Tree> tree_;
  std::optional<log::Checkpoint> last_;  // the largest head ever signed
  std::optional<log::Checkpoint> own_;   // a smaller one that this folder's files gave when it was taken up
  bool file_current_ = false;            // the file `checkpoint` holds last_
  std::optional<Error> stopped_;
  std::optional<Seq> stopped_at_;
};

}  // namespace suara::ledger
