#pragma once
#include <cstdint>
#include <functional>
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
  std::size_t limit = 100;  // without the one whose id is `text`
};

struct RollPage {
  std::vector<VoterRow> voters;  // by id; on the first page the one whose id is `text` comes first
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

// Rows that were added before the ledger was asked to record them, noted with them: only the ledger says whether they
// are enrolled.
struct RollImport {
  Hash first;  // the commitment of the first row: it stands in the ledger or none of them does
  Seq from;    // the ledger's size when it was noted: the event comes there or later
  Timestamp noted;
};

// What is kept of an erasure: that there was one, not whose.
struct Erasure {
  std::string login;  // of the staff member who asked for it
  std::string reason;
  Timestamp time;
};

// Errors of every call: unavailable. Thread-safe; calls block.
class RollStore {
 public:
  using Clock = std::function<Timestamp()>;
  virtual ~RollStore() = default;
  // All rows and the note, or nothing; `clock` is read when the rows are written. Until the note goes, page(), find()
  // and classes() leave the rows out. Error: conflict (an id is taken).
  virtual Result<RollImport> add_voters(LedgerId ledger, const std::vector<VoterRow>& rows, Seq from,
                                        const Clock& clock) = 0;
  virtual Result<std::vector<RollImport>> imports(LedgerId ledger) = 0;             // noted and not settled
  virtual Result<void> keep_import(LedgerId ledger, const RollImport& import) = 0;  // the note goes
  virtual Result<void> drop_import(LedgerId ledger,
                                   const RollImport& import) = 0;  // its rows go with it, if it is there

  virtual Result<RollPage> page(LedgerId ledger, const RollQuery& query) = 0;
  virtual Result<std::optional<VoterRow>> find(LedgerId ledger, const VoterId& id) = 0;
  virtual Result<std::vector<ClassCount>> classes(LedgerId ledger) = 0;  // by name

  virtual Result<void> note_change(LedgerId ledger, const VoterChange& change) = 0;  // again: nothing happens
  virtual Result<std::vector<VoterChange>> changes(LedgerId ledger) = 0;             // noted and not settled
  // The row becomes what was noted, and the note goes; or only the note goes. Both or nothing: where another process
  // has settled the note, the row may have changed again since, and stays.
  virtual Result<void> apply_change(LedgerId ledger, const VoterChange& change) = 0;
  virtual Result<void> drop_change(LedgerId ledger, const VoterChange& change) = 0;

  // Whatever stands of the voter, or of everybody, outside the ledger; all or nothing. How many rows of the roll went.
  virtual Result<std::uint64_t> erase(LedgerId ledger, const std::optional<VoterId>& id, const Erasure& erasure) = 0;
};

}  // namespace suara::ledger
