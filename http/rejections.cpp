#include "http/rejections.hpp"

namespace suara::http {
namespace {

constexpr std::int64_t minute_ms = 60'000;

bool tells(ErrorCode why) {
  switch (why) {
    case ErrorCode::wrong_phase:
    case ErrorCode::not_found:
    case ErrorCode::unavailable:
    case ErrorCode::overloaded:
    case ErrorCode::timeout:
    case ErrorCode::internal:
    case ErrorCode::integrity:
      return false;
    default:
      return true;
  }
}

}  // namespace

Rejections::Minute& Rejections::minute(const ElectionUuid& uuid, Timestamp now) {
  Minutes& list = elections_[uuid];
  const std::int64_t number = now.ms / minute_ms;
  list.erase(list.begin(), list.upper_bound(number - minutes));
  return list[number];
}

void Rejections::accepted(const ElectionUuid& uuid, Timestamp now) {
  const std::lock_guard lock(mutex_);
  ++minute(uuid, now).accepted;
}

void Rejections::refused(const ElectionUuid& uuid, ErrorCode why, Timestamp now) {
  if (!tells(why)) return;
  const std::lock_guard lock(mutex_);
  ++minute(uuid, now).refused;
}

Rejections::Rate Rejections::rate(const ElectionUuid& uuid, Timestamp now) const {
  const std::lock_guard lock(mutex_);
  Rate rate;
  const auto found = elections_.find(uuid);
  if (found == elections_.end()) return rate;
  for (auto at = found->second.upper_bound(now.ms / minute_ms - minutes); at != found->second.end(); ++at) {
    if (rate.refused == 0 && at->second.refused > 0) rate.since = Timestamp{at->first * minute_ms};
    rate.accepted += at->second.accepted;
    rate.refused += at->second.refused;
  }
  return rate;
}

}  // namespace suara::http
