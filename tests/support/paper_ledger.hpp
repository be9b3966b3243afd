#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/audit/source.hpp"
#include "core/crypto/signature.hpp"
#include "core/log/vkey.hpp"
#include "tests/support/held_election.hpp"

namespace suara::test {

// The files of a bundle, held in memory.
class MemorySource : public audit::Source {
 public:
  std::map<std::string, std::string, std::less<>> files;
  Result<std::string> read(std::string_view path, std::size_t max_bytes) override;
};

// What an entry says, before it is chained and signed: a test changes it and seals the ledger again with the real key,
// as a dishonest service would.
struct EntryText {
  election::Actor actor;
  Timestamp time;
  std::string type;
  std::string data;
};

std::vector<EntryText> texts_of(const std::vector<election::Recorded>& recorded);

// Chains and signs any entries with a ledger's key and publishes them.
class LedgerSigner {
 public:
  LedgerSigner();
  const log::VerifierKey& key() const { return name_; }
  election::OpenLedger open_ledger(const election::Draft& draft) const;
  // The entry at `at` hands over to `next`, which signs from the one after it on.
  void rotate(Seq at, crypto::SigningKey next);
  // What keys.json says of witnesses.
  void watched_by(election::WitnessPolicy policy) { policy_ = std::move(policy); }
  MemorySource seal(const std::vector<EntryText>& entries) const;

 private:
  struct Key {
    Seq from;
    crypto::SigningKey signing;
    log::VerifierKey name;
  };
  const Key& key_at(std::uint64_t seq) const;

  std::vector<Key> keys_;
  log::VerifierKey name_;  // the first one's
  election::WitnessPolicy policy_;
};

// An election of one contest of three candidates, run by the domain alone, and its ledger.
class PaperLedger {
 public:
  struct Plan {
    election::TallyPolicy policy = election::TallyPolicy::sealed;
    std::uint32_t trustees = 1;
    std::size_t voters = 6;
    std::uint32_t min_batch = 3;
  };
  explicit PaperLedger(const Plan& plan);  // drafted, sealed and open

  void cast(std::size_t by, std::size_t candidate);  // both from 0
  void publish_live();
  void close_and_certify() { election_.finish(); }

  // Takes a command through decide(); throws std::logic_error with its error where it is refused.
  void must(const election::Command& command, const election::Actor& actor);

  const election::State& state() const { return election_.state; }
  std::vector<EntryText> entries() const { return texts_of(election_.recorded); }
  const crypto::SecretScalar& voter_secret(std::size_t of) const { return election_.voters[of]; }
  const log::VerifierKey& key() const { return signer_.key(); }

  MemorySource bundle() const { return seal(entries()); }
  MemorySource seal(const std::vector<EntryText>& entries) const { return signer_.seal(entries); }

 private:
  LedgerSigner signer_;
  HeldElection election_;
};

}  // namespace suara::test
