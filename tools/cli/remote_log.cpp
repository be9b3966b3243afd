#include "tools/cli/remote_log.hpp"

#include "core/crypto/hash.hpp"

namespace suara::cli {

Result<std::string> RemoteLog::fetch(const std::string& address, std::size_t max_bytes) {
  auto content = api_.file(address);
  if (!content) {
    fault_ = content.error();
    const bool missing = fault_->code == error_name(ErrorCode::not_found);
    return fail(missing ? ErrorCode::not_found : ErrorCode::unavailable, fault_->message);
  }
  if (content->size() > max_bytes) {
    return fail(ErrorCode::too_large, address + " is larger than its form allows.");
  }
  return std::move(*content);
}

// The witnessed one first: the newest is then at least as large.
Result<RemoteLog::Heads> RemoteLog::fetch_heads() {
  Heads heads;
  auto witnessed = fetch(root_ + "checkpoint.witnessed", log::max_note_size);
  if (witnessed) {
    heads.witnessed = std::move(*witnessed);
  } else if (witnessed.error().code != ErrorCode::not_found) {
    return fail(std::move(witnessed.error()));
  }
  fault_.reset();
  auto newest = fetch(root_ + "checkpoint", log::max_note_size);
  if (!newest) return fail(std::move(newest.error()));
  heads.newest = std::move(*newest);
  return heads;
}

Result<std::string> RemoteLog::read(std::string_view path, std::size_t max_bytes) {
  if (path == "checkpoint" || path == "checkpoint.witnessed") {
    if (!heads_) {
      auto heads = fetch_heads();
      if (!heads) return fail(std::move(heads.error()));
      heads_ = std::move(*heads);
    }
    if (path == "checkpoint") return heads_->newest;
    if (heads_->witnessed) return *heads_->witnessed;
    return fail(ErrorCode::not_found, "This ledger has no witnessed checkpoint.");
  }
  auto content = fetch(root_ + std::string(path), max_bytes);
  if (!content) return content;
  const Hash hash = crypto::sha256(*content);
  if (seen_.try_emplace(std::string(path), hash).first->second != hash) {
    return fail(ErrorCode::integrity, "The service gave " + std::string(path) + " twice with different content.");
  }
  return content;
}

Result<std::string> RemoteLog::read_stored(const log::EntryBundle& bundle) {
  return fetch(stored_ + std::to_string(bundle.n) + "?count=" + std::to_string(bundle.width), log::max_bundle_size);
}

}  // namespace suara::cli
