#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/log/cosignature.hpp"
#include "core/log/witness.hpp"
#include "ledger/witness_turn.hpp"

namespace suara::test {

// A witness in memory, behind a client as the feed has it. Judges as core/log does, or misbehaves as told. Thread-safe.
class PaperWitness {
 public:
  using Answer = std::function<Result<ledger::WitnessReply>(const log::AddCheckpoint&)>;
  struct Request {
    std::uint64_t old_size = 0;
    std::uint64_t size = 0;
    std::chrono::steady_clock::time_point at;
  };

  explicit PaperWitness(const std::string& name)
      : key_(crypto::SigningKey::generate()),
        name_(log::make_verifier_key(name, key_.public_key(), log::KeyType::witness).value()) {}

  ledger::Witness described() const { return {name_.name, name_, "http://" + name_.name}; }
  std::string key_text() const { return log::verifier_key_text(name_); }

  void trust(const log::VerifierKey& ledger) {
    const std::lock_guard lock(mutex_);
    known_.keys.push_back(ledger);
  }
  void forget(std::optional<log::Checkpoint> last = {}) {
    const std::lock_guard lock(mutex_);
    known_.last = std::move(last);
  }
  std::optional<log::Checkpoint> last() const {
    const std::lock_guard lock(mutex_);
    return known_.last;
  }
  // Answers like this from now on; null is honestly.
  void misbehave(Answer answer) {
    const std::lock_guard lock(mutex_);
    answer_ = std::move(answer);
  }
  // Requests are not answered until it is let go, or their client is stopped.
  void hold(bool held) {
    const std::lock_guard lock(mutex_);
    held_ = held;
    changed_.notify_all();
  }

  std::vector<Request> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  // Waits until the condition, which is asked after each request, holds.
  bool wait_for(const std::function<bool(const std::vector<Request>&)>& condition) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(20), [&] { return condition(requests_); });
  }
  bool wait_for_requests(std::size_t count) const {
    return wait_for([count](const auto& requests) { return requests.size() >= count; });
  }

  log::NoteSignature cosign(const std::string& text, std::uint64_t time = 1'790'000'000) const {
    return log::cosign(text, key_, name_, time);
  }

  std::unique_ptr<ledger::WitnessClient> client() { return std::make_unique<Client>(*this); }

 private:
  class Client : public ledger::WitnessClient {
   public:
    explicit Client(PaperWitness& of) : witness_(of) {}
    Result<ledger::WitnessReply> add_checkpoint(const std::string& body) override {
      return witness_.answer(body, stopped_);
    }
    void stop() override {
      const std::lock_guard lock(witness_.mutex_);
      stopped_ = true;
      witness_.changed_.notify_all();
    }

   private:
    PaperWitness& witness_;
    bool stopped_ = false;  // under the witness's mutex
  };

  Result<ledger::WitnessReply> answer(const std::string& body, const bool& stopped) {
    std::unique_lock lock(mutex_);
    const auto request = log::parse_add_checkpoint(body);
    if (!request) return ledger::WitnessReply{400, {}};
    const auto note = log::parse_note(request->note).value();
    const auto checkpoint = log::parse_checkpoint_text(note.text).value();
    requests_.push_back({request->old_size, checkpoint.size, std::chrono::steady_clock::now()});
    changed_.notify_all();
    changed_.wait(lock, [&] { return !held_ || stopped; });
    if (stopped) return fail(ErrorCode::unavailable, "stopped");
    if (answer_) return answer_(*request);
    const auto judged = log::judge(*request, known_);
    if (const auto* declined = std::get_if<log::Declined>(&judged)) {
      using Why = log::Declined::Why;
      switch (declined->why) {
        case Why::bad_request:
          return ledger::WitnessReply{400, {}};
        case Why::not_signed:
          return ledger::WitnessReply{403, {}};
        case Why::unknown_log:
          return ledger::WitnessReply{404, {}};
        case Why::other_size:
          return ledger::WitnessReply{409, std::to_string(declined->size) + "\n"};
        case Why::other_root:
          return ledger::WitnessReply{409, declined->detail + "\n"};
        case Why::not_consistent:
          return ledger::WitnessReply{422, {}};
      }
    }
    const auto& accepted = std::get<log::Accepted>(judged);
    known_.last = accepted.checkpoint;
    return ledger::WitnessReply{200, log::signature_line(cosign(accepted.note.text))};
  }

  const crypto::SigningKey key_;
  const log::VerifierKey name_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  log::Known known_;
  Answer answer_;
  bool held_ = false;
  std::vector<Request> requests_;
};

}  // namespace suara::test
