#pragma once
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace suara::verify {

// A fixed crew that runs one loop at a time. The caller works with it, so one worker means no thread at all.
class Workers {
 public:
  explicit Workers(std::size_t count);
  ~Workers();
  // task(0) .. task(n-1); returns when all are done.
  void run(std::size_t n, const std::function<void(std::size_t)>& task);

 private:
  void serve();
  void work();

  std::mutex mutex_;
  std::condition_variable wake_, done_;
  const std::function<void(std::size_t)>* task_ = nullptr;
  std::size_t size_ = 0, next_ = 0, busy_ = 0;
  std::uint64_t round_ = 0;
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace suara::verify
