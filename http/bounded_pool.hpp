#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace suara::http {

// Threads for work that blocks or computes, so that the threads that serve sockets never do. The queue is bounded:
// what does not fit is refused at once and answered `overloaded`.
class BoundedPool {
 public:
  BoundedPool(std::string name, std::size_t threads, std::size_t max_queue);
  ~BoundedPool();  // stop()
  BoundedPool(const BoundedPool&) = delete;
  BoundedPool& operator=(const BoundedPool&) = delete;

  // False where the queue is full or the pool has stopped; the task is then dropped. Tasks may not throw.
  bool post(std::function<void()> task);
  void stop();  // carries out what is queued, then joins

  std::size_t queued() const;
  const std::string& name() const { return name_; }

 private:
  void run();

  const std::string name_;
  const std::size_t max_queue_;
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::function<void()>> tasks_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace suara::http
