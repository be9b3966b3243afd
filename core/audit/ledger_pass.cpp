#include "core/audit/ledger_pass.hpp"

#include "core/ballot/trustee.hpp"
#include "core/ballot/verify.hpp"
#include "core/codec/event.hpp"
#include "core/crypto/encoding.hpp"
#include "core/election/overloaded.hpp"
#include "core/log/entry.hpp"

namespace suara::audit {
namespace {

using election::Event;

// Which check a broken rule belongs to.
Check check_of(const Event& event, ErrorCode code) {
  const bool order =
      code == ErrorCode::not_permitted || code == ErrorCode::wrong_phase || code == ErrorCode::approval_needed;
  if (order) return Check::legality;
  return std::visit(election::overloaded{
                        [](const election::TrusteeKeyPublished&) { return Check::trustees; },
                        [](const election::TrusteeCertificatePublished&) { return Check::trustees; },
                        [](const election::TrusteeCoefexpsPublished&) { return Check::trustees; },
                        [](const election::TrusteeShareConfirmed&) { return Check::trustees; },
                        [](const election::KeyCeremonyRestarted&) { return Check::trustees; },
                        [](const election::VotersEnrolled&) { return Check::roll; },
                        [](const election::VoterCorrected&) { return Check::roll; },
                        [](const election::VoterRemoved&) { return Check::roll; },
                        [](const election::RollImported&) { return Check::roll; },
                        [](const election::ReserveImported&) { return Check::roll; },
                        [](const election::CredentialsWithdrawn&) { return Check::roll; },
                        [](const election::CredentialReplaced&) { return Check::roll; },
                        [](const election::RollSealed&) { return Check::roll; },
                        [](const election::ElectionSealed&) { return Check::roll; },
                        [](const election::BallotCast&) { return Check::ballots; },
                        [](const election::BallotChallenged&) { return Check::ballots; },
                        [](const election::LiveTallyPublished&) { return Check::live_tallies; },
                        [](const election::TallyComputed&) { return Check::tally; },
                        [](const election::TallyDecrypted&) { return Check::decryption; },
                        [](const election::ResultPublished&) { return Check::result; },
                        [](const election::LedgerOpened&) { return Check::legality; },
                        [](const election::ElectionDrafted&) { return Check::legality; },
                        [](const election::ElectionOpened&) { return Check::legality; },
                        [](const election::VoterVerified&) { return Check::legality; },
                        [](const election::ElectionClosed&) { return Check::legality; },
                        [](const election::ResultCertified&) { return Check::legality; },
                        [](const election::OfficialAppointed&) { return Check::legality; },
                        [](const election::OfficialRevoked&) { return Check::legality; },
                        [](const election::StepProposed&) { return Check::legality; },
                        [](const election::ProposalWithdrawn&) { return Check::legality; },
                        [](const election::ElectionCancelled&) { return Check::legality; },
                        [](const election::CorrectionRecorded&) { return Check::legality; },
                        [](const election::VotingExtended&) { return Check::legality; },
                        [](const election::DeviceEnrolled&) { return Check::legality; },
                        [](const election::DeviceRevoked&) { return Check::legality; },
                        [](const election::IncidentNoted&) { return Check::legality; },
                        [](const election::KeyRotated&) { return Check::keys; },
                    },
                    event);
}

struct Wrong {
  Check check;
  std::string what;
};

// The sealed trustees are looked at whole, beside the rules: the rules compare them with the keys that were published.
std::optional<Wrong> what_is_wrong(const election::State& state, const election::Recorded& recorded) {
  if (const auto* sealed = std::get_if<election::ElectionSealed>(&recorded.event)) {
    const auto keys = ballot::verify_election_key(sealed->parsed_election, sealed->parsed_trustees);
    if (!keys) return Wrong{Check::trustees, keys.error().detail};
  }
  const auto legal = election::check_legal(state, recorded);
  if (legal) return std::nullopt;
  return Wrong{check_of(recorded.event, legal.error().code), legal.error().detail};
}

bool tells_outcome(election::Phase phase) {
  return phase == election::Phase::tallied || phase == election::Phase::certified ||
         phase == election::Phase::cancelled;
}

}  // namespace

struct LedgerPass::Examined {
  Hash leaf;
  std::optional<codec::EntryBody> body;
  std::optional<election::Recorded> recorded;
  std::string form_fault;
  std::string signature_fault;
  std::string event_fault;
  std::string_view text;  // the body's bytes
};

LedgerPass::LedgerPass(const log::VerifierKey& key, const Options& options, Findings& findings)
    : keys_(key), options_(options), findings_(findings), count_again_(findings) {}

LedgerPass::Examined LedgerPass::examine(std::string_view entry) const {
  Examined out;
  out.leaf = log::leaf_hash(entry);
  const auto split = log::split_entry(entry);
  if (!split) {
    out.form_fault = split.error().detail;
    return out;
  }
  out.text = split->body;
  auto body = codec::decode_entry_body(split->body);
  if (!body) {
    out.form_fault = body.error().detail;
    return out;
  }
  auto actor = election::Actor::parse(body->actor);
  auto event = codec::read_event(body->type, body->v, body->data, codec::Trust::full);
  if (!actor) {
    out.event_fault = actor.error().detail;
  } else if (!event) {
    out.event_fault = event.error().detail;
  } else {
    out.recorded = election::Recorded{body->seq, body->time, std::move(*actor), std::move(*event)};
  }
  out.body = std::move(*body);
  return out;
}

std::vector<Hash> LedgerPass::take(Seq first, const std::vector<std::string_view>& entries) {
  std::vector<Examined> examined(entries.size());
  options_.parallel(entries.size(), [&](std::size_t i) { examined[i] = examine(entries[i]); });
  verify_signatures(first, entries, examined);

  std::vector<Hash> leaves;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Seq seq{first.value + i};
    follow(seq, examined[i]);
    judge(seq, examined[i]);
    last_leaf_ = examined[i].leaf;
    chain_known_ = true;
    leaves.push_back(examined[i].leaf);
  }
  verify_ballots();
  return leaves;
}

// Which key is in force at each entry is known only in order; the signatures are then verified in parallel.
void LedgerPass::verify_signatures(Seq first, const std::vector<std::string_view>& entries,
                                   std::vector<Examined>& examined) {
  std::vector<const log::VerifierKey*> in_force(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    in_force[i] = &keys_.current();
    if (!examined[i].recorded) continue;
    const auto* rotated = std::get_if<election::KeyRotated>(&examined[i].recorded->event);
    if (rotated) keys_.rotate(Seq{first.value + i}, *rotated);
  }
  options_.parallel(entries.size(), [&](std::size_t i) {
    const auto split = log::split_entry(entries[i]);
    if (!split) return;
    if (auto ok = log::verify_entry_signature(*split, *in_force[i]); !ok) {
      examined[i].signature_fault = ok.error().detail;
    }
  });
}

void LedgerPass::lose(Seq first) {
  findings_.fault(Check::entries, first, "cannot be read: later events cannot be judged");
  chain_known_ = false;
  meaning_lost_ = true;
}

// Form, signature, numbering, chain, order of time.
void LedgerPass::follow(Seq seq, const Examined& examined) {
  findings_.count(Check::entries);
  findings_.count(Check::signatures);
  if (!examined.signature_fault.empty()) findings_.fault(Check::signatures, seq, examined.signature_fault);
  if (!examined.body) {
    findings_.fault(Check::entries, seq, examined.form_fault);
    return;
  }
  const codec::EntryBody& body = *examined.body;
  const std::string& name = keys_.first().name;
  if (body.ledger.value != name) {
    findings_.fault(Check::entries, seq, "belongs to ledger '" + body.ledger.value + "', not '" + name + "'");
  }
  if (body.seq != seq) {
    findings_.fault(Check::entries, seq, "is numbered " + std::to_string(body.seq.value));
  }
  if (body.time < last_time_) {
    findings_.fault(
        Check::entries, seq,
        "is dated " + format_time(body.time) + ", before the entry that precedes it (" + format_time(last_time_) + ")");
  }
  last_time_ = std::max(last_time_, body.time);
  if (!chain_known_) return;
  findings_.count(Check::chain);
  if (body.prev != last_leaf_) {
    findings_.fault(Check::chain, seq,
                    "names " + crypto::to_hex(body.prev.view()) + " as the entry before; that one's hash is " +
                        crypto::to_hex(last_leaf_.view()));
  }
}

// Meaning: is the event well-formed and legal, and what follows from it?
void LedgerPass::judge(Seq seq, Examined& examined) {
  if (!examined.recorded) {
    if (examined.body) {
      const std::string& type = examined.body->type;
      const bool ballot = type == "BallotCast" || type == "BallotChallenged";
      const Check check = ballot ? Check::ballots : Check::legality;
      findings_.count(check);
      findings_.fault(check, seq, examined.event_fault);
    }
    meaning_lost_ = true;
    return;
  }
  if (meaning_lost_) return;
  election::Recorded& recorded = *examined.recorded;
  recorded.seq = seq;
  findings_.count(Check::legality);
  note_tracker(seq, recorded.event);
  if (const auto wrong = what_is_wrong(state_, recorded)) {
    if (wrong->check != Check::legality) count_event(seq, recorded.event);
    findings_.fault(wrong->check, seq, wrong->what);
    // The number and time still count, so that later events are judged on their own.
    ++state_.size;
    state_.last_time = std::max(state_.last_time, recorded.time);
    return;
  }
  if (keep) keep(examined.text, recorded);
  count_event(seq, recorded.event);
  fold(recorded);
  if (auto* cast = std::get_if<election::BallotCast>(&recorded.event)) {
    ballots_.push_back({seq, std::move(cast->parsed)});
  } else if (auto* challenged = std::get_if<election::BallotChallenged>(&recorded.event)) {
    ballots_.push_back({seq, std::move(challenged->parsed)});
  }
}

void LedgerPass::note_tracker(Seq seq, const Event& event) {
  if (const auto* cast = std::get_if<election::BallotCast>(&event)) {
    trackers_.take(seq, cast->parsed.tracker, findings_);
  } else if (const auto* challenged = std::get_if<election::BallotChallenged>(&event)) {
    trackers_.take(seq, challenged->parsed.tracker, findings_);
  }
}

void LedgerPass::recall(election::Recorded&& recorded) {
  const Seq seq = recorded.seq;
  findings_.count(Check::entries);
  findings_.count(Check::signatures);
  findings_.count(Check::chain);
  findings_.count(Check::legality);
  if (const auto* rotated = std::get_if<election::KeyRotated>(&recorded.event)) keys_.rotate(seq, *rotated);
  note_tracker(seq, recorded.event);
  count_event(seq, recorded.event);
  fold(recorded);
}

void LedgerPass::go_on_from(const Hash& last_leaf, Timestamp last_time) {
  last_leaf_ = last_leaf;
  last_time_ = last_time;
}

// What a legal event changes.
void LedgerPass::fold(election::Recorded& recorded) {
  const Seq seq = recorded.seq;
  const auto before = state_.summary.phase;
  election::evolve(state_, recorded);
  const auto phase = state_.summary.phase;
  if (phase != before && tells_outcome(phase)) outcome_at_ = seq;
  const auto* cast = std::get_if<election::BallotCast>(&recorded.event);
  if (!cast) return;
  const auto known = state_.credentials.find(cast->parsed.credential);
  count_again_.cast(seq, cast->parsed, known == state_.credentials.end() ? 1 : known->second.weight);
}

void LedgerPass::count_event(Seq seq, const Event& event) {
  std::visit(election::overloaded{
                 [&](const election::TrusteeKeyPublished&) { findings_.count(Check::trustees); },
                 [&](const election::TrusteeCertificatePublished&) { findings_.count(Check::trustees); },
                 [&](const election::TrusteeCoefexpsPublished&) { findings_.count(Check::trustees); },
                 [&](const election::TrusteeShareConfirmed&) { findings_.count(Check::trustees); },
                 [&](const election::VotersEnrolled& e) { findings_.count(Check::roll, e.voters.size()); },
                 [&](const election::RollImported& e) { findings_.count(Check::roll, e.credentials.size()); },
                 [&](const election::VoterCorrected&) { findings_.count(Check::roll); },
                 [&](const election::VoterRemoved&) { findings_.count(Check::roll); },
                 [&](const election::ReserveImported& e) { findings_.count(Check::roll, e.credentials.size()); },
                 [&](const election::CredentialReplaced&) { findings_.count(Check::roll); },
                 [&](const election::RollSealed&) { findings_.count(Check::roll); },
                 [&](const election::ElectionSealed& e) {
                   findings_.count(Check::roll);
                   findings_.count(Check::trustees);
                   count_again_.sealed(e.parsed_election);
                 },
                 [&](const election::BallotCast&) { findings_.count(Check::ballots); },
                 [&](const election::BallotChallenged&) { findings_.count(Check::ballots); },
                 [&](const election::LiveTallyPublished& e) { count_again_.live(seq, e); },
                 [&](const election::TallyComputed& e) { count_again_.computed(seq, e); },
                 [&](const election::TallyDecrypted&) { findings_.count(Check::decryption); },
                 [&](const election::ResultPublished&) { findings_.count(Check::result); },
                 [&](const election::LedgerOpened& e) {
                   if (e.key != log::verifier_key_text(keys_.first())) {
                     findings_.fault(Check::keys, seq, "the ledger was opened with the key " + e.key);
                   }
                 },
                 [&](const election::KeyRotated&) { findings_.count(Check::keys); },
                 [](const auto&) {},
             },
             event);
}

void LedgerPass::verify_ballots() {
  if (ballots_.empty() || !state_.summary.sealed) return;
  const ballot::Election& election = state_.summary.sealed->parsed_election;
  std::vector<std::string> faults(ballots_.size());
  options_.parallel(ballots_.size(), [&](std::size_t i) {
    if (auto ok = ballot::verify(election, std::move(ballots_[i].ballot)); !ok) faults[i] = ok.error().detail;
  });
  for (std::size_t i = 0; i < faults.size(); ++i) {
    if (!faults[i].empty()) findings_.fault(Check::ballots, ballots_[i].seq, faults[i]);
  }
  ballots_.clear();
}

}  // namespace suara::audit
