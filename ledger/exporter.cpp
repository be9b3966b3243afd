#include "ledger/exporter.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <map>
#include <mutex>
#include <thread>

#include "ledger/checkpoint_files.hpp"
#include "ledger/log_folder.hpp"

namespace suara::ledger {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using election::Phase;

bool is_over(Phase phase) { return phase == Phase::tallied || phase == Phase::certified || phase == Phase::cancelled; }

// A folder that is filled and then takes its name; removed where it does not come to that.
class Working {
 public:
  static Result<Working> in(const fs::path& parent) {
    std::error_code error;
    fs::create_directories(parent, error);
    std::string name = (parent / ".draft-XXXXXX").string();
    if (error || ::mkdtemp(name.data()) == nullptr)
      return fail(ErrorCode::internal, fmt::format("Cannot make a folder in {}.", parent.string()));
    fs::permissions(name, fs::perms(0755), error);
    return Working(name);
  }
  Working(Working&& other) noexcept : folder_(std::exchange(other.folder_, {})) {}
  Working& operator=(Working&&) = delete;
  ~Working() {
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
  }
  const fs::path& folder() const { return folder_; }

  // Another process may have been faster; then its files stay: they hold the same.
  Result<void> rename(const fs::path& to) {
    std::error_code error;
    fs::rename(folder_, to, error);
    if (!error) {
      folder_.clear();
      return {};
    }
    if (fs::exists(to)) return {};
    return fail(ErrorCode::internal, fmt::format("Cannot make {}: {}.", to.string(), error.message()));
  }

 private:
  explicit Working(fs::path folder) : folder_(std::move(folder)) {}
  fs::path folder_;
};

// Those of earlier checkpoints, and what a process left that ended half-way. Whoever is reading one still has it open.
void remove_others(const fs::path& parent, const fs::path& kept) {
  std::error_code ignored;
  const auto long_ago = fs::file_time_type::clock::now() - std::chrono::hours(24);
  for (const auto& each : fs::directory_iterator(parent, ignored)) {
    const bool draft = each.path().filename().string().starts_with('.');
    if (each.path() != kept && (!draft || each.last_write_time(ignored) < long_ago))
      fs::remove_all(each.path(), ignored);
  }
}

// Files with the whole ledger under a witnessed checkpoint have a name of their own, so that they take the others'
// place.
std::string folder_name(std::uint64_t entries, bool witnessed) {
  return std::to_string(entries) + (witnessed ? ".witnessed" : "");
}

}  // namespace

class Exporter::Impl {
 public:
  Impl(const CommandHandler& commands, ExporterOptions options) : commands_(commands), options_(std::move(options)) {}

  ~Impl() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
  }

  void start() {
    for (const auto& summary : commands_.summaries()) notify(summary->uuid);
    thread_ = std::thread([this] { run(); });
  }

  void notify(const ElectionUuid& uuid) {
    {
      const std::lock_guard lock(mutex_);
      due_.try_emplace(uuid, Clock::now() + options_.gather);
    }
    wake_.notify_one();
  }

  Result<void> write_now(const ElectionUuid& uuid) {
    const auto summary = commands_.summary(uuid);
    if (!summary || !is_over(summary->phase)) return {};
    const fs::path parent = options_.dir / uuid.value;
    const CheckpointFiles heads{LogFolder(options_.log(uuid))};
    const auto newest = heads.newest();
    if (newest && newest->checkpoint.size == commands_.counts(uuid).entries) {
      const std::uint64_t entries = newest->checkpoint.size;
      const auto witnessed = heads.witnessed();
      const bool whole = witnessed && witnessed->checkpoint.size >= entries;
      // Written before a restart, or by another process.
      if (const fs::path folder = parent / folder_name(entries, whole); fs::exists(folder))
        return offer(uuid, folder, summary->phase);
      if (summary->draft.policies.witnesses && !whole && waits_for_witnesses(uuid, entries))
        return fail(ErrorCode::unavailable, "The last checkpoint is not cosigned by enough witnesses yet.");
    }
    auto working = Working::in(parent);
    if (!working) return fail(std::move(working).error());
    audit::Options judge;
    judge.parallel = [this](std::size_t n, const audit::Task& task) {
      for (std::size_t i = 0; i < n; ++i) {
        if (stopping_) throw Stopped{};
        task(i);
      }
    };
    const auto written = write_export(options_.log(uuid), working->folder(), options_.audited_ballots, judge);
    if (!written) {
      // Files of two moments do not fit together, and nothing is wrong with the log: it is looked at again.
      const auto later = heads.newest();
      const std::uint64_t before = newest ? newest->checkpoint.size : 0, after = later ? later->checkpoint.size : 0;
      if (before != after) return fail(ErrorCode::unavailable, "The log went on while its files were read.");
      return fail(written.error());
    }
    if (!is_over(written->phase)) return {};  // the log has not come so far yet
    const fs::path folder = parent / folder_name(written->entries, written->witnessed);
    if (auto named = working->rename(folder); !named) return named;
    return offer(uuid, folder, written->phase);
  }

  Result<fs::path> file(const ElectionUuid& uuid, ExportKind kind) {
    const auto summary = commands_.summary(uuid);
    if (!summary) return fail(ErrorCode::not_found, "There is no election with this number.");
    if (!is_over(summary->phase))
      return fail(ErrorCode::wrong_phase, "This file is there once the result is: the election is in the phase '" +
                                              std::string(election::phase_name(summary->phase)) + "'.");
    const bool has_it = kind == ExportKind::bundle || (kind == ExportKind::belenios && summary->sealed) ||
                        (kind != ExportKind::belenios && summary->result);
    if (!has_it)
      return fail(ErrorCode::not_found, "The election was cancelled before there was anything for such a file.");
    const std::lock_guard lock(mutex_);
    const auto ready = ready_.find(uuid);
    if (ready != ready_.end() && ready->second.phase == summary->phase) return ready->second.folder / file_name(kind);
    if (const auto fault = faults_.find(uuid); fault != faults_.end()) return fail(fault->second);
    // The last step may be another process's, of which this one heard after the checkpoint.
    if (due_.try_emplace(uuid, Clock::now()).second) wake_.notify_one();
    return fail(ErrorCode::unavailable, "The file is being written and checked; ask again in a moment.");
  }

 private:
  // From when on this many entries have been published is counted here: after a restart it waits anew.
  bool waits_for_witnesses(const ElectionUuid& uuid, std::uint64_t entries) {
    const auto now = Clock::now();
    Wait& wait = waits_[uuid];
    if (wait.entries != entries) wait = {entries, now};
    return now - wait.since < options_.witness_patience;
  }

  struct Stopped {};  // an audit takes minutes: the service need not wait for it to end
  struct Wait {
    std::uint64_t entries = 0;
    Clock::time_point since{};
  };
  struct Ready {
    fs::path folder;
    Phase phase = Phase::draft;
  };

  Result<void> offer(const ElectionUuid& uuid, const fs::path& folder, Phase phase) {
    remove_others(folder.parent_path(), folder);
    const std::lock_guard lock(mutex_);
    ready_[uuid] = {folder, phase};
    faults_.erase(uuid);
    return {};
  }

  void run() {
    ::setpriority(PRIO_PROCESS, 0, 10);  // this thread alone: voters come first
    try {
      work();
    } catch (const Stopped&) {
    }
  }

  void work() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      const auto next =
          std::min_element(due_.begin(), due_.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
      if (next == due_.end()) {
        wake_.wait(lock);
      } else if (next->second > Clock::now()) {
        wake_.wait_until(lock, next->second);
      } else {
        const ElectionUuid uuid = next->first;
        due_.erase(next);
        lock.unlock();
        const auto done = write_now(uuid);
        lock.lock();
        if (!done) failed(uuid, done.error());
      }
    }
  }

  void failed(const ElectionUuid& uuid, const Error& error) {
    // A tile that was outgrown while it was read, or a ledger that goes on: nothing is wrong.
    const bool passing = error.code == ErrorCode::not_found || error.code == ErrorCode::unavailable;
    due_.try_emplace(uuid, Clock::now() + (passing ? options_.gather : options_.retry));
    if (passing) return;
    spdlog::error("downloads of {} cannot be offered: {}", uuid.value, error.detail);
    faults_.insert_or_assign(uuid, error);
  }

  const CommandHandler& commands_;
  const ExporterOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::map<ElectionUuid, Clock::time_point> due_;
  std::map<ElectionUuid, Ready> ready_;
  std::map<ElectionUuid, Error> faults_;
  std::map<ElectionUuid, Wait> waits_;  // of the thread that writes
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

Exporter::Exporter(const CommandHandler& commands, ExporterOptions options)
    : impl_(std::make_unique<Impl>(commands, std::move(options))) {}
Exporter::~Exporter() = default;
void Exporter::start() { impl_->start(); }
void Exporter::notify(const ElectionUuid& uuid) { impl_->notify(uuid); }
Result<void> Exporter::write_now(const ElectionUuid& uuid) { return impl_->write_now(uuid); }
Result<std::filesystem::path> Exporter::file(const ElectionUuid& uuid, ExportKind kind) {
  return impl_->file(uuid, kind);
}

}  // namespace suara::ledger
