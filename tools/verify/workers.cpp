#include "tools/verify/workers.hpp"

namespace suara::verify {

Workers::Workers(std::size_t count) {
  for (std::size_t i = 1; i < count; ++i) threads_.emplace_back([this] { serve(); });
}

Workers::~Workers() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_all();
  for (auto& thread : threads_) thread.join();
}

void Workers::run(std::size_t n, const std::function<void(std::size_t)>& task) {
  {
    const std::lock_guard lock(mutex_);
    task_ = &task;
    size_ = n;
    next_ = 0;
    ++round_;
  }
  wake_.notify_all();
  work();
  std::unique_lock lock(mutex_);
  done_.wait(lock, [&] { return busy_ == 0; });
  task_ = nullptr;
}

void Workers::work() {
  std::unique_lock lock(mutex_);
  ++busy_;
  while (task_ && next_ < size_) {
    const std::size_t index = next_++;
    const auto& task = *task_;
    lock.unlock();
    task(index);
    lock.lock();
  }
  if (--busy_ == 0) done_.notify_all();
}

void Workers::serve() {
  std::uint64_t seen = 0;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return stop_ || round_ != seen; });
      if (stop_) return;
      seen = round_;
    }
    work();
  }
}

}  // namespace suara::verify
