#include "tools/bench/append.hpp"

#include <condition_variable>
#include <mutex>

#include "tools/bench/outcome.hpp"

namespace suara::bench {
namespace {

constexpr std::size_t max_in_flight = 8192;  // half of what the handler lets wait

// Bounds the commands in flight. The sender is woken only when half of them are answered: a wake-up an answer would
// be measured as part of the ledger.
class Window {
 public:
  void enter() {
    std::unique_lock lock(mutex_);
    if (in_flight_ == max_in_flight) wait_for(max_in_flight / 2, lock);
    ++in_flight_;
  }
  void drain() {
    std::unique_lock lock(mutex_);
    wait_for(0, lock);
  }
  void leave() {
    const std::lock_guard lock(mutex_);
    --in_flight_;
    if (waiting_ && in_flight_ <= low_) changed_.notify_one();
  }

 private:
  void wait_for(std::size_t low, std::unique_lock<std::mutex>& lock) {
    low_ = low;
    waiting_ = true;
    changed_.wait(lock, [&] { return in_flight_ <= low; });
    waiting_ = false;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t in_flight_ = 0;
  std::size_t low_ = 0;
  bool waiting_ = false;
};

struct Run {
  explicit Run(std::size_t events) : sent(events), milliseconds(events) {}
  Window window;
  Stopwatch watch;
  std::vector<double> sent;
  std::vector<double> milliseconds;  // written on the sequencer's thread, read after drain()
  std::string refusal;
};

}  // namespace

void measure_append(ledger::CommandHandler& handler, const OpenElection& election, const Wall& sign,
                    const Wall& insert) {
  const std::size_t events = election.credentials.size();
  const election::Actor voter{election::Role::voter, ""};
  Run run(events);
  for (std::size_t i = 0; i < events; ++i) {
    run.window.enter();
    run.sent[i] = run.watch.seconds();
    handler.submit(election.uuid, election::Command(election::VerifyVoter{election.credentials[i]}), voter,
                   [&run, i](const Result<ledger::Receipt>& receipt) {
                     if (!receipt) run.refusal = receipt.error().detail;
                     run.milliseconds[i] = (run.watch.seconds() - run.sent[i]) * 1000;
                     run.window.leave();
                   });
  }
  run.window.drain();
  const double seconds = run.watch.seconds();
  if (!run.refusal.empty()) throw Stopped("an event was refused: " + run.refusal);
  print_figure("durable append of signed events", static_cast<double>(events) / seconds, "events/s", {sign, insert});
  print_note(std::to_string(events) + " events, up to " + std::to_string(max_in_flight) +
             " in flight: " + percentiles(run.milliseconds) + " until durable");
}

}  // namespace suara::bench
