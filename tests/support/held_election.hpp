#pragma once
#include <stdexcept>
#include <string>
#include <vector>

#include "core/ballot/credential.hpp"
#include "core/ballot/encrypt.hpp"
#include "core/ballot/tally.hpp"
#include "core/ballot/threshold.hpp"
#include "core/ballot/trustee.hpp"
#include "core/codec/belenios.hpp"
#include "core/codec/event.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "core/election/decide.hpp"
#include "core/election/evolve.hpp"
#include "core/election/trustees.hpp"
#include "core/log/vkey.hpp"

namespace suara::test {

inline const election::Actor committee{election::Role::committee, "ani"};
inline const election::Actor administrator{election::Role::administrator, "adi"};
inline const election::Actor registrar{election::Role::registrar, "rudi"};
inline const election::Actor trustee{election::Role::trustee, "tuti"};
inline const election::Actor supervisor{election::Role::supervisor, "sari"};
inline const election::Actor officer{election::Role::officer, "ola"};
inline const election::Actor witness{election::Role::witness, "wati"};
inline const election::Actor auditor{election::Role::auditor, "aula"};
inline const election::Actor service{election::Role::service, ""};
inline const election::Actor voter{election::Role::voter, ""};
inline const election::Actor anyone{election::Role::anyone, ""};
inline const election::Actor budi{election::Role::committee, "budi"};  // the second member

inline const PlaceId tps1{"tps-1"};
inline const PlaceId tps2{"tps-2"};

// Two candidates, one mark, one polling place "tps-1"; the tally policy as wanted, one trustee.
election::Draft small_draft(election::TallyPolicy tally = election::TallyPolicy::sealed);
election::Draft two_place_draft();  // the same with tps-2

// A contest of that many candidates, named A, B, C, ...
election::Contest contest_of(std::size_t candidates, std::uint32_t min, std::uint32_t max, bool blank,
                             const std::string& question);

// Two contests, one with blank votes and one of 0 to 3 marks; one mandatory trustee and 2 of 3.
election::Draft rich_draft();

// An election held by hand: the secrets of everybody, the ledger's events, the folded state. Each step decides, judges
// the events as an auditor would, and folds them.
class HeldElection {
 public:
  election::State state;
  std::vector<election::Recorded> recorded;
  Timestamp now{1'790'000'000'000};
  std::vector<crypto::SecretScalar> trustees;  // by owner: mandatory ones, then the threshold trustees' shares
  std::vector<crypto::SecretScalar> voters;
  std::vector<ballot::CeremonyTrustee> members;  // threshold trustees, once their certificate is made

  Result<election::Decision> decide(const election::Command& command, const election::Actor& actor) const;

  // Decides and records. Throws where check_legal refuses what decide() gave: the two must agree.
  Result<election::Decision> give(const election::Command& command, const election::Actor& actor);

  void record(election::Recorded next);

  // The same, where the step is expected to succeed.
  election::Decision must(const election::Command& command, const election::Actor& actor);

  election::OpenLedger open_ledger(const election::Draft& draft) const;

  // `next` takes over from the key in force.
  election::RotateKey rotation(const crypto::SigningKey& next) const;

  election::PublishTrusteeKey new_trustee_key();

  // The key ceremony, message by message; `number` is the trustee's, from 1.
  election::PublishCertificate new_certificate();

  election::PublishCoefexps coefexps_of(std::uint32_t number);

  // The trustee's share of the secret, from what all the others sealed to it.
  crypto::SecretScalar share_of(std::uint32_t number) const;

  election::ConfirmShare confirmation_of(std::uint32_t number) const;

  // The whole ceremony; the shares go behind the mandatory trustees' secrets.
  void run_ceremony();

  void take_shares();

  election::Actor key_holder() const;

  static Hash commitment_of(std::size_t number) { return crypto::sha256("voter " + std::to_string(number)); }

  // `count` voters of that weight at `place`, with credentials.
  void enrol(std::size_t count, const PlaceId& place = PlaceId{"tps-1"}, std::uint64_t weight = 1);

  void draft(const election::Draft& draft) { must(open_ledger(draft), administrator); }

  void set_up(const election::Draft& wanted, std::size_t voter_count) { set_up(open_ledger(wanted), voter_count); }

  void set_up(const election::OpenLedger& opened, std::size_t voter_count);

  // So many spare credentials; their secrets go behind the voters'.
  void import_reserve(std::size_t count, const PlaceId& place = PlaceId{"tps-1"}, std::uint64_t weight = 1);

  void seal() { must(codec::seal_command(state).value(), committee); }

  void open(const election::Draft& wanted, std::size_t voter_count);

  const ballot::Election& sealed() const { return state.summary.sealed->parsed_election; }

  election::CastBallot ballot_of(std::size_t voter_index, std::size_t answer) const;

  // The same answer to every question, by its place among the answers.
  election::CastBallot ballot_by(const crypto::SecretScalar& secret, std::size_t answer) const;

  // choices[question][choice], as ballot::encrypt takes them.
  election::CastBallot ballot_with(const crypto::SecretScalar& secret,
                                   const std::vector<std::vector<unsigned>>& choices) const;

  static election::ChallengeBallot challenge(const election::CastBallot& cast) { return {cast.ballot, cast.verified}; }

  // The last ballot of each credential, from the recorded events.
  ballot::TallyAccumulator sum() const;

  election::PublishLiveTally live_tally() const;

  election::SubmitDecryption decryption(std::uint32_t owner) const;

  void close_and_compute();

  void finish();

 private:
  std::vector<std::vector<std::vector<std::uint8_t>>> shares_;  // [sender][recipient], sealed
};

}  // namespace suara::test
