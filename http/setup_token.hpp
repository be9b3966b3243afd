#pragma once
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace suara::http {

// What whoever sets the service up must show: it stands in a file that only the service's account can read, and there
// is one only while there is no staff. Nodes that share the folder share the token. Thread-safe.
class SetupToken {
 public:
  explicit SetupToken(std::filesystem::path file) : file_(std::move(file)) {}
  const std::filesystem::path& file() const { return file_; }

  // A fresh one in place of any earlier one, or none. Errors: internal, integrity.
  Result<void> renew();
  void remove();
  // Makes one where there is none.
  Result<void> provide();

  // Is this the token? Then it is used up: of several who show it one is told yes. Errors: internal, integrity.
  Result<bool> use(std::string_view shown);

 private:
  const std::filesystem::path file_;
  std::mutex mutex_;
};

}  // namespace suara::http
