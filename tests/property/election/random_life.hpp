#pragma once
#include <rapidcheck.h>

#include "core/codec/entry_body.hpp"
#include "core/log/entry.hpp"
#include "tests/support/polling_day.hpp"

namespace suara::test {

// Everything in a state, as text in one order, so that two states can be compared whole.
inline std::string digest(const election::State& state) {
  const election::Summary& s = state.summary;
  std::vector<std::string> lines;
  const auto line = [&](const auto&... parts) {
    std::string text;
    ((text += parts, text += ' '), ...);
    lines.push_back(text);
  };
  const auto hex = [](const Hash& hash) { return crypto::to_hex(hash.view()); };
  const auto time = [](const std::optional<Timestamp>& t) { return t ? format_time(*t) : std::string("-"); };
  const auto event = [](const auto& e) { return e ? codec::write_event_data(*e) : std::string("-"); };
  line("summary", s.uuid.value, s.key, std::string(phase_name(s.phase)), codec::write_draft(s.draft));
  line("times", time(s.drafted_at), time(s.sealed_at), time(s.opened_at), time(s.closed_at), time(s.tallied_at),
       time(s.certified_at), time(s.cancelled_at), time(s.closes_at), format_time(state.last_time),
       format_time(state.last_live));
  line("events", event(s.roll_sealed), event(s.sealed), event(s.tally), event(s.result), event(s.live));
  for (const auto& key : s.trustees) {
    line("trustee", codec::write_event_data(election::TrusteeKeyPublished(key)), key.by.text());
  }
  for (const auto& member : s.ceremony) {
    line("member", codec::write_event_data(member.certificate), member.by.text(), event(member.coefexps),
         event(member.confirmed));
  }
  for (const auto& [owner, share] : s.shares) line("share", codec::write_event_data(election::TallyDecrypted{share}));
  for (const auto& [place, count] : s.voters_by_place) line("voters", place.value, std::to_string(count));
  line("cancelled", s.cancel_reason, s.appoints ? "appoints" : "-");
  for (const auto& [login, role, place] : s.officials) {
    line("official", login, std::string(role_name(role)), place ? place->value : std::string("-"));
  }
  for (const auto& [step, proposal] : s.proposals) {
    line("proposal", std::string(step_name(step)), proposal.reason, proposal.by.text(), format_time(proposal.time),
         std::to_string(proposal.seq.value), proposal.entry ? std::to_string(proposal.entry->value) : "-");
  }
  for (const auto& device : s.devices) {
    line("device", device.id, device.name, device.place.value, device.revoked ? "revoked" : "-");
  }
  for (const auto& [place, count] : s.reserve_by_place) line("reserve", place.value, std::to_string(count));
  for (const auto& [place, count] : s.credentials_by_place) line("credentials", place.value, std::to_string(count));
  line("counts", std::to_string(state.size), std::to_string(state.ciphertexts.size()), std::to_string(s.voters),
       std::to_string(s.credentials), std::to_string(s.reserve), std::to_string(state.ever_enrolled),
       std::to_string(state.ballots), std::to_string(state.last_cast.value));
  line("weights", std::to_string(s.total_weight), std::to_string(state.voters_weight),
       std::to_string(state.voted_weight));
  for (const auto& [place, weights] : state.weights) {
    for (const auto& [weight, count] : weights) {
      line("weight", place.value, std::to_string(weight), std::to_string(count.voters),
           std::to_string(count.credentials), std::to_string(count.reserve));
    }
  }
  for (const auto& [key, credential] : state.credentials) {
    line("credential", key.to_text(), credential.place.value, std::to_string(credential.weight),
         std::to_string(static_cast<int>(credential.standing)));
  }
  for (const auto& [hash, row] : state.roll) {
    line("row", hex(hash), row.place.value, std::to_string(row.weight),
         row.attended ? std::to_string(row.attended->seq.value) + format_time(row.attended->time) : std::string("-"));
  }
  for (const auto& [seq, hash] : state.attendances) line("attendance", std::to_string(seq.value), hex(hash));
  for (const auto seq : state.corrected) line("corrected", std::to_string(seq));
  for (const auto& [credential, cast] : state.last_ballot) {
    line("last", credential.to_text(), std::to_string(cast.seq.value), hex(cast.tracker));
  }
  for (const auto& [tracker, seq] : state.trackers) line("tracker", hex(tracker), std::to_string(seq.value));
  for (const auto& [tracker, seq] : state.challenged) line("challenged", hex(tracker), std::to_string(seq.value));
  for (const auto& [key, count] : state.challenges) line("challenges", key.to_text(), std::to_string(count));
  for (const auto& [credential, seq] : state.verified)
    line("verified", credential.to_text(), std::to_string(seq.value));
  line("since", std::to_string(state.live_batch.voters()));
  std::sort(lines.begin(), lines.end());
  std::string all;
  for (const auto& each : lines) all += each + '\n';
  return all;
}

// Any number from `from` to below `to`. rapidcheck begins with the smallest numbers; an election that is to get
// anywhere needs all of them from the start.
template <class T>
T any_of(T from, T to) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<T>(from, to));
}

// An election in which anybody may try anything at any time; most of the steps are the sensible next ones.
class RandomLife {
 public:
  using Choices = std::vector<std::vector<unsigned>>;

  HeldElection held;
  std::vector<election::CastBallot> casts;       // accepted ones
  std::vector<election::CastBallot> challenged;  // accepted challenges
  std::map<ballot::Element, Choices> meant;      // what each credential's last accepted ballot says

  explicit RandomLife(const election::Draft& draft, std::vector<election::Appointment> appointments = {})
      : draft_(draft), appointments_(std::move(appointments)) {}

  // Everybody who acts in these lives.
  static std::vector<election::Appointment> staff() {
    using election::Role;
    return {{"ani", Role::committee},
            {"budi", Role::committee},
            {"rudi", Role::registrar},
            {"tuti", Role::trustee},
            {"sari", Role::supervisor},
            {"wati", Role::witness},
            {"ola", Role::officer, PlaceId{"tps-1"}}};
  }

  enum class Outcome { recorded, repeated, refused, skipped };

  Outcome step() {
    using namespace rc;
    held.now.ms += *gen::element<std::int64_t>(0, 1, 700, 2500);
    const bool sensible = *gen::weightedElement<bool>({{2, true}, {1, false}});
    const Kind kind = sensible ? next_kind() : static_cast<Kind>(any_of(0, static_cast<int>(Kind::note) + 1));
    if (sensible && kind == Kind::open) wait_for_opening();
    const auto command = make(kind);
    if (!command) return Outcome::skipped;
    auto actor = right_actor(kind);
    if (!sensible && any_of(0, 3) == 0) {
      actor = *gen::element(service, administrator, committee, second_member, registrar, trustee, supervisor, officer,
                            witness, auditor, voter, anyone);
    }
    const auto decision = held.give(*command, actor);
    settle(*command, decision.has_value(), decision && !decision->events.empty());
    if (!decision) return Outcome::refused;
    if (decision->events.empty()) return Outcome::repeated;
    return Outcome::recorded;
  }

 private:
  enum class Kind {
    draft,
    trustee_key,
    certificate,
    coefexps,
    confirm,
    restart,
    enrol,
    import,
    seal,
    open,
    sign_in,
    cast,
    challenge,
    live_tally,
    close,
    compute,
    decrypt,
    result,
    certify,
    revise,
    correct_voter,
    remove_voter,
    reserve,
    withdraw,
    replace,
    verify_at_place,
    appoint,
    revoke,
    propose,
    withdraw_proposal,
    cancel,
    correct,
    extend,
    enrol_device,
    revoke_device,
    note
  };

  void wait_for_opening() {
    const auto& schedule = held.state.summary.draft.schedule;
    if (schedule) held.now = std::max(held.now, schedule->opens_at);
  }

  // The secrets behind a command are kept only where it was accepted.
  void settle(const election::Command& command, bool accepted, bool recorded) {
    using namespace election;
    if (std::holds_alternative<PublishTrusteeKey>(command) && accepted) {
      held.trustees.push_back(std::move(made_.back()));
    }
    if (std::holds_alternative<PublishCertificate>(command) && !accepted) held.members.pop_back();
    if (std::holds_alternative<RestartCeremony>(command) && accepted) held.members.clear();
    if (std::holds_alternative<SealElection>(command) && accepted && held.state.summary.draft.threshold) {
      held.take_shares();
    }
    const bool imports =
        std::holds_alternative<ImportCredentials>(command) || std::holds_alternative<ImportReserve>(command);
    if (imports && accepted) {
      for (auto& secret : imported_) held.voters.push_back(std::move(secret));
    }
    if (const auto* cast = std::get_if<CastBallot>(&command); cast && recorded) {
      casts.push_back(*cast);
      meant[cast->verified.ballot().credential] = chosen_;
    }
    if (const auto* challenge = std::get_if<ChallengeBallot>(&command); challenge && recorded) {
      challenged.push_back({challenge->ballot, challenge->verified});
    }
  }

  // What the sensible next step is; first its proposal, where it takes two.
  Kind next_kind() {
    const Kind kind = next_step();
    const auto step = step_of(kind);
    const auto& s = held.state.summary;
    if (!step || s.draft.policies.approval != election::ApprovalPolicy::two || s.proposals.contains(*step)) return kind;
    proposed_ = *step;
    return Kind::propose;
  }

  static std::optional<election::Step> step_of(Kind kind) {
    switch (kind) {
      case Kind::seal:
        return election::Step::seal;
      case Kind::close:
        return election::Step::close;
      case Kind::certify:
        return election::Step::certify;
      case Kind::cancel:
        return election::Step::cancel;
      case Kind::correct:
        return election::Step::correct;
      default:
        return std::nullopt;
    }
  }

  Kind next_step() const {
    const auto& s = held.state.summary;
    using election::Phase;
    if (!s.drafted_at) return Kind::draft;
    switch (s.phase) {
      case Phase::draft:
        return next_setup();
      case Phase::sealed:
        return *rc::gen::weightedElement<Kind>({{3, Kind::open}, {1, Kind::replace}});
      case Phase::open:
        return *rc::gen::weightedElement<Kind>({{4, Kind::sign_in},
                                                {16, Kind::cast},
                                                {4, Kind::challenge},
                                                {6, Kind::live_tally},
                                                {4, Kind::verify_at_place},
                                                {2, Kind::correct},
                                                {2, Kind::replace},
                                                {1, Kind::extend},
                                                {2, Kind::close}});
      case Phase::closed:
        if (!s.tally) return Kind::compute;
        return election::ready_for_result(s) ? Kind::result : Kind::decrypt;
      case Phase::tallied:
      case Phase::certified:
        return Kind::certify;
      case Phase::cancelled:
        return Kind::note;
    }
    return Kind::certify;
  }

  Kind next_setup() const {
    const auto& s = held.state.summary;
    if (s.trustees.size() < s.draft.trustees) return Kind::trustee_key;
    if (const auto step = election::ceremony_step(s); step && *step != election::CeremonyStep::done) {
      switch (*step) {
        case election::CeremonyStep::certificates:
          return Kind::certificate;
        case election::CeremonyStep::coefexps:
          return Kind::coefexps;
        default:
          return Kind::confirm;
      }
    }
    if (s.voters < 3) return Kind::enrol;
    if (s.credentials < s.voters) return Kind::import;
    return *rc::gen::weightedElement<Kind>({{4, Kind::seal}, {1, Kind::reserve}});
  }

  election::Actor right_actor(Kind kind) const {
    const auto& proposals = held.state.summary.proposals;
    if (const auto step = step_of(kind); step && proposals.contains(*step)) {
      return proposals.at(*step).by.id == committee.id ? second_member : committee;
    }
    switch (kind) {
      case Kind::draft:
        return appointments_.empty() ? administrator : committee;
      case Kind::open:
        return held.state.summary.draft.schedule ? service : committee;
      case Kind::verify_at_place:
        return any_of(0, 2) == 0 ? officer : committee;
      case Kind::note:
        return supervisor;
      case Kind::trustee_key:
      case Kind::decrypt:
        return held.key_holder();
      case Kind::certificate:
      case Kind::coefexps:
      case Kind::confirm:
        return trustee;
      case Kind::enrol:
      case Kind::import:
      case Kind::reserve:
      case Kind::replace:
      case Kind::correct_voter:
      case Kind::remove_voter:
        return registrar;
      case Kind::sign_in:
      case Kind::cast:
      case Kind::challenge:
        return voter;
      case Kind::live_tally:
      case Kind::compute:
        return service;
      default:
        return committee;
    }
  }

  std::optional<election::Command> make(Kind kind) {
    using namespace election;
    const auto& s = held.state.summary;
    switch (kind) {
      case Kind::draft: {
        auto opened = held.open_ledger(draft_);
        opened.appointments = appointments_;
        return opened;
      }
      case Kind::trustee_key:
        return trustee_key();
      case Kind::certificate:
        return s.draft.threshold && s.phase == Phase::draft ? std::optional<Command>(held.new_certificate())
                                                            : std::nullopt;
      case Kind::coefexps:
        return coefexps();
      case Kind::confirm:
        return confirmation();
      case Kind::restart:  // rarely, or no ceremony would ever be done
        return any_of(0, 4) == 0 ? std::optional<Command>(RestartCeremony{"Ulang"}) : std::nullopt;
      case Kind::enrol:
        return enrolment();
      case Kind::import:
        return import();
      case Kind::seal:
        return or_nothing(codec::seal_command(held.state));
      case Kind::open:
        return OpenElection{};
      case Kind::sign_in:
        return VerifyVoter{ballot::public_credential(somebody())};
      case Kind::cast:
        return ballot(casts);
      case Kind::challenge:
        return challenge();
      case Kind::live_tally:
        return live_tally();
      case Kind::close:
        return CloseElection{};
      case Kind::compute:
        return s.sealed ? std::optional<Command>(codec::tally_command(held.sum())) : std::nullopt;
      case Kind::decrypt:
        return share();
      case Kind::result:
        return or_nothing(s.sealed ? codec::result_command(held.state) : no_result());
      case Kind::certify:
        return CertifyResult{};
      default:
        return make_more(kind);
    }
  }

  // What happens around a polling day.
  std::optional<election::Command> make_more(Kind kind) {
    using namespace election;
    const auto reason = *rc::gen::weightedElement<std::string>({{6, "Perlu"}, {1, ""}});
    switch (kind) {
      case Kind::revise:
        return ReviseDraft{revision()};
      case Kind::correct_voter:
        return CorrectVoter{
            some_commitment(), {HeldElection::commitment_of(next_commitment_++), some_place(), 1}, reason};
      case Kind::remove_voter:
        return RemoveVoter{some_commitment(), reason};
      case Kind::reserve:
        return reserve();
      case Kind::withdraw:  // rarely, or nothing would ever be sealed
        return any_of(0, 4) == 0 ? std::optional<Command>(WithdrawCredentials{reason}) : std::nullopt;
      case Kind::replace:
        return ReplaceCredential{ballot::public_credential(somebody()), ballot::public_credential(somebody()), reason};
      case Kind::verify_at_place:
        return VerifyAtPlace{some_commitment(), some_place()};
      case Kind::appoint:
        return AppointOfficial{some_appointment()};
      case Kind::revoke:
        return any_of(0, 3) == 0 ? std::optional<Command>(RevokeOfficial{some_appointment(), reason}) : std::nullopt;
      case Kind::propose:
        return proposal(reason);
      case Kind::withdraw_proposal:
        return WithdrawProposal{some_step()};
      case Kind::cancel:  // rarely, or no election would ever end
        return any_of(0, 8) == 0 ? std::optional<Command>(CancelElection{reason}) : std::nullopt;
      case Kind::correct:
        return RecordCorrection{some_entry(), reason};
      case Kind::extend:
        return ExtendVoting{Timestamp{held.now.ms + any_of<std::int64_t>(-1000, 60'000)}, reason};
      case Kind::enrol_device:
        return EnrolDevice{some_device(), "Bilik", some_place()};
      case Kind::revoke_device:
        return RevokeDevice{some_device(), reason};
      default:
        return NoteIncident{"Antre", {Seq{any_of<std::uint64_t>(0, held.state.size + 2)}}};
    }
  }

  static PlaceId some_place() { return PlaceId{*rc::gen::weightedElement<std::string>({{9, "tps-1"}, {2, "tps-2"}})}; }
  static std::string some_device() { return *rc::gen::element<std::string>("bilik001", "bilik002", "bilik"); }

  Hash some_commitment() const { return HeldElection::commitment_of(any_of<std::size_t>(0, next_commitment_ + 1)); }

  static election::Step some_step() {
    using election::Step;
    return *rc::gen::element(Step::seal, Step::close, Step::certify, Step::cancel, Step::correct);
  }

  static election::Appointment some_appointment() {
    auto all = staff();
    return *rc::gen::elementOf(all);
  }

  // Mostly an attendance, where there are some.
  std::optional<Seq> some_entry() const {
    const auto& attendances = held.state.attendances;
    if (!attendances.empty() && any_of(0, 4) != 0) {
      return attendances[any_of<std::size_t>(0, attendances.size())].first;
    }
    return Seq{any_of<std::uint64_t>(0, held.state.size + 2)};
  }

  election::ProposeStep proposal(const std::string& reason) {
    const auto step = proposed_ ? *std::exchange(proposed_, std::nullopt) : some_step();
    if (step == election::Step::correct) return {step, reason, some_entry()};
    return {step, reason};
  }

  // The draft with one thing changed.
  election::Draft revision() {
    using namespace election;
    auto draft = held.state.summary.draft;
    switch (any_of(0, 8)) {
      case 0:
        draft.policies.approval = *rc::gen::element(ApprovalPolicy::single, ApprovalPolicy::two);
        break;
      case 1:
        draft.policies.verification = *rc::gen::element(VerificationPolicy::online, VerificationPolicy::both);
        break;
      case 2:
        draft.policies.tally = *rc::gen::element(TallyPolicy::live, TallyPolicy::sealed);
        break;
      case 3:
        draft.trustees = any_of<std::uint32_t>(0, 3);
        break;
      case 4:
        draft.threshold = Threshold{2, any_of<std::uint32_t>(2, 4)};
        break;
      case 5:
        draft.places.resize(1);
        break;
      case 6:
        draft.schedule = Schedule{held.now, Timestamp{held.now.ms + any_of<std::int64_t>(0, 100'000)}};
        break;
      default:
        draft.description += '.';
    }
    return draft;
  }

  std::optional<election::Command> reserve() {
    imported_.clear();
    const auto place = some_place();
    election::ImportReserve command{{{place, {}}}};
    const auto count = any_of<std::size_t>(1, 3);
    for (std::size_t i = 0; i < count; ++i) {
      imported_.push_back(crypto::SecretScalar::random());
      command.places[0].credentials.push_back({ballot::public_credential(imported_.back()), any_weight()});
    }
    return command;
  }

  static Result<election::PublishResult> no_result() { return fail(ErrorCode::conflict, ""); }

  template <class T>
  static std::optional<election::Command> or_nothing(Result<T> command) {
    if (!command) return std::nullopt;
    return std::move(*command);
  }

  election::PublishTrusteeKey trustee_key() {
    auto pair = ballot::generate_trustee_key();
    made_.push_back(std::move(pair.secret));
    return {codec::write_trustee_public_key(pair.public_key), pair.public_key};
  }

  // Mostly the first trustee whose message is missing.
  std::uint32_t member_without(auto has) const {
    const auto& all = held.state.summary.ceremony;
    const auto count = static_cast<std::uint32_t>(all.size());
    if (any_of(0, 5) == 0) return any_of<std::uint32_t>(1, count + 1);
    const auto next = std::find_if(all.begin(), all.end(), [&](const auto& each) { return !has(each); });
    return next == all.end() ? 1 : static_cast<std::uint32_t>(next - all.begin()) + 1;
  }

  // Without everybody's certificate there is nobody to seal shares to.
  std::optional<election::Command> coefexps() {
    const auto& ceremony = held.state.summary.ceremony;
    if (held.members.empty() || ceremony.size() != held.members.size()) return std::nullopt;
    return held.coefexps_of(member_without([](const auto& each) { return each.coefexps.has_value(); }));
  }

  std::optional<election::Command> confirmation() {
    const auto& ceremony = held.state.summary.ceremony;
    if (ceremony.empty() || election::published_coefexps(held.state.summary).size() != ceremony.size()) {
      return std::nullopt;
    }
    return held.confirmation_of(member_without([](const auto& each) { return each.confirmed.has_value(); }));
  }

  static std::uint64_t any_weight() { return *rc::gen::weightedElement<std::uint64_t>({{4, 1}, {2, 2}, {1, 7}}); }

  election::EnrolVoters enrolment() {
    election::EnrolVoters command;
    const auto place = PlaceId{*rc::gen::weightedElement<std::string>({{8, "tps-1"}, {1, "tps-2"}, {1, "tps-9"}})};
    const auto count = any_of(0, 3);
    for (int i = 0; i < count; ++i) {
      const auto number = *rc::gen::weightedElement<std::size_t>({{5, next_commitment_++}, {1, 0}});
      command.voters.push_back({HeldElection::commitment_of(number), place, any_weight()});
    }
    return command;
  }

  // Some of the weights that are still without a credential, now and then another.
  election::ImportCredentials import() {
    imported_.clear();
    const PlaceId place{some_place()};
    election::ImportCredentials command{{{place, {}}}};
    std::vector<std::uint64_t> open;
    if (const auto found = held.state.weights.find(place); found != held.state.weights.end()) {
      for (const auto& [weight, count] : found->second)
        open.insert(open.end(), count.voters - count.credentials, weight);
    }
    const auto count = any_of<std::size_t>(1, 4);
    for (std::size_t i = 0; i < count; ++i) {
      const bool fitting = i < open.size() && any_of(0, 8) != 0;
      imported_.push_back(crypto::SecretScalar::random());
      command.places[0].credentials.push_back(
          {ballot::public_credential(imported_.back()), fitting ? open[i] : any_weight()});
    }
    return command;
  }

  const crypto::SecretScalar& somebody() const {
    static const auto stranger = crypto::SecretScalar::random();
    if (held.voters.empty() || any_of(0, 8) == 0) return stranger;
    return held.voters[any_of<std::size_t>(0, held.voters.size())];
  }

  static std::vector<unsigned> any_marks(const ballot::Question& question) {
    std::vector<unsigned> marks(question.choices(), 0);
    const std::size_t first = question.blank ? 1 : 0;
    if (question.blank && any_of(0, 3) == 0) {
      marks[0] = 1;
      return marks;
    }
    auto left = any_of<std::uint32_t>(question.min, question.max + 1);
    const auto start = any_of<std::size_t>(0, question.answers.size());
    for (std::size_t i = 0; left > 0; ++i, --left) marks[first + (start + i) % question.answers.size()] = 1;
    return marks;
  }

  // A new one, or one of those before.
  std::optional<election::Command> ballot(const std::vector<election::CastBallot>& before) {
    if (!held.state.summary.sealed) return std::nullopt;
    if (!before.empty() && any_of(0, 4) == 0) return *rc::gen::elementOf(before);
    if (!challenged.empty() && any_of(0, 4) == 0) return *rc::gen::elementOf(challenged);
    chosen_.clear();
    for (const auto& question : held.sealed().questions) chosen_.push_back(any_marks(question));
    return held.ballot_with(somebody(), chosen_);
  }

  std::optional<election::Command> challenge() {
    const auto made = ballot(casts);
    if (!made) return std::nullopt;
    return HeldElection::challenge(std::get<election::CastBallot>(*made));
  }

  // With two trustees one of them alone cannot even try.
  std::optional<election::Command> live_tally() const {
    if (!held.state.summary.sealed || held.trustees.size() != 1) return std::nullopt;
    return held.live_tally();
  }

  std::optional<election::Command> share() const {
    if (!held.state.summary.tally) return std::nullopt;
    auto command = held.decryption(static_cast<std::uint32_t>(any_of<std::size_t>(1, held.trustees.size() + 1)));
    if (any_of(0, 8) == 0) ++command.share.owner;
    return command;
  }

  election::Draft draft_;
  std::vector<election::Appointment> appointments_;
  std::optional<election::Step> proposed_;  // by the next command
  std::size_t next_commitment_ = 1;
  std::vector<crypto::SecretScalar> made_;  // trustees' secrets
  std::vector<crypto::SecretScalar> imported_;
  Choices chosen_;  // of the ballot made last
};

}  // namespace suara::test
