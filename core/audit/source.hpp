#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace suara::audit {

// The files of a bundle by their path inside it: `checkpoint`, `keys.json`, `tile/0/000`, `tile/entries/x001/067.p/3`.
// How they are stored (a folder, a tar) is the caller's matter.
class Source {
 public:
  virtual ~Source() = default;
  // Errors: not_found, too_large (more than max_bytes), unavailable (cannot be read).
  virtual Result<std::string> read(std::string_view path, std::size_t max_bytes) = 0;
};

}  // namespace suara::audit
