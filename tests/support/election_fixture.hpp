#pragma once
#include <string>
#include <vector>

#include "core/ballot/trustee.hpp"
#include "core/election/commands.hpp"
#include "ledger/command_handler.hpp"
#include "tests/support/held_election.hpp"

namespace suara::test {

struct ElectionPlan {
  election::Draft draft = small_draft();
  std::size_t voters = 4;                // at the draft's first place
  std::vector<std::uint64_t> weights{};  // of the first of them; the others weigh 1
  std::vector<std::uint64_t> reserve{};  // spare codes, by weight; their index follows the voters'
};

// An election held through a CommandHandler: drafted, sealed and open when constructed. Throws std::runtime_error
// where a step is refused. Voters are counted from 0; making their credentials is cheap, so there may be many.
class ServedElection {
 public:
  ServedElection(ledger::CommandHandler& handler, ledger::KeyStore& keys, const ElectionPlan& plan = {});

  const ElectionUuid& uuid() const { return uuid_; }
  const ballot::Election& sealed() const { return sealed_; }
  const std::vector<ballot::Element>& credentials() const { return credentials_; }
  crypto::SecretScalar voter_secret(std::size_t index) const;
  const std::vector<crypto::SecretScalar>& trustees() const { return trustees_; }  // none under the policy live

  election::Command sign_in(std::size_t index) const { return election::VerifyVoter{credentials_[index]}; }
  election::CastBallot ballot(std::size_t index, std::size_t answer) const;
  std::string ballot_text(std::size_t index, std::size_t answer) const;  // the same answer to every question
  std::string ballot_text(std::size_t index, const std::vector<std::vector<unsigned>>& choices) const;
  election::CastBallot ballot(std::size_t index, const std::vector<std::vector<unsigned>>& choices) const;

  // Gives a command as `actor` and expects it to succeed.
  ledger::Receipt must(ledger::CommandSource command, const election::Actor& actor) const;

 private:
  void publish_keys(ledger::KeyStore& keys, const election::Draft& draft);
  void enrol(const ElectionPlan& plan);
  election::CastBallot verified(const std::string& text) const;

  ledger::CommandHandler& handler_;
  ElectionUuid uuid_;
  crypto::Scalar first_secret_;
  std::vector<ballot::Element> credentials_;
  std::vector<crypto::SecretScalar> trustees_;
  ballot::Election sealed_;
};

}  // namespace suara::test
