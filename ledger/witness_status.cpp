#include "ledger/witness_status.hpp"

#include <algorithm>

#include "ledger/witness_turn.hpp"

namespace suara::ledger {
namespace {

const log::NoteSignature* line_of(const log::SignedCheckpoint& head, std::string_view key) {
  for (const auto& line : head.note.signatures)
    if (log::is_by(line, key)) return &line;
  return nullptr;
}

std::optional<Timestamp> time_of(const log::NoteSignature& line) {
  const auto seconds = cosignature_time(line);
  if (!seconds || *seconds > 253'402'300'799) return std::nullopt;  // beyond the year 9999
  return Timestamp{static_cast<std::int64_t>(*seconds) * 1000};
}

std::vector<log::SignedCheckpoint> all_heads(const CheckpointFiles& files) {
  auto heads = files.cosigned();
  if (auto head = files.newest()) heads.push_back(std::move(*head));
  if (auto head = files.witnessed()) heads.push_back(std::move(*head));
  return heads;
}

}  // namespace

std::string_view state_name(WitnessState state) {
  switch (state) {
    case WitnessState::current:
      return "current";
    case WitnessState::behind:
      return "behind";
    case WitnessState::unreachable:
      return "unreachable";
    case WitnessState::refused:
      return "refused";
  }
  return "behind";
}

std::vector<WitnessStatus> status_of(const CheckpointFiles& files, const election::WitnessPolicy& policy) {
  const auto heads = all_heads(files);
  const auto newest = files.newest();
  std::vector<WitnessStatus> list;
  for (const auto& key : policy.keys) {
    WitnessStatus status{key.substr(0, key.find('+')), key, {}, 0, {}, WitnessState::behind, {}};
    for (const auto& head : heads) {
      const auto* line = line_of(head, key);
      if (!line || head.checkpoint.size < status.size) continue;
      status.size = head.checkpoint.size;
      status.time = time_of(*line);
    }
    if (newest && newest->checkpoint.size > 0 && status.size >= newest->checkpoint.size)
      status.state = WitnessState::current;
    list.push_back(std::move(status));
  }
  return list;
}

std::optional<Witnessed> witnessed_of(const CheckpointFiles& files, const election::WitnessPolicy& policy) {
  const auto head = files.witnessed();
  if (!head) return std::nullopt;
  std::vector<Timestamp> times;
  for (const auto& key : policy.keys)
    if (const auto* line = line_of(*head, key))
      if (const auto time = time_of(*line)) times.push_back(*time);
  std::sort(times.begin(), times.end());
  if (policy.needed == 0 || times.size() < policy.needed) return std::nullopt;
  return Witnessed{head->checkpoint.size, times[policy.needed - 1]};
}

std::uint64_t last_cosigned(const CheckpointFiles& files, std::string_view key) {
  std::uint64_t size = 0;
  for (const auto& head : all_heads(files))
    if (line_of(head, key)) size = std::max(size, head.checkpoint.size);
  return size;
}

}  // namespace suara::ledger
