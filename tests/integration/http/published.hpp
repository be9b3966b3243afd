#pragma once
#include "core/audit/audit.hpp"
#include "ledger/log_folder.hpp"

namespace suara::test {

// A ledger's log as a service published it.
class Published : public audit::Source {
 public:
  explicit Published(ledger::LogFolder folder) : folder_(std::move(folder)) {}
  Result<std::string> read(std::string_view path, std::size_t max_bytes) override {
    return folder_.read(path, max_bytes);
  }

 private:
  ledger::LogFolder folder_;
};

}  // namespace suara::test
