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

// A contest of that many candidates, named A, B, C, ...
inline election::Contest contest_of(std::size_t candidates, std::uint32_t min, std::uint32_t max, bool blank,
                                    const std::string& question) {
  election::Contest contest;
  contest.question = {{}, blank, min, max, question};
  for (std::size_t i = 0; i < candidates; ++i) {
    contest.question.answers.emplace_back(1, static_cast<char>('A' + i));
    contest.candidates.push_back({static_cast<std::uint32_t>(i + 1), contest.question.answers.back(), "", {}});
  }
  return contest;
}

// Two contests, one with blank votes and one of 0 to 3 marks; one mandatory trustee and 2 of 3.
inline election::Draft rich_draft() {
  auto draft = small_draft();
  draft.contests = {contest_of(2, 1, 1, true, "Ketua"), contest_of(4, 0, 3, false, "Pengurus")};
  draft.threshold = election::Threshold{2, 3};
  return draft;
}

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

  // `next` takes over from the key in force.
  election::RotateKey rotation(const crypto::SigningKey& next) const {
    const std::string& old_key = state.summary.key;
    const auto name = log::make_verifier_key(old_key.substr(0, old_key.find('+')), next.public_key()).value();
    const std::string key = log::verifier_key_text(name);
    return {key, next.public_key(), next.sign(as_bytes(election::key_rotation_message(old_key, key)))};
  }

  election::PublishTrusteeKey new_trustee_key() {
    auto pair = ballot::generate_trustee_key();
    trustees.push_back(std::move(pair.secret));
    return {codec::write_trustee_public_key(pair.public_key), pair.public_key};
  }

  // The key ceremony, message by message; `number` is the trustee's, from 1.
  election::PublishCertificate new_certificate() {
    crypto::SecretBytes seed(ballot::CeremonyTrustee::seed_size);
    crypto::random_fill(seed.mutable_view());
    members.emplace_back(std::move(seed), state.summary.uuid, state.summary.draft.threshold->needed);
    const auto certificate = members.back().certificate();
    return {codec::write_certificate(certificate), crypto::sha256(codec::write_coefexps(members.back().coefexps())),
            certificate};
  }

  election::PublishCoefexps coefexps_of(std::uint32_t number) {
    const auto coefexps = members.at(number - 1).coefexps();
    election::PublishCoefexps command{number, codec::write_coefexps(coefexps), {}, coefexps};
    shares_.resize(members.size());
    auto& mine = shares_.at(number - 1);
    mine.clear();
    for (std::uint32_t recipient = 1; recipient <= state.summary.ceremony.size(); ++recipient) {
      const auto& key = state.summary.ceremony[recipient - 1].certificate.parsed.encryption;
      mine.push_back(members.at(number - 1).sealed_share(recipient, key));
      command.shares.push_back(crypto::sha256(ByteView(mine.back())));
    }
    return command;
  }

  // The trustee's share of the secret, from what all the others sealed to it.
  crypto::SecretScalar share_of(std::uint32_t number) const {
    std::vector<std::vector<std::uint8_t>> received;
    for (const auto& sent : shares_) received.push_back(sent.at(number - 1));
    return members.at(number - 1).collect(number, election::published_coefexps(state.summary), received).value();
  }

  election::ConfirmShare confirmation_of(std::uint32_t number) const {
    const auto key = ballot::trustee_public_key(share_of(number));
    return {number, codec::write_trustee_public_key(key), key};
  }

  // The whole ceremony; the shares go behind the mandatory trustees' secrets.
  void run_ceremony() {
    const std::uint32_t count = state.summary.draft.threshold->trustees;
    members.clear();
    for (std::uint32_t j = 1; j <= count; ++j) must(new_certificate(), trustee);
    for (std::uint32_t j = 1; j <= count; ++j) must(coefexps_of(j), trustee);
    for (std::uint32_t j = 1; j <= count; ++j) must(confirmation_of(j), trustee);
    take_shares();
  }

  void take_shares() {
    for (std::uint32_t j = 1; j <= members.size(); ++j) trustees.push_back(share_of(j));
  }

  election::Actor key_holder() const {
    return state.summary.draft.policies.tally == election::TallyPolicy::live ? service : trustee;
  }

  static Hash commitment_of(std::size_t number) { return crypto::sha256("voter " + std::to_string(number)); }

  // `count` voters of that weight at `place`, with credentials.
  void enrol(std::size_t count, const PlaceId& place = PlaceId{"tps-1"}, std::uint64_t weight = 1) {
    election::EnrolVoters enrol;
    election::ImportCredentials import{{{place, {}}}};
    for (std::size_t i = 0; i < count; ++i) {
      enrol.voters.push_back({commitment_of(voters.size()), place, weight});
      voters.push_back(crypto::SecretScalar::random());
      import.places[0].credentials.push_back({ballot::public_credential(voters.back()), weight});
    }
    must(enrol, registrar);
    must(import, registrar);
  }

  void draft(const election::Draft& draft) { must(open_ledger(draft), administrator); }

  void set_up(const election::Draft& wanted, std::size_t voter_count) { set_up(open_ledger(wanted), voter_count); }

  void set_up(const election::OpenLedger& opened, std::size_t voter_count) {
    const election::Draft& wanted = opened.draft;
    must(opened, administrator);
    for (std::uint32_t i = 0; i < wanted.trustees; ++i) must(new_trustee_key(), key_holder());
    if (wanted.threshold) run_ceremony();
    if (voter_count > 0) enrol(voter_count);
  }

  // So many spare credentials; their secrets go behind the voters'.
  void import_reserve(std::size_t count, const PlaceId& place = PlaceId{"tps-1"}, std::uint64_t weight = 1) {
    election::ImportReserve import{{{place, {}}}};
    for (std::size_t i = 0; i < count; ++i) {
      voters.push_back(crypto::SecretScalar::random());
      import.places[0].credentials.push_back({ballot::public_credential(voters.back()), weight});
    }
    must(import, registrar);
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

  // The same answer to every question, by its place among the answers.
  election::CastBallot ballot_by(const crypto::SecretScalar& secret, std::size_t answer) const {
    std::vector<std::vector<unsigned>> choices;
    for (const auto& question : sealed().questions) {
      choices.emplace_back(question.choices(), 0);
      choices.back().at(answer + (question.blank ? 1 : 0)) = 1;
    }
    return ballot_with(secret, choices);
  }

  // choices[question][choice], as ballot::encrypt takes them.
  election::CastBallot ballot_with(const crypto::SecretScalar& secret,
                                   const std::vector<std::vector<unsigned>>& choices) const {
    auto ballot = ballot::encrypt(sealed(), secret, choices).value();
    const auto hash = crypto::sha256(codec::write_ballot_unsigned(ballot));
    ballot.signature = ballot::sign(crypto::to_base64_unpadded(hash.view()), secret);
    const std::string text = codec::write_ballot(ballot);
    return {text, ballot::verify(sealed(), codec::read_ballot(text).value()).value()};
  }

  static election::ChallengeBallot challenge(const election::CastBallot& cast) { return {cast.ballot, cast.verified}; }

  // The last ballot of each credential, from the recorded events.
  ballot::TallyAccumulator sum() const {
    std::unordered_map<ballot::Element, const ballot::Ballot*> last;
    for (const auto& each : recorded) {
      if (const auto* cast = std::get_if<election::BallotCast>(&each.event))
        last[cast->parsed.credential] = &cast->parsed;
    }
    ballot::TallyAccumulator sum(sealed().questions);
    for (const auto& [credential, ballot] : last) sum.add(ballot->answers, state.credentials.at(credential).weight);
    return sum;
  }

  election::PublishLiveTally live_tally() const {
    const auto total = sum();
    const auto decryption = ballot::decrypt(total.tally(), trustees.at(0), sealed().fingerprint);
    return codec::live_tally_command(state.last_cast, state.ballots, state.summary.sealed->parsed_trustees, total,
                                     decryption)
        .value();
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
    for (std::uint32_t i = 1; i <= trustees.size() && !election::ready_for_result(state.summary); ++i) {
      must(decryption(i), key_holder());
    }
    must(codec::result_command(state).value(), committee);
    must(election::CertifyResult{}, administrator);
  }

 private:
  std::vector<std::vector<std::vector<std::uint8_t>>> shares_;  // [sender][recipient], sealed
};

}  // namespace suara::test
