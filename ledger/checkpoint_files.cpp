#include "ledger/checkpoint_files.hpp"

#include <algorithm>
#include <set>

#include "core/log/cosignature.hpp"
#include "ledger/folder_lock.hpp"

namespace suara::ledger {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view cosigned_folder = ".cosigned";
// More targets than a witness can be behind within its deadline.
constexpr std::size_t most_cosigned = 16;

std::string file_of(std::uint64_t size) { return std::string(cosigned_folder) + "/" + std::to_string(size); }

bool by_witness(const log::NoteSignature& line, const election::WitnessPolicy& policy) {
  return std::any_of(policy.keys.begin(), policy.keys.end(), [&](const auto& key) { return log::is_by(line, key); });
}

// The ledger's own lines, and those of the witnesses that the policy names now.
log::SignedNote under(const log::SignedCheckpoint& head, const election::WitnessPolicy& policy) {
  log::SignedNote note = without_cosignatures(head);
  for (const auto& line : head.note.signatures)
    if (by_witness(line, policy)) log::add_cosignature(note, line);
  return note;
}

bool meets(const log::SignedNote& note, const election::WitnessPolicy& policy) {
  const auto count = std::count_if(note.signatures.begin(), note.signatures.end(),
                                   [&](const auto& line) { return by_witness(line, policy); });
  return static_cast<std::uint64_t>(count) >= policy.needed;
}

}  // namespace

log::SignedNote without_cosignatures(const log::SignedCheckpoint& head) {
  log::SignedNote note{head.note.text, {}};
  for (const auto& line : head.note.signatures)
    if (line.name == head.checkpoint.origin.value) note.signatures.push_back(line);
  return note;
}

Result<log::SignedCheckpoint> CheckpointFiles::head(std::string_view file) const {
  const auto text = folder_.read(file, log::max_note_size);
  if (!text) return fail(text.error());
  return log::read_checkpoint(*text);
}

std::vector<log::SignedCheckpoint> CheckpointFiles::cosigned() const {
  std::vector<log::SignedCheckpoint> heads;
  std::error_code none;  // no folder yet, most likely
  for (fs::directory_iterator each(folder_.path() / cosigned_folder, none); !none && each != fs::directory_iterator();
       each.increment(none)) {
    const std::string name = each->path().filename().string();
    if (name.starts_with('.')) continue;
    if (auto read = head(std::string(cosigned_folder) + "/" + name)) heads.push_back(std::move(*read));
  }
  std::sort(heads.begin(), heads.end(),
            [](const auto& a, const auto& b) { return a.checkpoint.size < b.checkpoint.size; });
  return heads;
}

Result<void> CheckpointFiles::publish(const log::Checkpoint& checkpoint, std::string_view note,
                                      std::span<const log::VerifierKey> keys) const {
  const auto lock = FolderLock::take(folder_.path());
  if (!lock) return fail(lock.error());
  const auto present = folder_.read("checkpoint", log::max_note_size);
  const auto shown = present ? log::open_checkpoint(*present, keys) : fail(present.error());
  if (shown && shown->size >= checkpoint.size) return {};
  const auto kept = head(file_of(checkpoint.size));
  auto fresh = log::read_checkpoint(note);
  if (kept && fresh && kept->note.text == fresh->note.text) {
    for (const auto& line : kept->note.signatures)
      if (line.name != checkpoint.origin.value) log::add_cosignature(fresh->note, line);
    return folder_.write("checkpoint", log::write_note(fresh->note), LogFolder::Keep::replaceable);
  }
  return folder_.write("checkpoint", note, LogFolder::Keep::replaceable);
}

Result<bool> CheckpointFiles::keep(const log::SignedCheckpoint& head, const log::NoteSignature& cosignature,
                                   const election::WitnessPolicy& policy) const {
  const auto lock = FolderLock::take(folder_.path());
  if (!lock) return fail(lock.error());
  const std::string file = file_of(head.checkpoint.size);
  auto kept = this->head(file);
  if (kept && kept->note.text != head.note.text)
    return fail(ErrorCode::integrity, "Two different heads of size " + std::to_string(head.checkpoint.size) +
                                          " were signed with this ledger's key; a witness cosigned the other one.");
  log::SignedCheckpoint joined{head.checkpoint, under(kept ? *kept : head, policy)};
  log::add_cosignature(joined.note, cosignature);
  if (auto ok = folder_.write(file, log::write_note(joined.note), LogFolder::Keep::durable); !ok)
    return fail(ok.error());

  auto shown = newest();
  if (shown && shown->note.text == joined.note.text) {
    for (const auto& line : joined.note.signatures)
      if (line.name != head.checkpoint.origin.value) log::add_cosignature(shown->note, line);
    if (auto ok = folder_.write("checkpoint", log::write_note(shown->note), LogFolder::Keep::replaceable); !ok)
      return fail(ok.error());
  }
  return keep_witnessed(joined, policy);
}

Result<bool> CheckpointFiles::keep_witnessed(const log::SignedCheckpoint& head,
                                             const election::WitnessPolicy& policy) const {
  const auto present = witnessed();
  if (present && present->checkpoint.origin == head.checkpoint.origin &&
      present->checkpoint.size > head.checkpoint.size) {
    forget_old(present->checkpoint.size);
    return false;
  }
  if (!meets(head.note, policy)) {
    forget_old(present ? std::optional(present->checkpoint.size) : std::nullopt);
    return false;
  }
  if (auto ok = folder_.write("checkpoint.witnessed", log::write_note(head.note), LogFolder::Keep::durable); !ok)
    return fail(ok.error());
  forget_old(head.checkpoint.size);
  return true;
}

// Those below the witnessed head can no longer become it; but what each witness cosigned last stays.
void CheckpointFiles::forget_old(std::optional<std::uint64_t> witnessed) const {
  const auto heads = cosigned();
  std::set<std::string> seen;
  for (std::size_t i = heads.size(); i-- > 0;) {
    const std::uint64_t size = heads[i].checkpoint.size;
    bool last_of_somebody = false;
    for (const auto& line : heads[i].note.signatures)
      if (line.name != heads[i].checkpoint.origin.value) last_of_somebody |= seen.insert(line.name).second;
    const bool surpassed = witnessed && size < *witnessed;
    if (last_of_somebody || (!surpassed && heads.size() - i <= most_cosigned)) continue;
    std::error_code ignored;
    fs::remove(folder_.path() / file_of(size), ignored);
  }
}

}  // namespace suara::ledger
