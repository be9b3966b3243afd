#pragma once
#include <optional>
#include <string>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

namespace suara::ledger {

struct Photo {
  std::string type;  // image/jpeg, image/png, image/webp
  std::string content;
};

constexpr std::size_t max_photo_bytes = 400 * 1024;
constexpr std::size_t max_photos = 5000;

// Pictures of candidates, outside the ledger, which names them by their SHA-256. Errors of every call: unavailable.
// Thread-safe; calls block.
class PhotoStore {
 public:
  virtual ~PhotoStore() = default;
  virtual Result<void> add(const Hash& hash, const Photo& photo) = 0;  // again: nothing happens; too_large: max_photos
  virtual Result<std::optional<Photo>> find(const Hash& hash) = 0;
};

}  // namespace suara::ledger
