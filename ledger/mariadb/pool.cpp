#include "ledger/mariadb/pool.hpp"

namespace suara::ledger::mariadb {
namespace {
constexpr auto trusted_idle = std::chrono::milliseconds(200);
}

Pool::Pool(Config config, std::size_t size, std::chrono::milliseconds wait)
    : config_(std::move(config)), size_(size), wait_(wait) {}

Pool::Lease::~Lease() {
  if (pool_) pool_->give_back(std::move(connection_));
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
  std::vector<Idle> to_close;  // closing talks to the server: not under the mutex
  {
    const std::lock_guard lock(mutex_);
    --lent_;
    if (connection->usable() && !connection->in_transaction()) {
      idle_.push_back({std::move(connection), Clock::now()});
    } else if (!connection->usable()) {
      to_close.swap(idle_);  // the others were opened to the same lost server
    }
  }
  freed_.notify_one();
}

std::unique_ptr<Connection> Pool::take_idle() {
  for (;;) {
    Idle candidate;
    {
      const std::lock_guard lock(mutex_);
      if (idle_.empty()) return nullptr;
      candidate = std::move(idle_.back());
      idle_.pop_back();
    }
    if (Clock::now() - candidate.since < trusted_idle || candidate.connection->ping())
      return std::move(candidate.connection);
  }
}

Result<Pool::Lease> Pool::acquire() {
  {
    std::unique_lock lock(mutex_);
    if (!freed_.wait_for(lock, wait_, [this] { return lent_ < size_; }))
      return fail(ErrorCode::unavailable, "All connections to the database are in use; try again.");
    ++lent_;
  }
  std::unique_ptr<Connection> connection = take_idle();
  if (!connection) {
    auto opened = Connection::open(config_);
    if (!opened) {
      const std::lock_guard lock(mutex_);
      --lent_;
      freed_.notify_one();
      return fail(std::move(opened).error());
    }
    connection = std::move(*opened);
  }
  return Lease(this, std::move(connection));
}

}  // namespace suara::ledger::mariadb
