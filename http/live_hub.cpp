#include "http/live_hub.hpp"

#include <algorithm>

namespace suara::http {

std::vector<std::shared_ptr<const std::string>> LiveSubscription::take() {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<const std::string>> texts;
  texts.reserve(waiting_.size());
  for (auto& [event, text] : waiting_) texts.push_back(std::move(text));
  waiting_.clear();
  return texts;
}

void LiveSubscription::set_wake(std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
}

bool LiveSubscription::ended() const {
  const std::lock_guard lock(mutex_);
  return ended_;
}

void LiveSubscription::offer(const Texts& texts) {
  const std::lock_guard lock(mutex_);
  for (const auto& [event, text] : texts) waiting_[event] = text;
  if (wake_) wake_();
}

void LiveSubscription::end() {
  const std::lock_guard lock(mutex_);
  ended_ = true;
  if (wake_) wake_();
}

LiveHub::LiveHub(Snapshot snapshot, std::size_t max_streams, Pace pace)
    : snapshot_(std::move(snapshot)), max_streams_(max_streams), pace_(pace), thread_([this] { run(); }) {}

LiveHub::~LiveHub() { stop(); }

Result<std::shared_ptr<LiveSubscription>> LiveHub::subscribe(const ElectionUuid& uuid) {
  auto subscription = std::make_shared<LiveSubscription>();
  {
    const std::lock_guard lock(mutex_);
    std::size_t open = 0;
    for (auto& [other, topic] : topics_) {
      std::erase_if(topic.watchers, [](const auto& watcher) { return watcher.expired(); });
      open += topic.watchers.size();
    }
    if (stopping_ || open >= max_streams_) {
      return fail(ErrorCode::overloaded, "Too many live streams are open; ask again in a moment or poll instead.");
    }
    Topic& topic = topics_[uuid];
    subscription->offer(topic.latest);
    topic.watchers.push_back(subscription);
  }
  wake_.notify_one();
  return subscription;
}

void LiveHub::changed(const ElectionUuid& uuid) {
  {
    const std::lock_guard lock(mutex_);
    const auto topic = topics_.find(uuid);
    if (topic == topics_.end() || topic->second.dirty) return;
    topic->second.dirty = true;
  }
  wake_.notify_one();
}

void LiveHub::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
  const std::lock_guard lock(mutex_);
  for (auto& [uuid, topic] : topics_) {
    for (const auto& watcher : topic.watchers) {
      if (const auto open = watcher.lock()) open->end();
    }
  }
  topics_.clear();
}

std::size_t LiveHub::streams() const {
  const std::lock_guard lock(mutex_);
  std::size_t open = 0;
  for (const auto& [uuid, topic] : topics_) {
    open += static_cast<std::size_t>(
        std::count_if(topic.watchers.begin(), topic.watchers.end(), [](const auto& w) { return !w.expired(); }));
  }
  return open;
}

void LiveHub::publish(Topic& topic, const Events& events) {
  LiveSubscription::Texts changed;
  for (const auto& [event, json] : events) {
    const std::string text = "event: " + event + "\ndata: " + json + "\n\n";
    auto& latest = topic.latest[event];
    if (latest && *latest == text) continue;
    latest = std::make_shared<const std::string>(text);
    changed[event] = latest;
  }
  if (changed.empty()) return;
  for (const auto& watcher : topic.watchers) {
    if (const auto subscription = watcher.lock()) subscription->offer(changed);
  }
}

void LiveHub::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const auto now = Clock::now();
    auto next = now + std::chrono::hours(1);
    const ElectionUuid* due = nullptr;
    for (auto& [uuid, topic] : topics_) std::erase_if(topic.watchers, [](const auto& w) { return w.expired(); });
    std::erase_if(topics_, [](const auto& item) { return item.second.watchers.empty(); });
    for (auto& [uuid, topic] : topics_) {
      const auto at = topic.refreshed + (topic.dirty ? pace_.shortest : pace_.longest);
      if (at <= now && due == nullptr) due = &uuid;
      next = std::min(next, at);
    }
    if (due == nullptr) {
      wake_.wait_until(lock, next);
      continue;
    }
    const ElectionUuid uuid = *due;
    topics_[uuid].dirty = false;
    topics_[uuid].refreshed = now;
    lock.unlock();
    const auto events = snapshot_(uuid);
    lock.lock();
    // Without a database there is nothing new to tell: the heartbeat goes on, and pages show how old their figures are.
    const auto topic = topics_.find(uuid);
    if (events && topic != topics_.end()) publish(topic->second, *events);
  }
}

}  // namespace suara::http
