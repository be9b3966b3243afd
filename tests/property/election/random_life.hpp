#pragma once
#include <rapidcheck.h>

#include "core/codec/entry_body.hpp"
#include "core/log/entry.hpp"
#include "tests/support/held_election.hpp"

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
       time(s.certified_at), format_time(state.last_time), format_time(state.last_live));
  line("events", event(s.roll_sealed), event(s.sealed), event(s.tally), event(s.result), event(s.live));
  for (const auto& key : s.trustees) line("trustee", codec::write_event_data(key));
  for (const auto& [owner, share] : s.shares) line("share", codec::write_event_data(election::TallyDecrypted{share}));
  for (const auto& [place, count] : s.voters_by_place) line("voters", place.value, std::to_string(count));
  for (const auto& [place, count] : s.credentials_by_place) line("credentials", place.value, std::to_string(count));
  line("counts", std::to_string(state.size), std::to_string(state.ciphertexts.size()), std::to_string(s.voters), std::to_string(s.credentials),
       std::to_string(state.ballots), std::to_string(state.last_cast.value));
  for (const auto& [credential, place] : state.credentials) line("credential", credential.to_text(), place.value);
  for (const auto& hash : state.commitments) line("commitment", hex(hash));
  for (const auto& [credential, cast] : state.last_ballot) {
    line("last", credential.to_text(), std::to_string(cast.seq.value), hex(cast.tracker));
  }
  for (const auto& [tracker, seq] : state.trackers) line("tracker", hex(tracker), std::to_string(seq.value));
  for (const auto& [credential, seq] : state.verified)
    line("verified", credential.to_text(), std::to_string(seq.value));
  line("since", std::to_string(state.live_batch.voters()));
  std::sort(lines.begin(), lines.end());
  std::string all;
  for (const auto& each : lines) all += each + '\n';
  return all;
}

// An election in which anybody may try anything at any time; most of the steps are the sensible next ones.
class RandomLife {
 public:
  HeldElection held;
  std::vector<election::CastBallot> casts;  // accepted ones

  explicit RandomLife(const election::Draft& draft) : draft_(draft) {}

  enum class Outcome { recorded, repeated, refused, skipped };

  Outcome step() {
    using namespace rc;
    held.now.ms += *gen::element<std::int64_t>(0, 1, 700, 2500);
    const bool sensible = *gen::weightedElement<bool>({{2, true}, {1, false}});
    const int kind = sensible ? next_kind() : *gen::inRange(0, 14);
    const auto command = make(kind);
    if (!command) return Outcome::skipped;
    auto actor = right_actor(kind);
    if (!sensible && *gen::inRange(0, 3) == 0) {
      actor = *gen::element(service, administrator, committee, registrar, trustee, supervisor, voter, anyone);
    }
    const auto decision = held.give(*command, actor);
    settle(*command, decision.has_value());
    if (!decision) return Outcome::refused;
    if (decision->events.empty()) return Outcome::repeated;
    return Outcome::recorded;
  }

 private:
  // The secrets behind a command are kept only where it was accepted.
  void settle(const election::Command& command, bool accepted) {
    if (std::holds_alternative<election::PublishTrusteeKey>(command) && !accepted) held.trustees.pop_back();
    if (std::holds_alternative<election::ImportCredentials>(command) && accepted) {
      for (auto& secret : imported_) held.voters.push_back(std::move(secret));
    }
    if (const auto* cast = std::get_if<election::CastBallot>(&command); cast && accepted) casts.push_back(*cast);
  }

  int next_kind() const {
    const auto& s = held.state.summary;
    using election::Phase;
    if (!s.drafted_at) return 0;
    switch (s.phase) {
      case Phase::draft:
        if (s.trustees.size() < s.draft.trustees) return 1;
        if (s.voters < 3) return 2;
        return s.credentials < s.voters ? 3 : 4;
      case Phase::sealed: return 5;
      case Phase::open: return *rc::gen::weightedElement<int>({{2, 6}, {8, 7}, {3, 8}, {1, 9}});
      case Phase::closed:
        if (!s.tally) return 10;
        return s.shares.size() < s.trustees.size() ? 11 : 12;
      case Phase::tallied:
      case Phase::certified: return 13;
    }
    return 13;
  }

  election::Actor right_actor(int kind) const {
    if (kind == 1 || kind == 11) return held.key_holder();
    if (kind == 2 || kind == 3) return registrar;
    if (kind == 6 || kind == 7) return voter;
    if (kind == 8 || kind == 10) return service;
    return committee;
  }

  std::optional<election::Command> make(int kind) {
    using namespace election;
    switch (kind) {
      case 0: return held.open_ledger(draft_);
      case 1: return held.new_trustee_key();
      case 2: return enrolment();
      case 3: return import();
      case 4: return or_nothing(codec::seal_command(held.state));
      case 5: return OpenElection{};
      case 6: return VerifyVoter{ballot::public_credential(somebody())};
      case 7: return cast();
      case 8: return live_tally();
      case 9: return CloseElection{};
      case 10:
        return held.state.summary.sealed ? std::optional<Command>(codec::tally_command(held.sum())) : std::nullopt;
      case 11: return share();
      case 12: return or_nothing(codec::result_command(held.state));
      default: return CertifyResult{};
    }
  }

  template <class T>
  static std::optional<election::Command> or_nothing(Result<T> command) {
    if (!command) return std::nullopt;
    return std::move(*command);
  }

  election::EnrolVoters enrolment() {
    election::EnrolVoters command;
    const auto place = PlaceId{*rc::gen::weightedElement<std::string>({{9, "tps-1"}, {1, "tps-9"}})};
    const auto count = *rc::gen::inRange(0, 3);
    for (int i = 0; i < count; ++i) {
      const auto number = *rc::gen::weightedElement<std::size_t>({{5, next_commitment_++}, {1, 0}});
      command.voters.push_back({HeldElection::commitment_of(number), place});
    }
    return command;
  }

  election::ImportCredentials import() {
    imported_.clear();
    election::ImportCredentials command{{{PlaceId{"tps-1"}, {}}}};
    const auto count = *rc::gen::inRange<std::size_t>(1, 4);
    for (std::size_t i = 0; i < count; ++i) {
      imported_.push_back(crypto::SecretScalar::random());
      command.places[0].credentials.push_back(ballot::public_credential(imported_.back()));
    }
    return command;
  }

  const crypto::SecretScalar& somebody() const {
    static const auto stranger = crypto::SecretScalar::random();
    if (held.voters.empty() || *rc::gen::inRange(0, 8) == 0) return stranger;
    return held.voters[*rc::gen::inRange<std::size_t>(0, held.voters.size())];
  }

  std::optional<election::Command> cast() const {
    if (!held.state.summary.sealed) return std::nullopt;
    if (!casts.empty() && *rc::gen::inRange(0, 4) == 0) return *rc::gen::elementOf(casts);
    return held.ballot_by(somebody(), *rc::gen::inRange<std::size_t>(0, 2));
  }

  // With two trustees one of them alone cannot even try.
  std::optional<election::Command> live_tally() const {
    if (!held.state.summary.sealed || held.trustees.size() != 1) return std::nullopt;
    return held.live_tally();
  }

  std::optional<election::Command> share() const {
    if (!held.state.summary.tally) return std::nullopt;
    auto command =
        held.decryption(static_cast<std::uint32_t>(*rc::gen::inRange<std::size_t>(1, held.trustees.size() + 1)));
    if (*rc::gen::inRange(0, 8) == 0) ++command.share.owner;
    return command;
  }

  election::Draft draft_;
  std::size_t next_commitment_ = 1;
  std::vector<crypto::SecretScalar> imported_;
};

}  // namespace suara::test
