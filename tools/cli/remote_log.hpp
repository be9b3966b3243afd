#pragma once
#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "core/audit/source.hpp"
#include "core/log/checkpoint.hpp"
#include "core/log/tiles.hpp"
#include "tools/cli/api.hpp"

namespace suara::cli {

// The service signs a new checkpoint within a fraction of a second.
constexpr int checkpoint_tries = 40;
constexpr std::chrono::milliseconds between_checkpoint_tries{250};

// The public log of an election as the service serves it, held at one checkpoint: the first read of `checkpoint` or
// `checkpoint.witnessed` fixes both, so that what follows fits together though the ledger grows. A file that is read again must be the same
// (error: integrity): what was verified is what was used.
class RemoteLog : public audit::Source {
 public:
  RemoteLog(Api& api, const std::string& uuid)
      : api_(api), root_("/log/" + uuid + "/"), stored_("/api/v1/elections/" + uuid + "/entries/") {}

  Result<std::string> read(std::string_view path, std::size_t max_bytes) override;

  // The entries of a bundle as the service's database holds them now, in the bundle's form. The published files are
  // written once; only these tell whether a row was changed since.
  Result<std::string> read_stored(const log::EntryBundle& bundle);

  // Drops the checkpoint, for a log that has grown since.
  void forget() {
    heads_.reset();
    seen_.clear();
  }

  // Why the last read failed; audit's errors are coarser.
  const std::optional<Fault>& fault() const { return fault_; }

 private:
  struct Heads {
    std::optional<std::string> witnessed;  // where there is one
    std::string newest;
  };
  Result<std::string> fetch(const std::string& address, std::size_t max_bytes);
  Result<Heads> fetch_heads();

  Api& api_;
  std::string root_;
  std::string stored_;
  std::optional<Heads> heads_;
  std::map<std::string, Hash, std::less<>> seen_;  // of each file of the tree that was read
  std::optional<Fault> fault_;
};

}  // namespace suara::cli
