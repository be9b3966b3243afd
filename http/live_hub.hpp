#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"

namespace suara::http {

// One client's view of an election's stream. What waits for it is at most the latest value of each event, so a slow
// client skips values and never makes anything grow. Thread-safe.
class LiveSubscription {
 public:
  // Events as they go over the wire ("event: turnout\ndata: {...}\n\n"), those not yet taken.
  std::vector<std::shared_ptr<const std::string>> take();
  // Called, on the hub's thread, when there is something to take or the hub has stopped.
  void set_wake(std::function<void()> wake);
  bool ended() const;

 private:
  friend class LiveHub;
  using Texts = std::map<std::string, std::shared_ptr<const std::string>>;  // by event
  void offer(const Texts& texts);  // together, so that what is of one moment also arrives together
  void end();

  mutable std::mutex mutex_;
  Texts waiting_;
  std::function<void()> wake_;
  bool ended_ = false;
};

// Tells the watchers of elections what has changed: one thread for all, a snapshot an election and not one a client.
class LiveHub {
 public:
  using Events = std::vector<std::pair<std::string, std::string>>;  // name and JSON
  using Snapshot = std::function<Result<Events>(const ElectionUuid&)>;

  struct Pace {
    std::chrono::milliseconds shortest{200};  // between two snapshots of an election
    std::chrono::milliseconds longest{1000};  // without being told of a change: other nodes change things too
  };

  LiveHub(Snapshot snapshot, std::size_t max_streams) : LiveHub(std::move(snapshot), max_streams, Pace{}) {}
  LiveHub(Snapshot snapshot, std::size_t max_streams, Pace pace);
  ~LiveHub();  // stop()

  // The stream ends when the subscription is dropped. Error: overloaded (max_streams are open).
  Result<std::shared_ptr<LiveSubscription>> subscribe(const ElectionUuid& uuid);
  void changed(const ElectionUuid& uuid);  // never blocks for long; any thread
  void stop();                             // ends all streams
  std::size_t streams() const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Topic {
    std::vector<std::weak_ptr<LiveSubscription>> watchers;
    LiveSubscription::Texts latest;
    bool dirty = true;
    Clock::time_point refreshed{};
  };
  void run();
  void publish(Topic& topic, const Events& events);

  const Snapshot snapshot_;
  const std::size_t max_streams_;
  const Pace pace_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::map<ElectionUuid, Topic> topics_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace suara::http
