#pragma once
#include <functional>
#include <shared_mutex>

namespace suara::http {

// Lets notifications through until it is closed. The parts of the service notify one another in a circle, so that no
// order of destruction is right for all; closing the gate first makes every order right.
class Gate {
 public:
  void pass(const std::function<void()>& notification) {
    const std::shared_lock lock(mutex_);
    if (open_) notification();
  }
  // Waits for notifications under way; later ones are dropped.
  void close() {
    const std::unique_lock lock(mutex_);
    open_ = false;
  }

 private:
  std::shared_mutex mutex_;
  bool open_ = true;
};

}  // namespace suara::http
