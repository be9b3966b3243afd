#pragma once
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.hpp"

namespace suara {

// The faults of one input, for an Error's `items`: the first of them in full, of the rest only how many there are, so
// that no input makes an answer without bounds.
class FaultList {
 public:
  static constexpr std::size_t shown = 100;

  void add(std::string fault) {
    if (++count_ <= shown) items_.push_back(std::move(fault));
  }
  std::size_t count() const { return count_; }
  bool empty() const { return count_ == 0; }

  // "1 fault", "3 faults": for the sentence that tells what to do.
  std::string counted() const { return std::to_string(count_) + (count_ == 1 ? " fault" : " faults"); }

  // Passes where there are none.
  Result<void> judged(ErrorCode code, std::string detail) const {
    if (empty()) return {};
    auto items = items_;
    if (count_ > shown) items.push_back("... and " + std::to_string(count_ - shown) + " more.");
    return fail(code, std::move(detail), std::move(items));
  }

 private:
  std::size_t count_ = 0;
  std::vector<std::string> items_;
};

}  // namespace suara
