#pragma once
#include <optional>

#include "core/audit/audit.hpp"
#include "core/audit/ledger_pass.hpp"
#include "core/audit/saved_state.hpp"
#include "core/audit/tree_check.hpp"
#include "core/log/checkpoint.hpp"

namespace suara::audit {

// What an audit takes over from an earlier one, and what it leaves to the next.
class Trail {
 public:
  // Errors: those of read_saved_state; wrong_election (the earlier audit was of a ledger with another name).
  static Result<Trail> open(const Options& options, const log::Checkpoint& newest, const log::VerifierKey& first_key);

  // What the earlier audit verified; null where there was none.
  const SavedPosition* before() const { return earlier_ ? &earlier_->position : nullptr; }
  // Is the ledger shorter than it was then? Nothing is taken over in that case.
  bool shorter() const { return shorter_; }
  // The key of the ledger of this name that was verified then, where it was opened with another one than this ledger:
  // nothing of it is taken over.
  const std::optional<std::string>& other_key() const { return other_key_; }
  // The first entry that is to be looked at.
  std::uint64_t from() const { return from_; }

  // Puts both where the earlier audit stood, and has the entries to come recorded where this one shall leave them;
  // `pass` refers to this from then on. Errors: those of replay and TreeCheck::go_on.
  Result<void> take_up(LedgerPass& pass, TreeCheck& tree);
  // All full bundles are walked: here the next audit goes on.
  void stand(const LedgerPass& pass, const TreeCheck& tree);
  // The file for the next audit.
  std::string leave(const log::Checkpoint& newest, const std::string& note);

 private:
  Trail() = default;
  std::optional<SavedState> earlier_;
  std::optional<std::string> other_key_;
  bool shorter_ = false;
  bool leaves_ = false;
  bool stands_ = false;
  std::uint64_t from_ = 0;
  EntryRecords records_;
  SavedPosition position_;
};

}  // namespace suara::audit
