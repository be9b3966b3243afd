#include "core/election/decide.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/election/evolve.hpp"
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

Result<Decision> decide_open_ledger(const State& state, const OpenLedger& command, const Context& context) {
  if (auto ok = rules::ledger_opens(state, command.uuid, command.key); !ok) return fail(std::move(ok).error());
  if (auto ok = check_draft(command.draft); !ok) return fail(std::move(ok).error());
  Decision decision;
  State opened;
  const auto add = [&](Event event) {
    evolve(opened, {Seq{opened.size}, context.now, context.actor, event});
    decision.events.push_back(std::move(event));
  };
  add(LedgerOpened{command.uuid, command.key});
  add(ElectionDrafted{command.draft});
  const Appointment drafter{context.actor.id, context.actor.role, std::nullopt};
  const bool of_committee = context.actor.role == Role::committee;
  if (of_committee) add(OfficialAppointed{drafter});
  for (const Appointment& appointment : command.appointments) {
    if (of_committee && appointment == drafter) continue;
    if (auto ok = rules::appoints(opened, appointment); !ok) return fail(std::move(ok).error());
    add(OfficialAppointed{appointment});
  }
  return decision;
}

// Else one member's revision would take back another's without a word.
Result<Decision> decide_revision(const State& state, const ReviseDraft& command) {
  const Seq in_force = state.summary.draft_entry;
  if (auto ok = rules::revises(state, command.draft); !ok) return fail(std::move(ok).error());
  if (command.base && *command.base != in_force) {
    return fail(ErrorCode::draft_changed, "The draft was revised meanwhile, by entry " +
                                              std::to_string(in_force.value) +
                                              ". Read it again and make your change in it.");
  }
  return record({}, ElectionDrafted{command.draft});
}

// The first appointment would shut out the member who makes it, so that member's own comes before it.
Result<Decision> decide_appoint(const State& state, const AppointOfficial& command, const Actor& by) {
  if (auto ok = rules::appoints(state, command.appointment); !ok) return fail(std::move(ok).error());
  Decision decision;
  const Appointment own{by.id, by.role, std::nullopt};
  const bool first = !state.summary.appoints && by.role == Role::committee;
  if (first && own != command.appointment) decision.events.push_back(OfficialAppointed{own});
  decision.events.push_back(OfficialAppointed{command.appointment});
  return decision;
}

// Reason and entry that the command leaves out are those of the proposal.
Result<Decision> decide_cancel(const State& state, const CancelElection& command) {
  ElectionCancelled event{command.reason};
  const auto proposal = state.summary.proposals.find(Step::cancel);
  if (proposal != state.summary.proposals.end() && event.reason.empty()) event.reason = proposal->second.reason;
  auto rules = rules::cancels(state, event);
  return record(std::move(rules), std::move(event));
}

Result<Decision> decide_correct(const State& state, const RecordCorrection& command) {
  std::optional<Seq> entry = command.entry;
  std::string reason = command.reason;
  const auto proposal = state.summary.proposals.find(Step::correct);
  if (proposal != state.summary.proposals.end()) {
    if (!entry) entry = proposal->second.entry;
    if (reason.empty()) reason = proposal->second.reason;
  }
  if (!entry) return fail(ErrorCode::malformed, "A correction names the entry that it corrects.");
  CorrectionRecorded event{*entry, std::move(reason)};
  auto rules = rules::corrects(state, event);
  return record(std::move(rules), std::move(event));
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
    decision.events.push_back(VotersEnrolled{state.ever_enrolled + from, {voters.begin() + from, voters.begin() + to}});
  }
  return decision;
}

using PlaceCredentials = ImportCredentials::PlaceCredentials;

// No credential twice in the whole command, also not at two places.
Result<void> check_distinct(const std::vector<PlaceCredentials>& places,
                            std::unordered_map<ballot::Element, const PlaceId*>& seen) {
  std::unordered_set<std::string_view> listed;
  for (const auto& place : places) {
    if (!listed.insert(place.place.value).second) {
      return fail(ErrorCode::roll_invalid, "A polling place is listed twice: send each place's credentials together.");
    }
    for (const auto& credential : place.credentials) {
      const auto [found, fresh] = seen.emplace(credential.key, &place.place);
      if (fresh || found->second == &place.place) continue;  // twice in one list is told with its number
      return fail(ErrorCode::roll_invalid,
                  *found->second == place.place
                      ? "The place '" + place.place.value + "' has a credential both for a voter and in its reserve."
                      : "The places '" + found->second->value + "' and '" + place.place.value +
                            "' share a credential: each voter needs one of their own.");
    }
  }
  return {};
}

template <class E>
void add_chunks(const PlaceCredentials& place, Decision& decision) {
  auto sorted = place.credentials;  // the order in which codes were made would tell whose is whose
  std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return text_less(a.key, b.key); });
  for (std::size_t from = 0; from < sorted.size(); from += max_credentials_per_event) {
    const auto to = std::min(from + max_credentials_per_event, sorted.size());
    decision.events.push_back(E{place.place, {sorted.begin() + from, sorted.begin() + to}});
  }
}

Result<Decision> decide_import(const State& state, const std::vector<PlaceCredentials>& places,
                               const std::vector<PlaceCredentials>& reserve) {
  if (places.empty() && reserve.empty()) {
    return fail(ErrorCode::roll_invalid, "There are no credentials to import.");
  }
  std::unordered_set<std::string_view> imported;
  for (const auto& place : places) {
    imported.insert(place.place.value);
    if (auto ok = rules::credentials(state, place.place, place.credentials); !ok) return fail(std::move(ok).error());
  }
  for (const auto& place : reserve) {
    if (auto ok = rules::reserve(state, place.place, place.credentials); !ok) return fail(std::move(ok).error());
    if (imported.contains(place.place.value)) continue;
    if (auto ok = rules::after_roll(state, place.place); !ok) return fail(std::move(ok).error());
  }
  std::unordered_map<ballot::Element, const PlaceId*> seen;
  if (auto ok = check_distinct(places, seen); !ok) return fail(std::move(ok).error());
  if (auto ok = check_distinct(reserve, seen); !ok) return fail(std::move(ok).error());
  Decision decision;
  for (const auto& place : places) add_chunks<RollImported>(place, decision);
  for (const auto& place : reserve) add_chunks<ReserveImported>(place, decision);
  return decision;
}

Result<Decision> decide_seal(const State& state, const SealElection& command) {
  if (auto ok = rules::ready_to_seal(state); !ok) return fail(std::move(ok).error());
  ElectionSealed sealed{command.election, command.trustees, command.credentials_hash, command.parsed_election,
                        command.parsed_trustees};
  if (auto ok = rules::sealed_matches(state, sealed); !ok) return fail(std::move(ok).error());
  const RollSealed roll{state.summary.voters, state.credentials.size(), command.credentials_hash};
  return Decision{{roll, std::move(sealed)}, {}};
}

Result<Decision> decide_verify_voter(const State& state, const VerifyVoter& command) {
  VoterVerified event{VoterVerified::Method::credential, command.credential, {}, {}};
  auto rules = rules::verifies(state, event);
  if (rules) {
    if (const auto earlier = state.verified.find(command.credential); earlier != state.verified.end()) {
      return Decision{{}, earlier->second};
    }
  }
  return record(std::move(rules), std::move(event));
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

// Where the command acts, for officers.
const PlaceId* place_of(const State& state, const Command& command) {
  if (const auto* verify = std::get_if<VerifyAtPlace>(&command)) return &verify->place;
  if (const auto* enrol = std::get_if<EnrolDevice>(&command)) return &enrol->place;
  if (const auto* revoke = std::get_if<RevokeDevice>(&command)) {
    const Device* device = find_device(state.summary, revoke->device);
    return device ? &device->place : nullptr;
  }
  return nullptr;
}

// Records the event where `rule` passes it.
template <class E>
Result<Decision> judged(const State& state, Result<void> (*rule)(const State&, const E&), E event) {
  auto rules = rule(state, event);
  return record(std::move(rules), std::move(event));
}

}  // namespace

Result<Decision> decide(const State& state, const Command& command, const Context& context) {
  if (context.now < state.last_time) throw std::invalid_argument("a command's time is before the last entry's");
  const Role by = context.actor.role;
  const Action action = action_of(command);
  if (auto ok = check_actor_may(context.actor, action); !ok) return fail(std::move(ok).error());
  if (const auto earlier = earlier_entry(state, command)) return Decision{{}, earlier};
  const PlaceId* place = place_of(state, command);
  if (auto ok = rules::admits(state, context.actor, action, place, context.now); !ok)
    return fail(std::move(ok).error());
  return std::visit(
      overloaded{
          [&](const OpenLedger& c) { return decide_open_ledger(state, c, context); },
          [&](const ReviseDraft& c) { return decide_revision(state, c); },
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
          [&](const CorrectVoter& c) {
            return judged(state, rules::corrects_voter, VoterCorrected{c.was, c.voter, c.reason});
          },
          [&](const RemoveVoter& c) {
            return judged(state, rules::removes_voter, VoterRemoved{c.voter, c.reason});
          },
          [&](const ImportCredentials& c) { return decide_import(state, c.places, c.reserve); },
          [&](const ImportReserve& c) { return decide_import(state, {}, c.places); },
          [&](const WithdrawCredentials& c) {
            return record(rules::withdraws_credentials(state, c.reason), CredentialsWithdrawn{c.reason});
          },
          [&](const ReplaceCredential& c) {
            return judged(state, rules::replaces, CredentialReplaced{c.lost, c.issued, c.reason});
          },
          [&](const SealElection& c) { return decide_seal(state, c); },
          [&](const OpenElection&) { return record({}, ElectionOpened{}); },
          [&](const VerifyVoter& c) { return decide_verify_voter(state, c); },
          [&](const VerifyAtPlace& c) {
            return judged(state, rules::verifies, VoterVerified{VoterVerified::Method::officer, {}, c.voter, c.place});
          },
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
          [&](const AppointOfficial& c) { return decide_appoint(state, c, context.actor); },
          [&](const RevokeOfficial& c) {
            return record(rules::revokes(state, c.appointment, c.reason), OfficialRevoked{c.appointment, c.reason});
          },
          [&](const ProposeStep& c) {
            return judged(state, rules::proposes, StepProposed{c.step, c.reason, c.entry});
          },
          [&](const WithdrawProposal& c) {
            return record(rules::withdraws_proposal(state, c.step), ProposalWithdrawn{c.step});
          },
          [&](const CancelElection& c) { return decide_cancel(state, c); },
          [&](const RecordCorrection& c) { return decide_correct(state, c); },
          [&](const ExtendVoting& c) {
            const VotingExtended event{c.closes_at, c.reason};
            return record(rules::extends(state, event, context.now), event);
          },
          [&](const EnrolDevice& c) {
            return judged(state, rules::enrols_device, DeviceEnrolled{c.device, c.name, c.place});
          },
          [&](const RevokeDevice& c) {
            return judged(state, rules::revokes_device, DeviceRevoked{c.device, c.reason});
          },
          [&](const NoteIncident& c) {
            return judged(state, rules::notes, IncidentNoted{c.text, c.entries});
          },
          [&](const RotateKey& c) {
            return judged(state, rules::rotates_key, KeyRotated{c.key, c.public_key, c.proof});
          },
      },
      command);
}

}  // namespace suara::election
