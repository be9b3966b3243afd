#include "tests/support/held_election.hpp"

#include <stdexcept>

namespace suara::test {

election::Draft small_draft(election::TallyPolicy tally) {
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

election::Draft two_place_draft() {
  auto draft = small_draft();
  draft.places.push_back({tps2, "TPS 2"});
  return draft;
}

election::Contest contest_of(std::size_t candidates, std::uint32_t min, std::uint32_t max, bool blank,
                             const std::string& question) {
  election::Contest contest;
  contest.question = {{}, blank, min, max, question};
  for (std::size_t i = 0; i < candidates; ++i) {
    contest.question.answers.emplace_back(1, static_cast<char>('A' + i));
    contest.candidates.push_back({static_cast<std::uint32_t>(i + 1), contest.question.answers.back(), "", {}});
  }
  return contest;
}

election::Draft rich_draft() {
  auto draft = small_draft();
  draft.contests = {contest_of(2, 1, 1, true, "Ketua"), contest_of(4, 0, 3, false, "Pengurus")};
  draft.threshold = election::Threshold{2, 3};
  return draft;
}

Result<election::Decision> HeldElection::decide(const election::Command& command, const election::Actor& actor) const {
  return election::decide(state, command, {actor, now});
}

Result<election::Decision> HeldElection::give(const election::Command& command, const election::Actor& actor) {
  auto decision = decide(command, actor);
  if (!decision) return decision;
  for (const auto& event : decision->events) record({Seq{state.size}, now, actor, event});
  now.ms += 10;
  return decision;
}

void HeldElection::record(election::Recorded next) {
  if (auto legal = election::check_legal(state, next); !legal) {
    throw std::logic_error("decided but not legal: " + legal.error().detail);
  }
  election::evolve(state, next);
  recorded.push_back(std::move(next));
}

election::Decision HeldElection::must(const election::Command& command, const election::Actor& actor) {
  auto decision = give(command, actor);
  if (!decision) {
    std::string text = std::string(election::command_name(command)) + " was refused: " + decision.error().detail;
    for (const auto& item : decision.error().items) text += " " + item;
    throw std::logic_error(text);
  }
  return std::move(*decision);
}

election::OpenLedger HeldElection::open_ledger(const election::Draft& draft) const {
  return {ElectionUuid{"ucSijHEHGk8LHG"}, "suara.example/ucSijHEHGk8LHG+00000000+AQ", draft};
}

election::RotateKey HeldElection::rotation(const crypto::SigningKey& next) const {
  const std::string& old_key = state.summary.key;
  const auto name = log::make_verifier_key(old_key.substr(0, old_key.find('+')), next.public_key()).value();
  const std::string key = log::verifier_key_text(name);
  return {key, next.public_key(), next.sign(as_bytes(election::key_rotation_message(old_key, key)))};
}

election::PublishTrusteeKey HeldElection::new_trustee_key() {
  auto pair = ballot::generate_trustee_key();
  trustees.push_back(std::move(pair.secret));
  return {codec::write_trustee_public_key(pair.public_key), pair.public_key};
}

election::PublishCertificate HeldElection::new_certificate() {
  crypto::SecretBytes seed(ballot::CeremonyTrustee::seed_size);
  crypto::random_fill(seed.mutable_view());
  members.emplace_back(std::move(seed), state.summary.uuid, state.summary.draft.threshold->needed);
  const auto certificate = members.back().certificate();
  return {codec::write_certificate(certificate), crypto::sha256(codec::write_coefexps(members.back().coefexps())),
          certificate};
}

election::PublishCoefexps HeldElection::coefexps_of(std::uint32_t number) {
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

crypto::SecretScalar HeldElection::share_of(std::uint32_t number) const {
  std::vector<std::vector<std::uint8_t>> received;
  for (const auto& sent : shares_) received.push_back(sent.at(number - 1));
  return members.at(number - 1).collect(number, election::published_coefexps(state.summary), received).value();
}

election::ConfirmShare HeldElection::confirmation_of(std::uint32_t number) const {
  const auto key = ballot::trustee_public_key(share_of(number));
  return {number, codec::write_trustee_public_key(key), key};
}

void HeldElection::run_ceremony() {
  const std::uint32_t count = state.summary.draft.threshold->trustees;
  members.clear();
  for (std::uint32_t j = 1; j <= count; ++j) must(new_certificate(), trustee);
  for (std::uint32_t j = 1; j <= count; ++j) must(coefexps_of(j), trustee);
  for (std::uint32_t j = 1; j <= count; ++j) must(confirmation_of(j), trustee);
  take_shares();
}

void HeldElection::take_shares() {
  for (std::uint32_t j = 1; j <= members.size(); ++j) trustees.push_back(share_of(j));
}

election::Actor HeldElection::key_holder() const {
  return state.summary.draft.policies.tally == election::TallyPolicy::live ? service : trustee;
}

void HeldElection::enrol(std::size_t count, const PlaceId& place, std::uint64_t weight) {
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

void HeldElection::set_up(const election::OpenLedger& opened, std::size_t voter_count) {
  const election::Draft& wanted = opened.draft;
  must(opened, administrator);
  for (std::uint32_t i = 0; i < wanted.trustees; ++i) must(new_trustee_key(), key_holder());
  if (wanted.threshold) run_ceremony();
  if (voter_count > 0) enrol(voter_count);
}

void HeldElection::import_reserve(std::size_t count, const PlaceId& place, std::uint64_t weight) {
  election::ImportReserve import{{{place, {}}}};
  for (std::size_t i = 0; i < count; ++i) {
    voters.push_back(crypto::SecretScalar::random());
    import.places[0].credentials.push_back({ballot::public_credential(voters.back()), weight});
  }
  must(import, registrar);
}

void HeldElection::open(const election::Draft& wanted, std::size_t voter_count) {
  set_up(wanted, voter_count);
  seal();
  must(election::OpenElection{}, committee);
}

election::CastBallot HeldElection::ballot_of(std::size_t voter_index, std::size_t answer) const {
  return ballot_by(voters[voter_index], answer);
}

election::CastBallot HeldElection::ballot_by(const crypto::SecretScalar& secret, std::size_t answer) const {
  std::vector<std::vector<unsigned>> choices;
  for (const auto& question : sealed().questions) {
    choices.emplace_back(question.choices(), 0);
    choices.back().at(answer + (question.blank ? 1 : 0)) = 1;
  }
  return ballot_with(secret, choices);
}

election::CastBallot HeldElection::ballot_with(const crypto::SecretScalar& secret,
                                               const std::vector<std::vector<unsigned>>& choices) const {
  auto ballot = ballot::encrypt(sealed(), secret, choices).value();
  const auto hash = crypto::sha256(codec::write_ballot_unsigned(ballot));
  ballot.signature = ballot::sign(crypto::to_base64_unpadded(hash.view()), secret);
  const std::string text = codec::write_ballot(ballot);
  return {text, ballot::verify(sealed(), codec::read_ballot(text).value()).value()};
}

ballot::TallyAccumulator HeldElection::sum() const {
  std::unordered_map<ballot::Element, const ballot::Ballot*> last;
  for (const auto& each : recorded) {
    if (const auto* cast = std::get_if<election::BallotCast>(&each.event))
      last[cast->parsed.credential] = &cast->parsed;
  }
  ballot::TallyAccumulator sum(sealed().questions);
  for (const auto& [credential, ballot] : last) sum.add(ballot->answers, state.credentials.at(credential).weight);
  return sum;
}

election::PublishLiveTally HeldElection::live_tally() const {
  const auto total = sum();
  const auto decryption = ballot::decrypt(total.tally(), trustees.at(0), sealed().fingerprint);
  return codec::live_tally_command(state.last_cast, state.ballots, state.summary.sealed->parsed_trustees, total,
                                   decryption)
      .value();
}

election::SubmitDecryption HeldElection::decryption(std::uint32_t owner) const {
  return {codec::make_share(owner,
                            ballot::decrypt(state.summary.tally->tally, trustees.at(owner - 1), sealed().fingerprint))};
}

void HeldElection::close_and_compute() {
  must(election::CloseElection{}, committee);
  must(codec::tally_command(sum()), service);
}

void HeldElection::finish() {
  close_and_compute();
  for (std::uint32_t i = 1; i <= trustees.size() && !election::ready_for_result(state.summary); ++i) {
    must(decryption(i), key_holder());
  }
  must(codec::result_command(state).value(), committee);
  must(election::CertifyResult{}, administrator);
}

}  // namespace suara::test
