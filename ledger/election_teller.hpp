#pragma once
#include <map>
#include <optional>
#include <unordered_map>

#include "ledger/command_handler.hpp"
#include "ledger/running_count.hpp"

namespace suara::ledger {

// The service's part in one election: what teller.hpp promises, for one, on one thread.
class ElectionTeller {
 public:
  ElectionTeller(CommandHandler& handler, EventStore& store, KeyStore& keys, LedgerInfo ledger);

  // Follows what is stored and does what is due at `now`. Gives when to come again where nothing new is recorded till
  // then; nothing where only a new entry can give it work. Errors: unavailable (come again), others: what it cannot do.
  Result<std::optional<Timestamp>> step(Timestamp now);

  std::uint64_t position() const { return position_; }
  // Nothing will be left to do, whatever is recorded.
  bool finished() const { return finished_; }

 private:
  Result<void> follow();
  Result<void> fold(const EntryRow& row);
  void keep_weights(const std::vector<ballot::PublicCredential>& credentials);
  Result<ballot::Ballot> read_ballot(Seq seq) const;
  std::uint64_t weight_of(const ballot::Element& credential) const;
  bool live() const { return policies_ && policies_->tally == election::TallyPolicy::live; }

  Result<void> publish_key();
  Result<void> publish_live_tally();
  Result<void> compute_tally();
  Result<void> decrypt();
  Result<std::shared_ptr<const crypto::SecretScalar>> own_key();
  Result<void> submit(CommandSource command);

  CommandHandler& handler_;
  EventStore& store_;
  KeyStore& keys_;
  const LedgerInfo ledger_;

  std::uint64_t position_ = 0;  // entries folded
  bool started_ = false;
  bool finished_ = false;
  std::optional<election::Policies> policies_;
  election::Phase phase_ = election::Phase::draft;
  std::optional<ballot::Element> published_key_;                // the first trustee's
  std::unordered_map<ballot::Element, std::uint64_t> weights_;  // of credentials, where not 1
  std::optional<ballot::Election> sealed_;
  ballot::Trustees trustees_;  // of the sealed election
  std::optional<RunningCount> count_;
  std::optional<Timestamp> last_live_;
  std::optional<ballot::EncryptedTally> tally_;
  bool decrypted_ = false;  // by trustee 1
};

}  // namespace suara::ledger
