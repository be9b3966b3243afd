#include "ledger/roll_keeper.hpp"

#include <algorithm>

#include "core/crypto/encoding.hpp"
#include "core/crypto/secret.hpp"

namespace suara::ledger {
namespace {

constexpr std::size_t salt_size = 16;
constexpr std::size_t read_entries = 1000;
constexpr std::size_t read_bytes = 8u << 20;
// A change that another process has under way is recorded or refused long before this.
constexpr std::int64_t settled_after_ms = 60'000;

VoterRow salted(const codec::RollRow& row) {
  Bytes salt(salt_size);
  crypto::random_fill(salt);
  const Hash commitment = codec::roll_commitment(salt, row);
  return {row.id, row.name, row.klass, row.place, std::move(salt), commitment, row.weight, row.delivery};
}

codec::RollRow as_read(const VoterRow& row) {
  return {row.id, row.name, row.klass, row.place, row.weight, row.delivery};
}

bool same(const codec::RollRow& a, const codec::RollRow& b) {
  return a.name == b.name && a.klass == b.klass && a.place == b.place && a.weight == b.weight &&
         a.delivery == b.delivery;
}

election::VotersEnrolled::Voter committed(const VoterRow& row) { return {row.commitment, row.place, row.weight}; }

// Does this entry record the change? A commitment is random: where its text stands, it is meant.
bool records(const EntryRow& entry, const VoterChange& change) {
  return entry.type == (change.removal ? "VoterRemoved" : "VoterCorrected") &&
         entry.bytes.find(crypto::to_hex(change.row.commitment.view())) != std::string::npos;
}

}  // namespace

std::shared_ptr<std::mutex> RollKeeper::turn_of(const LedgerInfo& ledger) {
  const std::lock_guard lock(mutex_);
  auto& turn = turns_[ledger.uuid];
  if (!turn) turn = std::make_shared<std::mutex>();
  return turn;
}

Result<Receipt> RollKeeper::enrol(const LedgerInfo& ledger, const std::vector<codec::RollRow>& rows,
                                  const election::Actor& actor) {
  std::vector<VoterRow> voters;
  election::EnrolVoters command;
  voters.reserve(rows.size());
  command.voters.reserve(rows.size());
  for (const auto& row : rows) {
    voters.push_back(salted(row));
    command.voters.push_back(committed(voters.back()));
  }
  const auto turn = turn_of(ledger);
  const std::lock_guard lock(*turn);
  if (auto settled = settle(ledger); !settled) return fail(std::move(settled.error()));
  if (auto added = roll_.add_voters(ledger.id, voters); !added) return fail(std::move(added.error()));
  auto receipt = commands_.call(ledger.uuid, election::Command(std::move(command)), actor);
  if (receipt) return receipt;
  Error refused = std::move(receipt.error());
  // A commit of unknown fate may have been recorded; rows without a commitment do less harm than the reverse.
  if (refused.code != ErrorCode::unavailable) {
    if (const auto removed = roll_.remove_voters(ledger.id, voters); !removed) {
      refused.items.push_back("The voters' names could not be taken away again: " + removed.error().detail);
    }
  }
  return fail(std::move(refused));
}

Result<Receipt> RollKeeper::correct(const LedgerInfo& ledger, const VoterId& id, const VoterCorrection& correction,
                                    const std::string& reason, const election::Actor& actor) {
  const auto turn = turn_of(ledger);
  const std::lock_guard lock(*turn);
  const auto was = present(ledger, id);
  if (!was) return fail(was.error());
  codec::RollRow row = as_read(*was);
  if (correction.name) row.name = *correction.name;
  if (correction.klass) row.klass = *correction.klass;
  if (correction.place) row.place = *correction.place;
  if (correction.weight) row.weight = *correction.weight;
  if (correction.delivery) row.delivery = *correction.delivery;
  if (same(row, as_read(*was))) return fail(ErrorCode::malformed, "The roll says of this voter what is asked already.");
  VoterRow corrected = salted(row);
  election::CorrectVoter command{was->commitment, committed(corrected), reason};
  return change(ledger, {std::move(corrected), false, {}, {}}, std::move(command), actor);
}

Result<Receipt> RollKeeper::remove(const LedgerInfo& ledger, const VoterId& id, const std::string& reason,
                                   const election::Actor& actor) {
  const auto turn = turn_of(ledger);
  const std::lock_guard lock(*turn);
  auto row = present(ledger, id);
  if (!row) return fail(std::move(row.error()));
  election::RemoveVoter command{row->commitment, reason};
  return change(ledger, {std::move(*row), true, {}, {}}, std::move(command), actor);
}

Result<Receipt> RollKeeper::change(const LedgerInfo& ledger, VoterChange change, election::Command command,
                                   const election::Actor& actor) {
  change.from = Seq{commands_.counts(ledger.uuid).entries};
  change.noted = clock_();
  if (auto noted = roll_.note_change(ledger.id, change); !noted) return fail(std::move(noted.error()));
  auto receipt = commands_.call(ledger.uuid, std::move(command), actor);
  // What fails from here on leaves the note, and the next who asks for this roll settles it.
  if (receipt) {
    (void)roll_.apply_change(ledger.id, change);
  } else if (receipt.error().code != ErrorCode::unavailable) {
    (void)roll_.drop_change(ledger.id, change);
  }
  return receipt;
}

Result<VoterRow> RollKeeper::present(const LedgerInfo& ledger, const VoterId& id) {
  if (auto settled = settle(ledger); !settled) return fail(std::move(settled.error()));
  auto row = roll_.find(ledger.id, id);
  if (!row) return fail(std::move(row.error()));
  if (!*row) return fail(ErrorCode::not_found, "There is no voter with this number on the roll.");
  return std::move(**row);
}

// Corrections and removals are recorded before the roll is sealed: a note that is in no entry up to there is void.
Result<void> RollKeeper::settle(const LedgerInfo& ledger) {
  auto open = roll_.changes(ledger.id);
  if (!open) return fail(std::move(open.error()));
  if (open->empty()) return {};
  bool sealed = false;
  Seq from = open->front().from;
  for (const VoterChange& change : *open) from = std::min(from, change.from);
  while (!sealed && !open->empty()) {
    const auto entries = store_.read(ledger.id, from, read_entries, read_bytes);
    if (!entries) return fail(entries.error());
    if (entries->empty()) break;
    for (const EntryRow& entry : *entries) {
      if (entry.type == "RollSealed") sealed = true;
      const auto found =
          std::find_if(open->begin(), open->end(), [&](const VoterChange& change) { return records(entry, change); });
      if (found == open->end()) continue;
      if (auto applied = roll_.apply_change(ledger.id, *found); !applied) return applied;
      open->erase(found);
    }
    from = Seq{entries->back().seq.value + 1};
  }
  for (const VoterChange& change : *open) {
    if (!sealed && clock_().ms - change.noted.ms < settled_after_ms) continue;
    if (auto dropped = roll_.drop_change(ledger.id, change); !dropped) return dropped;
  }
  return {};
}

Result<void> RollKeeper::settle_if_needed(const LedgerInfo& ledger) {
  const auto open = roll_.changes(ledger.id);
  if (!open) return fail(open.error());
  if (open->empty()) return {};
  const auto turn = turn_of(ledger);
  const std::lock_guard lock(*turn);
  return settle(ledger);
}

Result<RollPage> RollKeeper::page(const LedgerInfo& ledger, const RollQuery& query) {
  if (auto settled = settle_if_needed(ledger); !settled) return fail(std::move(settled.error()));
  return roll_.page(ledger.id, query);
}

Result<VoterRow> RollKeeper::find(const LedgerInfo& ledger, const VoterId& id) {
  if (auto settled = settle_if_needed(ledger); !settled) return fail(std::move(settled.error()));
  auto row = roll_.find(ledger.id, id);
  if (!row) return fail(std::move(row.error()));
  if (!*row) return fail(ErrorCode::not_found, "There is no voter with this number on the roll.");
  return std::move(**row);
}

Result<std::vector<ClassCount>> RollKeeper::classes(const LedgerInfo& ledger) {
  if (auto settled = settle_if_needed(ledger); !settled) return fail(std::move(settled.error()));
  return roll_.classes(ledger.id);
}

}  // namespace suara::ledger
