#pragma once
#include <map>
#include <memory>
#include <mutex>

#include "ledger/command_handler.hpp"
#include "ledger/roll_store.hpp"

namespace suara::ledger {

// What is to be changed of a voter; what is not set stays.
struct VoterCorrection {
  std::optional<std::string> name;
  std::optional<std::string> klass;
  std::optional<PlaceId> place;
  std::optional<std::uint64_t> weight;
  std::optional<codec::Delivery> delivery;
};

// Changes the roll's rows and records it, so that both say the same whatever fails:
//   enrolling  the rows come first, with a note; where the ledger refuses the commitments, they are taken away again
//   a change   is noted first, then recorded, then made
// A note that is left over, after a crash or where the answer was lost, is settled by what the ledger holds before
// anything of this roll is read or changed again; what is noted and not recorded shows nowhere. Thread-safe; calls
// block. Changes of one roll wait for one another; several processes may do this over one database.
class RollKeeper {
 public:
  RollKeeper(CommandHandler& commands, EventStore& store, RollStore& roll, CommandHandler::Clock clock)
      : commands_(commands), store_(store), roll_(roll), clock_(std::move(clock)) {}

  // Errors of these: those of the command; conflict (the id is taken); not_found (no such voter); malformed (nothing to
  // change); unavailable.
  Result<Receipt> enrol(const LedgerInfo& ledger, const std::vector<codec::RollRow>& rows,
                        const election::Actor& actor);
  Result<Receipt> correct(const LedgerInfo& ledger, const VoterId& id, const VoterCorrection& correction,
                          const std::string& reason, const election::Actor& actor);
  Result<Receipt> remove(const LedgerInfo& ledger, const VoterId& id, const std::string& reason,
                         const election::Actor& actor);

  // Erases what is kept of a voter, or of the whole roll, outside the ledger, once nobody votes any more: the
  // commitment in the ledger is then the hash of what nobody knows. How many voters. Errors: wrong_phase, not_found,
  // unavailable; malformed (the reason names the voter).
  Result<std::uint64_t> erase(const LedgerInfo& ledger, const std::optional<VoterId>& id, const std::string& reason,
                              const election::Actor& actor);

  // Errors: unavailable, integrity.
  Result<RollPage> page(const LedgerInfo& ledger, const RollQuery& query);
  Result<VoterRow> find(const LedgerInfo& ledger, const VoterId& id);  // error: not_found
  Result<std::vector<ClassCount>> classes(const LedgerInfo& ledger);

 private:
  std::shared_ptr<std::mutex> turn_of(const LedgerInfo& ledger);
  Error taken_by_import(const LedgerInfo& ledger, const Error& error);
  Result<Receipt> change(const LedgerInfo& ledger, VoterChange change, election::Command command,
                         const election::Actor& actor);
  Result<VoterRow> present(const LedgerInfo& ledger, const VoterId& id);  // in one's turn
  struct Notes {
    std::vector<VoterChange> changes;
    std::vector<RollImport> imports;
    bool empty() const { return changes.empty() && imports.empty(); }
    Seq from() const;
  };
  Result<Notes> notes(const LedgerInfo& ledger);
  Result<void> settle(const LedgerInfo& ledger);  // in one's turn
  Result<void> settle_recorded(const LedgerInfo& ledger, const EntryRow& entry, Notes& open);
  Result<void> settle_if_needed(const LedgerInfo& ledger);

  CommandHandler& commands_;
  EventStore& store_;
  RollStore& roll_;
  const CommandHandler::Clock clock_;
  std::mutex mutex_;
  std::map<ElectionUuid, std::shared_ptr<std::mutex>> turns_;
};

}  // namespace suara::ledger
