#pragma once
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "ledger/mariadb/connection.hpp"

namespace suara::ledger::mariadb {

// At most `size` connections, opened when first needed. Thread-safe. What comes back poisoned or inside a transaction
// is closed, and one that lay idle is asked for a sign of life before it is lent again.
class Pool {
 public:
  Pool(Config config, std::size_t size, std::chrono::milliseconds wait = std::chrono::seconds(5));

  // A connection on loan; goes back when destroyed, which must be before the pool is.
  class Lease {
   public:
    Lease(Lease&& other) noexcept
        : pool_(std::exchange(other.pool_, nullptr)), connection_(std::move(other.connection_)) {}
    Lease& operator=(Lease&&) = delete;
    ~Lease();
    Connection* operator->() const { return connection_.get(); }
    Connection& operator*() const { return *connection_; }

   private:
    friend class Pool;
    Lease(Pool* pool, std::unique_ptr<Connection> connection) : pool_(pool), connection_(std::move(connection)) {}
    Pool* pool_;
    std::unique_ptr<Connection> connection_;
  };

  // Blocks up to `wait` for a free place. Error: unavailable (no free place in time, or no connection can be opened).
  Result<Lease> acquire();

 private:
  using Clock = std::chrono::steady_clock;
  struct Idle {
    std::unique_ptr<Connection> connection;
    Clock::time_point since;
  };
  void give_back(std::unique_ptr<Connection> connection);
  std::unique_ptr<Connection> take_idle();

  const Config config_;
  const std::size_t size_;
  const std::chrono::milliseconds wait_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::size_t lent_ = 0;
  std::vector<Idle> idle_;  // the most recently used last
};

}  // namespace suara::ledger::mariadb
