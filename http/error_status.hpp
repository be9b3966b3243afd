#pragma once
#include <optional>

#include "core/base/error.hpp"

namespace suara::http {

struct ErrorStatus {
  unsigned status;
  std::optional<unsigned> retry_after{};  // seconds, where trying again later is the remedy
};

// The one place where a reason of refusal becomes an HTTP status.
ErrorStatus error_status(ErrorCode code);

}  // namespace suara::http
