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

Result<std::string> RemoteLog::read(std::string_view path, std::size_t max_bytes) {
  const bool is_checkpoint = path == "checkpoint";
  if (is_checkpoint && checkpoint_) return *checkpoint_;
  auto content = fetch(root_ + std::string(path), max_bytes);
  if (!content) return content;
  if (is_checkpoint) {
    checkpoint_ = *content;
    return content;
  }
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
