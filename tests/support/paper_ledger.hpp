#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/audit/source.hpp"
#include "core/ballot/tally.hpp"
#include "core/ballot/trustee.hpp"
#include "core/crypto/signature.hpp"
#include "core/election/decide.hpp"
#include "core/election/state.hpp"
#include "core/log/vkey.hpp"

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

// An election run by decide() and evolve() alone, without store or service.
class PaperLedger {
 public:
  struct Plan {
    election::TallyPolicy policy = election::TallyPolicy::sealed;
    std::uint32_t trustees = 1;
    std::size_t voters = 6;
    std::uint32_t min_batch = 3;
  };
  explicit PaperLedger(const Plan& plan);  // drafted, sealed and open

  void cast(std::size_t voter, std::size_t candidate);  // both from 0; three candidates
  void publish_live();
  void close_and_certify();  // tally, decryptions, result, certification

  // Takes a command through decide(); throws std::runtime_error with its error where it is refused.
  void must(const election::Command& command, const election::Actor& actor);

  const election::State& state() const { return state_; }
  const std::vector<EntryText>& entries() const { return entries_; }
  const crypto::SecretScalar& voter_secret(std::size_t voter) const { return secrets_[voter]; }
  const log::VerifierKey& key() const { return name_; }

  MemorySource bundle() const { return seal(entries_); }
  // Chains and signs any entries with this ledger's key and publishes them.
  MemorySource seal(const std::vector<EntryText>& entries) const;

 private:
  Timestamp tick() { return Timestamp{now_.ms += 2500}; }
  ballot::TallyAccumulator count() const;

  Timestamp now_{1'790'000'000'000};
  crypto::SigningKey signing_;
  log::VerifierKey name_;
  election::State state_;
  std::vector<EntryText> entries_;
  std::vector<crypto::SecretScalar> secrets_;
  std::vector<ballot::TrusteeKeyPair> trustees_;
  std::vector<ballot::Ballot> ballots_;
};

}  // namespace suara::test
