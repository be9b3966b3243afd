#include "tools/cli/remote_log.hpp"

namespace suara::cli {

Result<std::string> RemoteLog::read(std::string_view path, std::size_t max_bytes) {
  const bool is_checkpoint = path == "checkpoint";
  if (is_checkpoint && checkpoint_) return *checkpoint_;
  auto content = api_.file(root_ + std::string(path));
  if (!content) {
    fault_ = content.error();
    const bool missing = fault_->code == error_name(ErrorCode::not_found);
    return fail(missing ? ErrorCode::not_found : ErrorCode::unavailable, fault_->message);
  }
  if (content->size() > max_bytes) {
    return fail(ErrorCode::too_large, "The log's file " + std::string(path) + " is larger than its form allows.");
  }
  if (is_checkpoint) checkpoint_ = *content;
  return std::move(*content);
}

}  // namespace suara::cli
