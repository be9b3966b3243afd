#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/election/events.hpp"

// What an audit leaves behind so that the next one of the same ledger need only look at what is new: where it stood at
// the last full bundle, and every entry before that as far as folding needs it (ballots without their proofs).
//   file     = "suara-verify-state/1" LF body SHA-256(all before)
//   body     = text origin, text first key, u64 size, hash root, text note           the checkpoint that was verified
//              u64 from, hash last leaf, i64 last time, hashes edge, hashes level      where to go on; edge, level:
//              TreeCheck record*                                                                one for each entry
//              before `from`
//   record   = 'e' text body | ('c' | 'x') i64 time, 32 credential, 32 tracker, u8 n, n * (u16 m, m * (32 alpha, 32
//   beta)) text     = u32 length, bytes; hashes = u32 count, 32 bytes each; numbers are big-endian
// It is its owner's word to themselves: whoever can change the file can make their own audit say anything.
namespace suara::audit {

struct SavedPosition {
  std::string origin;
  std::string first_key;
  std::uint64_t size = 0;  // of the tree that was verified
  Hash root;
  std::string note;        // its signed checkpoint
  std::uint64_t from = 0;  // entries that the records hold; a multiple of 256, at most `size`
  Hash last_leaf;
  Timestamp last_time;
  std::vector<Hash> edge, level;
};

// Collects the records while an audit goes through the entries.
class EntryRecords {
 public:
  explicit EntryRecords(std::string earlier = "") : bytes_(std::move(earlier)) {}
  // `body`: of the entry, without its signature.
  void take(std::string_view body, const election::Recorded& recorded);
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

std::string write_saved_state(const SavedPosition& position, std::string_view records);

struct SavedState {
  SavedPosition position;
  std::string records;
};
// Errors: malformed (of another form or version, cut short), integrity (changed since).
Result<SavedState> read_saved_state(std::string_view file);

// Each recorded entry in order, ballots without proofs. Errors: malformed; those of the codec.
Result<void> replay(const SavedState& state, const std::function<void(election::Recorded&&)>& take);

}  // namespace suara::audit
