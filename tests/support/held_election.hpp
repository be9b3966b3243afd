#pragma once
#include <stdexcept>
#include <string>
#include <vector>

#include "core/ballot/credential.hpp"
#include "core/ballot/encrypt.hpp"
#include "core/ballot/tally.hpp"
#include "core/ballot/trustee.hpp"
#include "core/codec/belenios.hpp"
#include "core/codec/event.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "core/election/decide.hpp"
#include "core/election/evolve.hpp"

namespace suara::test {

inline const election::Actor committee{election::Role::committee, "ani"};
inline const election::Actor administrator{election::Role::administrator, "adi"};
inline const election::Actor registrar{election::Role::registrar, "rudi"};
inline const election::Actor trustee{election::Role::trustee, "tuti"};
inline const election::Actor supervisor{election::Role::supervisor, "sari"};
inline const election::Actor service{election::Role::service, ""};
inline const election::Actor voter{election::Role::voter, ""};
inline const election::Actor anyone{election::Role::anyone, ""};

// Two candidates, one mark, one polling place "tps-1"; the tally policy as wanted, one trustee.
inline election::Draft small_draft(election::TallyPolicy tally = election::TallyPolicy::sealed) {
  election::Draft draft;
  draft.name = "Ketua OSIS";
  draft.description = "Pemilihan \"Ketua\" OSIS";
  draft.administrator = "Panitia";
  draft.credential_authority = "Registrar";
  election::Contest contest;
  contest.question = {{"Ayu & Bima", "Citra & Dimas"}, false, 1, 1, "Pilih satu pasangan"};
  contest.candidates = {{1, "Ayu & Bima", "Maju", {"Satu", "Dua"}}, {2, "Citra & Dimas", "", {}}};
  draft.contests = {contest};
  draft.places = {{PlaceId{"tps-1"}, "TPS 1"}};
  draft.policies.tally = tally;
  draft.policies.min_batch = 2;
  return draft;
}

// An election held by hand: the secrets of everybody, the ledger's events, the folded state. Each step decides, judges
// the events as an auditor would, and folds them.
class HeldElection {
 public:
  election::State state;
  std::vector<election::Recorded> recorded;
  Timestamp now{1'790'000'000'000};
  std::vector<crypto::SecretScalar> trustees;
  std::vector<crypto::SecretScalar> voters;

  Result<election::Decision> decide(const election::Command& command, const election::Actor& actor) const {
    return election::decide(state, command, {actor, now});
  }

  // Decides and records. Throws where check_legal refuses what decide() gave: the two must agree.
  Result<election::Decision> give(const election::Command& command, const election::Actor& actor) {
    auto decision = decide(command, actor);
    if (!decision) return decision;
    for (const auto& event : decision->events) record({Seq{state.size}, now, actor, event});
    now.ms += 10;
    return decision;
  }

  void record(election::Recorded next) {
    if (auto legal = election::check_legal(state, next); !legal) {
      throw std::logic_error("decided but not legal: " + legal.error().detail);
    }
    election::evolve(state, next);
    recorded.push_back(std::move(next));
  }

  // The same, where the step is expected to succeed.
  election::Decision must(const election::Command& command, const election::Actor& actor) {
    auto decision = give(command, actor);
    if (!decision) {
      std::string text = std::string(election::command_name(command)) + " was refused: " + decision.error().detail;
      for (const auto& item : decision.error().items) text += " " + item;
      throw std::logic_error(text);
    }
    return std::move(*decision);
  }

  election::OpenLedger open_ledger(const election::Draft& draft) const {
    return {ElectionUuid{"ucSijHEHGk8LHG"}, "suara.example/ucSijHEHGk8LHG+00000000+AQ", draft};
  }

  election::PublishTrusteeKey new_trustee_key() {
    auto pair = ballot::generate_trustee_key();
    trustees.push_back(std::move(pair.secret));
    return {codec::write_trustee_public_key(pair.public_key), pair.public_key};
  }

  election::Actor key_holder() const {
    return state.summary.draft.policies.tally == election::TallyPolicy::live ? service : trustee;
  }

  static Hash commitment_of(std::size_t number) { return crypto::sha256("voter " + std::to_string(number)); }

  // `count` voters at `place`, with credentials.
  void enrol(std::size_t count, const PlaceId& place = PlaceId{"tps-1"}) {
    election::EnrolVoters enrol;
    election::ImportCredentials import{{{place, {}}}};
    for (std::size_t i = 0; i < count; ++i) {
      enrol.voters.push_back({commitment_of(voters.size()), place});
      voters.push_back(crypto::SecretScalar::random());
      import.places[0].credentials.push_back(ballot::public_credential(voters.back()));
    }
    must(enrol, registrar);
    must(import, registrar);
  }

  void draft(const election::Draft& draft) { must(open_ledger(draft), committee); }

  void set_up(const election::Draft& wanted, std::size_t voter_count) {
    draft(wanted);
    for (std::uint32_t i = 0; i < wanted.trustees; ++i) must(new_trustee_key(), key_holder());
    enrol(voter_count);
  }

  void seal() { must(codec::seal_command(state).value(), committee); }

  void open(const election::Draft& wanted, std::size_t voter_count) {
    set_up(wanted, voter_count);
    seal();
    must(election::OpenElection{}, committee);
  }

  const ballot::Election& sealed() const { return state.summary.sealed->parsed_election; }

  election::CastBallot ballot_of(std::size_t voter_index, std::size_t answer) const {
    return ballot_by(voters[voter_index], answer);
  }

  election::CastBallot ballot_by(const crypto::SecretScalar& secret, std::size_t answer) const {
    std::vector<unsigned> marks(sealed().questions[0].answers.size(), 0);
    marks.at(answer) = 1;
    auto ballot = ballot::encrypt(sealed(), secret, {marks}).value();
    const auto hash = crypto::sha256(codec::write_ballot_unsigned(ballot));
    ballot.signature = ballot::sign(crypto::to_base64_unpadded(hash.view()), secret);
    const std::string text = codec::write_ballot(ballot);
    return {text, ballot::verify(sealed(), codec::read_ballot(text).value()).value()};
  }

  // The last ballot of each credential, from the recorded events.
  ballot::TallyAccumulator sum() const {
    std::unordered_map<ballot::Element, const ballot::Ballot*> last;
    for (const auto& each : recorded) {
      if (const auto* cast = std::get_if<election::BallotCast>(&each.event))
        last[cast->parsed.credential] = &cast->parsed;
    }
    ballot::TallyAccumulator sum(sealed().questions);
    for (const auto& [credential, ballot] : last) sum.add(ballot->answers);
    return sum;
  }

  election::PublishLiveTally live_tally() const {
    const auto total = sum();
    const auto decryption = ballot::decrypt(total.tally(), trustees.at(0), sealed().fingerprint);
    return codec::live_tally_command(state.last_cast, state.ballots, total, decryption).value();
  }

  election::SubmitDecryption decryption(std::uint32_t owner) const {
    return {codec::make_share(
        owner, ballot::decrypt(state.summary.tally->tally, trustees.at(owner - 1), sealed().fingerprint))};
  }

  void close_and_compute() {
    must(election::CloseElection{}, committee);
    must(codec::tally_command(sum()), service);
  }

  void finish() {
    close_and_compute();
    for (std::uint32_t i = 1; i <= trustees.size(); ++i) must(decryption(i), key_holder());
    must(codec::result_command(state).value(), committee);
    must(election::CertifyResult{}, administrator);
  }
};

}  // namespace suara::test
