#include "ledger/ledger_watcher.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "ledger/memory_store.hpp"

using namespace suara;
using namespace std::chrono_literals;
using ledger::LedgerWatcher;

namespace {

const Origin origin{"suara.example/watched"};
const ElectionUuid one{"11111111111111"}, two{"22222222222222"};

struct Call {
  ElectionUuid uuid;
  std::uint64_t size;
  std::chrono::steady_clock::time_point at;
};

// Writes down what it is asked to do; `answer` says what becomes of it.
class Worker {
 public:
  std::function<LedgerWatcher::Outcome(const Call&)> answer = [](const Call& call) {
    return LedgerWatcher::Outcome{call.size};
  };
  LedgerWatcher::Outcome operator()(const ledger::LedgerInfo& ledger, std::uint64_t size) {
    const Call call{ledger.uuid, size, std::chrono::steady_clock::now()};
    const std::lock_guard lock(mutex_);
    calls_.push_back(call);
    called_.notify_all();
    return answer(call);
  }
  bool reached(const ElectionUuid& uuid, std::uint64_t size) {
    return wait([&] {
      return std::any_of(calls_.begin(), calls_.end(), [&](const Call& c) { return c.uuid == uuid && c.size == size; });
    });
  }
  bool wait(const std::function<bool()>& condition) {
    std::unique_lock lock(mutex_);
    return called_.wait_for(lock, 30s, condition);
  }
  const std::vector<Call>& calls() const { return calls_; }

 private:
  std::mutex mutex_;
  std::condition_variable called_;
  std::vector<Call> calls_;
};

struct Site {
  ledger::MemoryStore store;
  Worker worker;
  ledger::LedgerInfo add(const ElectionUuid& uuid) { return *store.create_ledger(uuid, origin); }
  LedgerWatcher watcher(LedgerWatcher::Options options) {
    return {store, options, [this](const auto& ledger, std::uint64_t size) { return worker(ledger, size); }};
  }
};

}  // namespace

TEST_CASE("every ledger that has entries is worked on, and only the one that grew again") {
  Site site;
  const auto first = site.add(one), second = site.add(two);
  auto watcher = site.watcher({1h, 0ms});
  watcher.notify(site.add(ElectionUuid{"33333333333333"}), 0);
  watcher.notify(first, 3);
  watcher.notify(second, 5);
  watcher.start();
  REQUIRE(site.worker.reached(one, 3));
  REQUIRE(site.worker.reached(two, 5));
  watcher.notify(second, 5);  // nothing new
  watcher.notify(second, 6);
  REQUIRE(site.worker.reached(two, 6));
  CHECK(site.worker.calls().size() == 3);
}

TEST_CASE("what comes closely after a work is gathered") {
  Site site;
  const auto ledger = site.add(one);
  auto watcher = site.watcher({1h, 300ms});
  watcher.start();
  watcher.notify(ledger, 1);
  REQUIRE(site.worker.reached(one, 1));
  for (std::uint64_t size = 2; size <= 100; ++size) watcher.notify(ledger, size);
  REQUIRE(site.worker.reached(one, 100));
  CHECK(site.worker.calls().size() <= 4);
}

TEST_CASE("a work that failed is tried again after its pause, also without new entries") {
  Site site;
  const auto ledger = site.add(one);
  int left = 3;
  site.worker.answer = [&](const Call& call) {
    return left-- > 0 ? LedgerWatcher::Outcome{0, false, {}, 5ms} : LedgerWatcher::Outcome{call.size};
  };
  auto watcher = site.watcher({1h, 0ms});
  watcher.start();
  watcher.notify(ledger, 2);
  REQUIRE(site.worker.wait([&] { return site.worker.calls().size() == 4; }));
  for (std::size_t i = 1; i < 4; ++i) CHECK(site.worker.calls()[i].at - site.worker.calls()[i - 1].at >= 5ms);
}

TEST_CASE("a ledger can be looked at again at a time, and never again once it is finished") {
  Site site;
  const auto ledger = site.add(one), other = site.add(two);
  site.worker.answer = [&](const Call& call) {
    LedgerWatcher::Outcome outcome{call.size};
    if (site.worker.calls().size() == 1) outcome.wake_after = 1ms;
    outcome.finished = site.worker.calls().size() == 2;
    return outcome;
  };
  auto watcher = site.watcher({1h, 0ms});
  watcher.start();
  watcher.notify(ledger, 2);
  REQUIRE(site.worker.wait([&] { return site.worker.calls().size() == 2; }));
  watcher.notify(ledger, 9);
  watcher.notify(other, 1);
  REQUIRE(site.worker.reached(two, 1));
  CHECK(site.worker.calls().size() == 3);
}
