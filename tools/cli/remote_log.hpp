#pragma once
#include <optional>
#include <string>

#include "core/audit/source.hpp"
#include "core/log/checkpoint.hpp"
#include "tools/cli/api.hpp"

namespace suara::cli {

// The public log of an election as the service serves it, held at one checkpoint: the first read of `checkpoint`
// fixes it, so that what follows fits together though the ledger grows.
class RemoteLog : public audit::Source {
 public:
  RemoteLog(Api& api, const std::string& uuid) : api_(api), root_("/log/" + uuid + "/") {}

  Result<std::string> read(std::string_view path, std::size_t max_bytes) override;

  // Drops the checkpoint, for a log that has grown since.
  void forget() { checkpoint_.reset(); }

  // Why the last read failed; audit's errors are coarser.
  const std::optional<Fault>& fault() const { return fault_; }

 private:
  Api& api_;
  std::string root_;
  std::optional<std::string> checkpoint_;
  std::optional<Fault> fault_;
};

}  // namespace suara::cli
