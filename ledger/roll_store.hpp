#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/codec/roll_row.hpp"

// The roll: who may vote, by name. It stays outside the ledger, in tables of its own, so that it can be erased; the
// ledger holds salted commitments to the rows. Nothing here tells which credential or ballot is whose.
namespace suara::ledger {

struct VoterRow {
  VoterId id;
  std::string name;
  std::string klass;  // class or group on the roll
  PlaceId place;
  Bytes salt;       // 16 bytes
  Hash commitment;  // what VotersEnrolled records
  std::uint64_t weight = 1;
  codec::Delivery delivery = codec::Delivery::post;
};

// What is looked for; all that is set must hold.
struct RollQuery {
  std::string text{};  // somewhere in the name or class in any case, or the beginning of the id; empty: everybody
  std::optional<PlaceId> place{};
  std::optional<std::string> klass{};
  std::optional<VoterId> after{};
  std::size_t limit = 100;
};

struct RollPage {
  std::vector<VoterRow> voters;  // by id
  std::uint64_t total = 0;       // that are found, on all pages
  std::optional<VoterId> next;   // `after` of the next page
};

struct ClassCount {
  std::string klass;
  std::uint64_t voters = 0;
};

// What is about to become of a voter's row, noted before the ledger is asked: only the ledger says whether it came to
// be.
struct VoterChange {
  VoterRow row;  // as it will be; where the voter is removed, as it was
  bool removal = false;
  Seq from;  // the ledger's size when it was noted: the event comes there or later
  Timestamp noted;
};

// Errors of every call: unavailable. Thread-safe; calls block.
class RollStore {
 public:
  virtual ~RollStore() = default;
  // All rows or none. Called before the commitments are recorded; where recording is refused, remove_voters undoes it.
  virtual Result<void> add_voters(LedgerId ledger, const std::vector<VoterRow>& rows) = 0;  // conflict: id taken
  virtual Result<void> remove_voters(LedgerId ledger, const std::vector<VoterRow>& rows) = 0;

  virtual Result<RollPage> page(LedgerId ledger, const RollQuery& query) = 0;
  virtual Result<std::optional<VoterRow>> find(LedgerId ledger, const VoterId& id) = 0;
  virtual Result<std::vector<ClassCount>> classes(LedgerId ledger) = 0;  // by name

  virtual Result<void> note_change(LedgerId ledger, const VoterChange& change) = 0;  // again: nothing happens
  virtual Result<std::vector<VoterChange>> changes(LedgerId ledger) = 0;             // noted and not settled
  // The row becomes what was noted, and the note goes; or only the note goes. Both or nothing.
  virtual Result<void> apply_change(LedgerId ledger, const VoterChange& change) = 0;
  virtual Result<void> drop_change(LedgerId ledger, const VoterChange& change) = 0;
};

}  // namespace suara::ledger
