#include "ledger/witness_feed.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "core/audit/published_keys.hpp"

namespace suara::ledger {
namespace {

using Clock = std::chrono::steady_clock;
using Time = Clock::time_point;
using std::chrono::milliseconds;
using Kind = WitnessAnswer::Kind;

// So often a witness may be ahead of the files here before it is said: another node may just have published.
constexpr int patience_ahead = 5;

// A head that all witnesses of its ledger are given.
struct Target {
  log::SignedCheckpoint head;
  election::WitnessPolicy policy;  // no keys where there is none
  std::string ledger_key;          // the one in force
};

struct Fault {
  WitnessState state;
  std::string detail;
};

// Of one witness with one ledger.
struct Progress {
  std::optional<std::uint64_t> known;  // entries of the head it cosigned last; nothing: not yet looked up
  std::uint64_t done = 0;              // size of the target that is dealt with
  Time not_before{};
  milliseconds pause{0};
  int ahead = 0;
  std::optional<Fault> fault;
};

struct Ledger {
  std::uint64_t newest = 0;
  std::shared_ptr<const Target> target;
  Time advanced{};
  std::string trouble;  // why it could not be read last, said once in the log
};

bool names(const election::WitnessPolicy& policy, const std::string& key) {
  return std::find(policy.keys.begin(), policy.keys.end(), key) != policy.keys.end();
}

Result<Target> read_target(const LogFolder& log) {
  auto head = CheckpointFiles(log).newest();
  if (!head) return fail(std::move(head.error()));
  const auto json = log.read("keys.json", audit::max_keys_json);
  if (!json) return fail(json.error());
  const auto keys = audit::read_published_keys(*json);
  if (!keys) return fail(keys.error());
  Target target{std::move(*head), {}, log::verifier_key_text(keys->ledger.back())};
  target.policy.needed = static_cast<std::uint32_t>(keys->witnesses_needed);
  for (const auto& key : keys->witnesses) target.policy.keys.push_back(key);
  return target;
}

}  // namespace

class WitnessFeed::Impl {
 public:
  explicit Impl(WitnessFeedOptions options) : options_(std::move(options)) {
    for (const auto& witness : options_.witnesses) {
      auto worker = std::make_unique<Worker>();
      worker->witness = witness;
      worker->key = witness.key_text();
      worker->client = options_.client(witness);
      workers_.push_back(std::move(worker));
    }
  }

  ~Impl() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    for (const auto& worker : workers_) worker->client->stop();
    wake_.notify_all();
    for (const auto& worker : workers_)
      if (worker->thread.joinable()) worker->thread.join();
  }

  void start() {
    for (const auto& worker : workers_) worker->thread = std::thread([this, each = worker.get()] { run(*each); });
  }

  void notify(const ElectionUuid& uuid, std::uint64_t size) {
    if (workers_.empty()) return;
    {
      const std::lock_guard lock(mutex_);
      Ledger& ledger = ledgers_[uuid];
      ledger.newest = std::max(ledger.newest, size);
    }
    wake_.notify_all();
  }

  std::vector<WitnessStatus> status(const ElectionUuid& uuid, const election::WitnessPolicy& policy) const {
    auto list = status_of(CheckpointFiles(LogFolder(options_.log(uuid))), policy);
    for (auto& status : list) explain(status, uuid);
    return list;
  }

  std::optional<Witnessed> witnessed(const ElectionUuid& uuid, const election::WitnessPolicy& policy) const {
    return witnessed_of(CheckpointFiles(LogFolder(options_.log(uuid))), policy);
  }

  std::vector<std::pair<std::string, bool>> reachable() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::pair<std::string, bool>> list;
    for (const auto& worker : workers_) list.emplace_back(worker->witness.name, !worker->fault);
    return list;
  }

  std::vector<Listener> listeners;

 private:
  // One witness. All but the thread and the client is under the mutex.
  struct Worker {
    Witness witness;
    std::string key;
    std::unique_ptr<WitnessClient> client;
    std::map<ElectionUuid, Progress> progress;
    std::optional<Fault> fault;  // it cannot be reached, whatever the ledger
    Time not_before{};
    milliseconds pause{0};
    std::thread thread;
  };

  struct Due {
    ElectionUuid uuid;
    Time at;
    bool advance = false;  // first the ledger's target is to be read anew
  };

  void explain(WitnessStatus& status, const ElectionUuid& uuid) const {
    const std::lock_guard lock(mutex_);
    const auto worker =
        std::find_if(workers_.begin(), workers_.end(), [&](const auto& each) { return each->key == status.key; });
    if (worker != workers_.end()) status.url = (*worker)->witness.url;
    if (status.state == WitnessState::current) return;
    if (worker == workers_.end()) {
      status.state = WitnessState::unreachable;
      status.detail = "This service was given no address for this witness.";
      return;
    }
    const auto progress = (*worker)->progress.find(uuid);
    const Fault* fault = (*worker)->fault ? &*(*worker)->fault : nullptr;
    if (!fault && progress != (*worker)->progress.end() && progress->second.fault) fault = &*progress->second.fault;
    if (!fault) return;
    status.state = fault->state;
    status.detail = fault->detail;
  }

  std::optional<Due> next_due(Worker& worker) const {
    std::optional<Due> first;
    for (const auto& [uuid, ledger] : ledgers_) {
      const auto found = worker.progress.find(uuid);
      const Progress progress = found == worker.progress.end() ? Progress{} : found->second;
      Due due{uuid, std::max(worker.not_before, progress.not_before)};
      const bool waits = ledger.target && progress.done < ledger.target->head.checkpoint.size;
      if (!waits || Clock::now() >= ledger.advanced + options_.interval) {
        // The newest one takes the place of an older one that this witness has not been given.
        due.advance = ledger.newest > (ledger.target ? ledger.target->head.checkpoint.size : 0);
        if (!waits && !due.advance) continue;
        if (due.advance) due.at = std::max(due.at, ledger.advanced + options_.interval);
      }
      if (!first || due.at < first->at) first = due;
    }
    return first;
  }

  void run(Worker& worker) {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      const auto due = next_due(worker);
      if (!due) {
        wake_.wait(lock);
      } else if (due->at > Clock::now()) {
        wake_.wait_until(lock, due->at);
      } else if (due->advance) {
        advance(due->uuid, lock);
      } else {
        take_turn(worker, due->uuid, lock);
      }
    }
  }

  void advance(const ElectionUuid& uuid, std::unique_lock<std::mutex>& lock) {
    ledgers_[uuid].advanced = Clock::now();  // so that one worker reads, and the others wait for it
    lock.unlock();
    auto target = read_target(LogFolder(options_.log(uuid)));
    lock.lock();
    Ledger& ledger = ledgers_[uuid];
    if (!target) {
      if (ledger.trouble != target.error().detail)
        spdlog::warn("witnesses of {}: {}", uuid.value, target.error().detail);
      ledger.trouble = target.error().detail;
      return;
    }
    ledger.trouble.clear();
    const std::uint64_t size = target->head.checkpoint.size;
    ledger.newest = std::max(ledger.newest, size);
    if (!ledger.target || ledger.target->head.checkpoint.size < size)
      ledger.target = std::make_shared<const Target>(std::move(*target));
    wake_.notify_all();
  }

  void take_turn(Worker& worker, const ElectionUuid& uuid, std::unique_lock<std::mutex>& lock) {
    Progress& progress = worker.progress[uuid];
    if (progress.ahead > 0) advance(uuid, lock);  // what is published by now may reach it
    const auto target = ledgers_[uuid].target;
    const std::uint64_t size = target->head.checkpoint.size;
    if (!names(target->policy, worker.key)) {
      progress.done = size;
      progress.fault.reset();
      return;
    }
    const auto known = progress.known;
    progress.not_before = Clock::now() + options_.interval;
    lock.unlock();
    const LogFolder log(options_.log(uuid));
    const CheckpointFiles files(log);
    const std::uint64_t old = known ? *known : last_cosigned(files, worker.key);
    if (!known && old == size) {  // from before a start
      lock.lock();
      progress.known = progress.done = size;
      return;
    }
    bool witnessed = false;
    WitnessAnswer answer = ask(worker, log, *target, old);
    if (answer.cosignature) {
      const auto kept = files.keep(target->head, *answer.cosignature, target->policy);
      if (!kept) answer = {Kind::not_ready, answer.known, {}, "Its cosignature cannot be kept: " + kept.error().detail};
      witnessed = kept && *kept;
    }
    lock.lock();
    if (stopping_) return;
    note_answer(worker, uuid, progress, answer, size);
    lock.unlock();
    for (const auto& listener : listeners) listener(uuid, witnessed);
    lock.lock();
  }

  static WitnessAnswer ask(Worker& worker, const LogFolder& log, const Target& target, std::uint64_t old) {
    try {
      return ask_witness(*worker.client, worker.witness, log, target.head, old, target.ledger_key);
    } catch (const std::exception& failure) {  // of a library: it must not end the service
      return {Kind::not_ready, {}, {}, std::string("It cannot be asked: ") + failure.what()};
    }
  }

  void note_answer(Worker& worker, const ElectionUuid& uuid, Progress& progress, const WitnessAnswer& answer,
                   std::uint64_t size) {
    if (answer.known) progress.known = answer.known;
    if (answer.kind != Kind::ahead) progress.ahead = 0;
    if (answer.kind == Kind::unreachable) {
      if (!worker.fault) spdlog::warn("witness {}: {}", worker.witness.name, answer.detail);
      worker.fault = Fault{WitnessState::unreachable, answer.detail};
      worker.not_before = Clock::now() + grow(worker.pause);
      return;
    }
    if (worker.fault) spdlog::info("witness {}: it answers again", worker.witness.name);
    worker.fault.reset();
    worker.pause = milliseconds(0);
    if (answer.kind == Kind::cosigned) {
      progress.done = size;
      progress.pause = milliseconds(0);
      progress.fault.reset();
      return;
    }
    Fault fault{answer.kind == Kind::refused ? WitnessState::refused : WitnessState::behind, answer.detail};
    if (answer.kind == Kind::ahead) {
      fault.detail = "It has cosigned " + std::to_string(*answer.known) + " entries of this ledger; here are " +
                     std::to_string(size) + ".";
      if (++progress.ahead < patience_ahead) {
        progress.fault = std::move(fault);
        return;
      }
      fault.state = WitnessState::refused;
      fault.detail += " Was the ledger set back, or does another service sign with its key?";
    }
    if (!progress.fault || progress.fault->detail != fault.detail)
      spdlog::warn("witness {}, election {}: {}", worker.witness.name, uuid.value, fault.detail);
    progress.fault = std::move(fault);
    progress.not_before = Clock::now() + grow(progress.pause);
  }

  milliseconds grow(milliseconds& pause) const {
    pause = pause.count() == 0 ? options_.first_pause : std::min(2 * pause, options_.longest_pause);
    return pause;
  }

  const WitnessFeedOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::map<ElectionUuid, Ledger> ledgers_;
  std::vector<std::unique_ptr<Worker>> workers_;
};

WitnessFeed::WitnessFeed(WitnessFeedOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
WitnessFeed::~WitnessFeed() = default;
void WitnessFeed::add_listener(Listener listener) { impl_->listeners.push_back(std::move(listener)); }
void WitnessFeed::start() { impl_->start(); }
void WitnessFeed::notify(const ElectionUuid& uuid, const log::Checkpoint& checkpoint) {
  impl_->notify(uuid, checkpoint.size);
}
std::vector<WitnessStatus> WitnessFeed::status(const ElectionUuid& uuid, const election::WitnessPolicy& policy) const {
  return impl_->status(uuid, policy);
}
std::optional<Witnessed> WitnessFeed::witnessed(const ElectionUuid& uuid, const election::WitnessPolicy& policy) const {
  return impl_->witnessed(uuid, policy);
}
std::vector<std::pair<std::string, bool>> WitnessFeed::reachable() const { return impl_->reachable(); }

}  // namespace suara::ledger
