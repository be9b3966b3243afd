#include "core/election/decide.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/election/overloaded.hpp"
#include "core/election/rules.hpp"

namespace suara::election {
namespace {

Result<Decision> record(Result<void> rules, Event event) {
  if (!rules) return fail(std::move(rules).error());
  Decision decision;
  decision.events.push_back(std::move(event));
  return decision;
}

Result<Decision> decide_open_ledger(const State& state, const OpenLedger& command) {
  if (auto ok = rules::ledger_opens(state, command.uuid, command.key); !ok) return fail(std::move(ok).error());
  if (auto ok = check_draft(command.draft); !ok) return fail(std::move(ok).error());
  return Decision{{LedgerOpened{command.uuid, command.key}, ElectionDrafted{command.draft}}, {}};
}

Result<Decision> decide_trustee_key(const State& state, const PublishTrusteeKey& command, Role by) {
  const auto number = static_cast<std::uint32_t>(state.summary.trustees.size() + 1);
  return record(rules::trustee_key(state, by, command.key),
                TrusteeKeyPublished{number, command.public_key, command.key});
}

Result<Decision> decide_certificate(const State& state, const PublishCertificate& command) {
  const auto number = static_cast<std::uint32_t>(state.summary.ceremony.size() + 1);
  return record(rules::certificate(state, command.parsed),
                TrusteeCertificatePublished{number, command.certificate, command.coefexps_hash, command.parsed});
}

Result<Decision> decide_coefexps(const State& state, const PublishCoefexps& command) {
  TrusteeCoefexpsPublished event{command.trustee, command.coefexps, command.shares, command.parsed};
  auto rules = rules::coefexps(state, event);
  return record(std::move(rules), std::move(event));
}

Result<Decision> decide_enrol(const State& state, const EnrolVoters& command) {
  if (auto ok = rules::voters(state, command.voters); !ok) return fail(std::move(ok).error());
  Decision decision;
  const auto& voters = command.voters;
  for (std::size_t from = 0; from < voters.size(); from += max_voters_per_event) {
    const auto to = std::min(from + max_voters_per_event, voters.size());
    decision.events.push_back(
        VotersEnrolled{state.summary.voters + from, {voters.begin() + from, voters.begin() + to}});
  }
  return decision;
}

// No credential twice in the whole command, also not at two places.
Result<void> check_distinct(const ImportCredentials& command) {
  std::unordered_map<ballot::Element, const PlaceId*> seen;
  std::unordered_set<std::string_view> places;
  for (const auto& place : command.places) {
    if (!places.insert(place.place.value).second) {
      return fail(ErrorCode::roll_invalid, "A polling place is listed twice: send each place's credentials together.");
    }
    for (const auto& credential : place.credentials) {
      const auto [found, fresh] = seen.emplace(credential.key, &place.place);
      if (fresh || found->second == &place.place) continue;
      return fail(ErrorCode::roll_invalid, "The places '" + found->second->value + "' and '" + place.place.value +
                                               "' share a credential: each voter needs one of their own.");
    }
  }
  return {};
}

Result<Decision> decide_import(const State& state, const ImportCredentials& command) {
  if (command.places.empty()) return fail(ErrorCode::roll_invalid, "There are no credentials to import.");
  for (const auto& place : command.places) {
    if (auto ok = rules::credentials(state, place.place, place.credentials); !ok) return fail(std::move(ok).error());
  }
  if (auto ok = check_distinct(command); !ok) return fail(std::move(ok).error());
  Decision decision;
  for (const auto& place : command.places) {
    auto sorted = place.credentials;  // the order in which codes were made would tell whose is whose
    std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return text_less(a.key, b.key); });
    for (std::size_t from = 0; from < sorted.size(); from += max_credentials_per_event) {
      const auto to = std::min(from + max_credentials_per_event, sorted.size());
      decision.events.push_back(RollImported{place.place, {sorted.begin() + from, sorted.begin() + to}});
    }
  }
  return decision;
}

Result<Decision> decide_seal(const State& state, const SealElection& command) {
  if (auto ok = rules::ready_to_seal(state); !ok) return fail(std::move(ok).error());
  ElectionSealed sealed{command.election, command.trustees, command.credentials_hash, command.parsed_election,
                        command.parsed_trustees};
  if (auto ok = rules::sealed_matches(state, sealed); !ok) return fail(std::move(ok).error());
  const RollSealed roll{state.summary.voters, state.summary.credentials, command.credentials_hash};
  return Decision{{roll, std::move(sealed)}, {}};
}

Result<Decision> decide_verify_voter(const State& state, const VerifyVoter& command) {
  auto known = rules::known_credential(state, command.credential);
  if (known) {
    if (const auto earlier = state.verified.find(command.credential); earlier != state.verified.end()) {
      return Decision{{}, earlier->second};
    }
  }
  return record(std::move(known), VoterVerified{command.credential});
}

Result<Decision> decide_cast(const State& state, const CastBallot& command) {
  const ballot::Ballot& ballot = command.verified.ballot();
  return record(rules::casts(state, ballot), BallotCast{command.ballot, ballot});
}

Result<Decision> decide_challenge(const State& state, const ChallengeBallot& command) {
  const ballot::Ballot& ballot = command.verified.ballot();
  return record(rules::challenges(state, ballot), BallotChallenged{command.ballot, ballot});
}

std::optional<Seq> entry_of(const std::unordered_map<Hash, Seq>& trackers, const ballot::VerifiedBallot& verified) {
  const auto found = trackers.find(verified.ballot().tracker);
  if (found == trackers.end()) return std::nullopt;
  return found->second;
}

// A retry of an accepted ballot is answered the same at any time after, also when the election has closed since.
std::optional<Seq> earlier_entry(const State& state, const Command& command) {
  if (const auto* cast = std::get_if<CastBallot>(&command)) return entry_of(state.trackers, cast->verified);
  if (const auto* challenge = std::get_if<ChallengeBallot>(&command)) {
    return entry_of(state.challenged, challenge->verified);
  }
  return std::nullopt;
}

}  // namespace

Result<Decision> decide(const State& state, const Command& command, const Context& context) {
  if (context.now < state.last_time) throw std::invalid_argument("a command's time is before the last entry's");
  const Role by = context.actor.role;
  const Action action = action_of(command);
  if (auto ok = check_actor_may(context.actor, action); !ok) return fail(std::move(ok).error());
  if (const auto earlier = earlier_entry(state, command)) return Decision{{}, earlier};
  if (action != Action::open_ledger) {
    if (auto ok = check_phase(state, action); !ok) return fail(std::move(ok).error());
  }
  if (auto ok = rules::not_half_sealed(state); !ok) return fail(std::move(ok).error());
  return std::visit(
      overloaded{
          [&](const OpenLedger& c) { return decide_open_ledger(state, c); },
          [&](const PublishTrusteeKey& c) { return decide_trustee_key(state, c, by); },
          [&](const PublishCertificate& c) { return decide_certificate(state, c); },
          [&](const PublishCoefexps& c) { return decide_coefexps(state, c); },
          [&](const ConfirmShare& c) {
            return record(rules::share_confirmed(state, c.trustee, c.parsed),
                          TrusteeShareConfirmed{c.trustee, c.verification_key, c.parsed});
          },
          [&](const RestartCeremony& c) {
            return record(rules::restarts(state, c.reason), KeyCeremonyRestarted{c.reason});
          },
          [&](const EnrolVoters& c) { return decide_enrol(state, c); },
          [&](const ImportCredentials& c) { return decide_import(state, c); },
          [&](const SealElection& c) { return decide_seal(state, c); },
          [&](const OpenElection&) { return record({}, ElectionOpened{}); },
          [&](const VerifyVoter& c) { return decide_verify_voter(state, c); },
          [&](const CastBallot& c) { return decide_cast(state, c); },
          [&](const ChallengeBallot& c) { return decide_challenge(state, c); },
          [&](const PublishLiveTally& c) { return record(rules::live_tally(state, c.tally, context.now), c.tally); },
          [&](const CloseElection&) { return record({}, ElectionClosed{}); },
          [&](const ComputeTally& c) { return record(rules::computes(state, c.tally), c.tally); },
          [&](const SubmitDecryption& c) {
            return record(rules::decryption(state, by, c.share), TallyDecrypted{c.share});
          },
          [&](const PublishResult& c) {
            return record(rules::result(state, c.counts), ResultPublished{c.result, c.counts});
          },
          [&](const CertifyResult&) { return record({}, ResultCertified{}); },
      },
      command);
}

}  // namespace suara::election
