#include "ledger/roll_keeper.hpp"

#include <algorithm>

#include "core/crypto/encoding.hpp"
#include "core/crypto/secret.hpp"

namespace suara::ledger {
namespace {

constexpr std::size_t salt_size = 16;
constexpr std::size_t telling_id = 4;  // a shorter number on the roll may stand in any sentence
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

// A commitment is random: where its text stands, it is meant.
bool names(const EntryRow& entry, const Hash& commitment) {
  return entry.bytes.find(crypto::to_hex(commitment.view())) != std::string::npos;
}

bool records(const EntryRow& entry, const VoterChange& change) {
  return entry.type == (change.removal ? "VoterRemoved" : "VoterCorrected") && names(entry, change.row.commitment);
}

bool records(const EntryRow& entry, const RollImport& import) {
  return entry.type == "VotersEnrolled" && names(entry, import.first);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

// The reason is kept when the row is gone.
bool tells_of(std::string_view reason, const VoterRow& voter) {
  return lower(reason).find(lower(voter.name)) != std::string::npos ||
         (voter.id.value.size() >= telling_id && reason.find(voter.id.value) != std::string::npos);
}

bool is_over(election::Phase phase) {
  using election::Phase;
  return phase == Phase::closed || phase == Phase::tallied || phase == Phase::certified || phase == Phase::cancelled;
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
  const auto import = roll_.add_voters(ledger.id, voters, Seq{commands_.counts(ledger.uuid).entries}, clock_);
  if (!import) return fail(taken_by_import(ledger, import.error()));
  const auto in_time = [this, &command, &import](const election::State&) -> Result<election::Command> {
    if (clock_().ms - import->noted.ms >= settled_after_ms / 2)
      return fail(ErrorCode::conflict, "The import took too long; nothing was recorded. Try again.");
    return election::Command(command);
  };
  auto receipt = commands_.call(ledger.uuid, in_time, actor);
  // What fails from here on leaves the note, and the next who asks for this roll settles it.
  if (receipt) {
    (void)roll_.keep_import(ledger.id, *import);
  } else if (receipt.error().code != ErrorCode::unavailable) {
    (void)roll_.drop_import(ledger.id, *import);
  }
  return receipt;
}

Error RollKeeper::taken_by_import(const LedgerInfo& ledger, const Error& error) {
  if (error.code != ErrorCode::conflict) return error;
  const auto open = roll_.imports(ledger.id);
  if (!open || open->empty()) return error;
  return {ErrorCode::conflict,
          "A voter with this number is enrolled already, or stands in an import that is under way or was cut off; that "
          "is settled within a minute. Try again then."};
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

Seq RollKeeper::Notes::from() const {
  Seq first{UINT64_MAX};
  for (const auto& change : changes) first = std::min(first, change.from);
  for (const auto& import : imports) first = std::min(first, import.from);
  return first;
}

Result<RollKeeper::Notes> RollKeeper::notes(const LedgerInfo& ledger) {
  auto changes = roll_.changes(ledger.id);
  if (!changes) return fail(std::move(changes.error()));
  auto imports = roll_.imports(ledger.id);
  if (!imports) return fail(std::move(imports.error()));
  return Notes{std::move(*changes), std::move(*imports)};
}

Result<void> RollKeeper::settle_recorded(const LedgerInfo& ledger, const EntryRow& entry, Notes& open) {
  const auto change =
      std::find_if(open.changes.begin(), open.changes.end(), [&](const auto& one) { return records(entry, one); });
  if (change != open.changes.end()) {
    if (auto applied = roll_.apply_change(ledger.id, *change); !applied) return applied;
    open.changes.erase(change);
  }
  const auto import =
      std::find_if(open.imports.begin(), open.imports.end(), [&](const auto& one) { return records(entry, one); });
  if (import != open.imports.end()) {
    if (auto kept = roll_.keep_import(ledger.id, *import); !kept) return kept;
    open.imports.erase(import);
  }
  return {};
}

// The roll changes before it is sealed: a note that is in no entry up to there is void.
Result<void> RollKeeper::settle(const LedgerInfo& ledger) {
  auto open = notes(ledger);
  if (!open) return fail(std::move(open.error()));
  bool over = false;
  for (Seq from = open->from(); !over && !open->empty();) {
    const auto entries = store_.read(ledger.id, from, read_entries, read_bytes);
    if (!entries) return fail(entries.error());
    if (entries->empty()) break;
    for (const EntryRow& entry : *entries) {
      if (entry.type == "RollSealed" || entry.type == "ElectionCancelled") over = true;
      if (auto settled = settle_recorded(ledger, entry, *open); !settled) return settled;
    }
    from = Seq{entries->back().seq.value + 1};
  }
  const auto is_void = [&](Timestamp noted) { return over || clock_().ms - noted.ms >= settled_after_ms; };
  for (const VoterChange& change : open->changes) {
    if (!is_void(change.noted)) continue;
    if (auto dropped = roll_.drop_change(ledger.id, change); !dropped) return dropped;
  }
  for (const RollImport& import : open->imports) {
    if (!is_void(import.noted)) continue;
    if (auto dropped = roll_.drop_import(ledger.id, import); !dropped) return dropped;
  }
  return {};
}

Result<void> RollKeeper::settle_if_needed(const LedgerInfo& ledger) {
  const auto open = notes(ledger);
  if (!open) return fail(open.error());
  if (open->empty()) return {};
  const auto turn = turn_of(ledger);
  std::unique_lock lock(*turn, std::defer_lock);
  // Whoever reads need not wait for an import, whose rows do not show before it is settled.
  if (!open->changes.empty())
    lock.lock();
  else if (!lock.try_lock())
    return {};
  return settle(ledger);
}

Result<std::uint64_t> RollKeeper::erase(const LedgerInfo& ledger, const std::optional<VoterId>& id,
                                        const std::string& reason, const election::Actor& actor) {
  const auto turn = turn_of(ledger);
  const std::lock_guard lock(*turn);
  const auto summary = commands_.summary(ledger.uuid);
  if (!summary || !is_over(summary->phase))
    return fail(
        ErrorCode::wrong_phase,
        "Data of voters is erased once the election is closed or cancelled: until then the polling places need it.");
  if (auto settled = settle(ledger); !settled) return fail(std::move(settled.error()));
  if (id) {
    const auto voter = present(ledger, *id);
    if (!voter) return fail(voter.error());
    if (tells_of(reason, *voter)) return fail(ErrorCode::malformed, "The reason is kept and must not name the voter.");
  }
  const auto erased = roll_.erase(ledger.id, id, {actor.id, reason, clock_()});
  if (!erased) return fail(erased.error());
  if (*erased == 0) return fail(ErrorCode::not_found, "Nothing is kept of the voters any more.");
  return *erased;
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
