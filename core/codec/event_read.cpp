#include <algorithm>
#include <array>
#include <type_traits>

#include "core/codec/belenios.hpp"
#include "core/codec/draft.hpp"
#include "core/codec/entry_body.hpp"
#include "core/codec/event.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "core/log/entry.hpp"
#include "core/log/vkey.hpp"

namespace suara::codec {
namespace {

using namespace election;

template <class T>
using Of = std::type_identity<T>;

// The text of a member and what is read from it.
template <class Parse>
auto carried(JsonFields& f, std::string_view name, std::string& text, Parse parse) {
  text = f.text(name);
  return f.parsed(name, parse);
}

Result<crypto::Signature> read_signature(std::string_view text) {
  const auto bytes = crypto::from_base64(text);
  crypto::Signature signature;
  if (!bytes) return fail(bytes.error());
  if (bytes->size() != signature.bytes.size()) return fail(ErrorCode::malformed, "A signature has 64 bytes.");
  std::copy(bytes->begin(), bytes->end(), signature.bytes.begin());
  return signature;
}

Result<LedgerOpened> read(Of<LedgerOpened>, const JsonNode& node, Trust) {
  JsonFields f(node, {"key", "uuid"});
  LedgerOpened e{ElectionUuid{std::string(f.text("uuid"))}, std::string(f.text("key"))};
  if (f.failed()) return fail(f.error());
  return e;
}

Result<ElectionDrafted> read(Of<ElectionDrafted>, const JsonNode& node, Trust) {
  if (auto ok = node.members({"draft"}); !ok) return fail(std::move(ok).error());
  auto draft = read_draft_value(*node.member("draft"), DraftForm::event);
  if (!draft) return fail(std::move(draft).error());
  return ElectionDrafted{std::move(*draft)};
}

Result<TrusteeKeyPublished> read(Of<TrusteeKeyPublished>, const JsonNode& node, Trust) {
  JsonFields f(node, {"public_key", "trustee"});
  TrusteeKeyPublished e;
  e.trustee = f.uint32("trustee");
  e.key = carried(f, "public_key", e.public_key, read_trustee_public_key);
  if (f.failed()) return fail(f.error());
  return e;
}

Result<TrusteeCertificatePublished> read(Of<TrusteeCertificatePublished>, const JsonNode& node, Trust) {
  JsonFields f(node, {"certificate", "coefexps_hash", "trustee"});
  TrusteeCertificatePublished e;
  e.parsed = carried(f, "certificate", e.certificate, read_certificate);
  e.coefexps_hash = f.parsed("coefexps_hash", crypto::hash_from_hex);
  e.trustee = f.uint32("trustee");
  if (f.failed()) return fail(f.error());
  return e;
}

Result<TrusteeCoefexpsPublished> read(Of<TrusteeCoefexpsPublished>, const JsonNode& node, Trust) {
  JsonFields f(node, {"coefexps", "shares", "trustee"});
  TrusteeCoefexpsPublished e;
  e.parsed = carried(f, "coefexps", e.coefexps, read_coefexps);
  for (const auto& item : f.array("shares", 1, max_trustees)) {
    const auto hash = item.text().and_then(crypto::hash_from_hex);
    if (!hash) return fail(item.error(ErrorCode::malformed, "is wrong: " + hash.error().detail));
    e.shares.push_back(*hash);
  }
  e.trustee = f.uint32("trustee");
  if (f.failed()) return fail(f.error());
  return e;
}

Result<TrusteeShareConfirmed> read(Of<TrusteeShareConfirmed>, const JsonNode& node, Trust) {
  JsonFields f(node, {"trustee", "verification_key"});
  TrusteeShareConfirmed e;
  e.trustee = f.uint32("trustee");
  e.parsed = carried(f, "verification_key", e.verification_key, read_trustee_public_key);
  if (f.failed()) return fail(f.error());
  return e;
}

Result<VotersEnrolled::Voter> read_voter(const JsonNode& node) {
  JsonFields f(node, {"commitment", "place"}, {"weight"});
  VotersEnrolled::Voter voter;
  voter.commitment = f.parsed("commitment", crypto::hash_from_hex);
  voter.place = PlaceId{std::string(f.text("place"))};
  if (f.has("weight")) {
    voter.weight = f.uint("weight");
    if (voter.weight == 1) f.refuse("weight", ErrorCode::malformed, "must be left out where it is 1.");
  }
  if (f.failed()) return fail(f.error());
  return voter;
}

Result<VotersEnrolled> read(Of<VotersEnrolled>, const JsonNode& node, Trust) {
  JsonFields f(node, {"first", "voters"});
  VotersEnrolled e;
  e.first = f.uint("first");
  for (const auto& item : f.array("voters", 1, max_voters_per_event)) {
    auto voter = read_voter(item);
    if (!voter) return fail(std::move(voter).error());
    e.voters.push_back(std::move(*voter));
  }
  if (f.failed()) return fail(f.error());
  return e;
}

Result<VoterCorrected> read(Of<VoterCorrected>, const JsonNode& node, Trust) {
  JsonFields f(node, {"reason", "voter", "was"});
  VoterCorrected e;
  e.reason = f.text("reason");
  e.was = f.parsed("was", crypto::hash_from_hex);
  if (f.failed()) return fail(f.error());
  auto voter = read_voter(*node.member("voter"));
  if (!voter) return fail(std::move(voter).error());
  e.voter = std::move(*voter);
  return e;
}

Result<VoterRemoved> read(Of<VoterRemoved>, const JsonNode& node, Trust) {
  JsonFields f(node, {"reason", "voter"});
  VoterRemoved e{f.parsed("voter", crypto::hash_from_hex), std::string(f.text("reason"))};
  if (f.failed()) return fail(f.error());
  return e;
}

template <class E>
Result<E> read_credentials(const JsonNode& node, Trust trust) {
  JsonFields f(node, {"credentials", "place"});
  E e;
  e.place = PlaceId{std::string(f.text("place"))};
  for (const auto& item : f.array("credentials", 1, max_credentials_per_event)) {
    const auto text = item.text();
    if (!text) return fail(text.error());
    const auto credential = read_roll_credential(*text, trust);
    if (!credential) {
      return fail(item.error(credential.error().code, "is wrong: " + credential.error().detail));
    }
    e.credentials.push_back(*credential);
  }
  if (f.failed()) return fail(f.error());
  return e;
}
Result<RollImported> read(Of<RollImported>, const JsonNode& node, Trust trust) {
  return read_credentials<RollImported>(node, trust);
}
Result<ReserveImported> read(Of<ReserveImported>, const JsonNode& node, Trust trust) {
  return read_credentials<ReserveImported>(node, trust);
}

template <class E>
Result<E> read_reason_alone(const JsonNode& node) {
  JsonFields f(node, {"reason"});
  E e{std::string(f.text("reason"))};
  if (f.failed()) return fail(f.error());
  return e;
}
Result<KeyCeremonyRestarted> read(Of<KeyCeremonyRestarted>, const JsonNode& node, Trust) {
  return read_reason_alone<KeyCeremonyRestarted>(node);
}
Result<ElectionCancelled> read(Of<ElectionCancelled>, const JsonNode& node, Trust) {
  return read_reason_alone<ElectionCancelled>(node);
}
Result<CredentialsWithdrawn> read(Of<CredentialsWithdrawn>, const JsonNode& node, Trust) {
  return read_reason_alone<CredentialsWithdrawn>(node);
}

auto element_reader(Trust trust) {
  return [trust](std::string_view text) {
    return trust == Trust::full ? ballot::Element::from_text(text) : ballot::Element::from_trusted_text(text);
  };
}

Result<CredentialReplaced> read(Of<CredentialReplaced>, const JsonNode& node, Trust trust) {
  JsonFields f(node, {"issued", "lost", "reason"});
  CredentialReplaced e;
  e.issued = f.parsed("issued", element_reader(trust));
  e.lost = f.parsed("lost", element_reader(trust));
  e.reason = f.text("reason");
  if (f.failed()) return fail(f.error());
  return e;
}

Result<RollSealed> read(Of<RollSealed>, const JsonNode& node, Trust) {
  JsonFields f(node, {"credentials", "credentials_hash", "voters"});
  RollSealed e;
  e.credentials = f.uint("credentials");
  e.credentials_hash = f.parsed("credentials_hash", crypto::hash_from_hex);
  e.voters = f.uint("voters");
  if (f.failed()) return fail(f.error());
  return e;
}

Result<ElectionSealed> read(Of<ElectionSealed>, const JsonNode& node, Trust) {
  JsonFields f(node, {"credentials_hash", "election", "trustees"});
  ElectionSealed e;
  e.credentials_hash = f.parsed("credentials_hash", crypto::hash_from_hex);
  e.parsed_election = carried(f, "election", e.election, read_election);
  e.parsed_trustees = carried(f, "trustees", e.trustees, read_trustees);
  if (f.failed()) return fail(f.error());
  return e;
}

Result<VoterVerified> read(Of<VoterVerified>, const JsonNode& node, Trust trust) {
  VoterVerified e;
  const auto method = node.member("method");
  if (method && method->text() == "officer") {
    JsonFields f(node, {"method", "place", "voter"});
    e.method = VoterVerified::Method::officer;
    e.place = PlaceId{std::string(f.text("place"))};
    e.voter = f.parsed("voter", crypto::hash_from_hex);
    if (f.failed()) return fail(f.error());
    return e;
  }
  JsonFields f(node, {"credential", "method"});
  e.credential = f.parsed("credential", element_reader(trust));
  if (!f.failed() && f.text("method") != "credential") {
    f.refuse("method", ErrorCode::unsupported, "must be \"credential\" or \"officer\".");
  }
  if (f.failed()) return fail(f.error());
  return e;
}

template <class E>
Result<E> read_ballot_in(const JsonNode& node, Trust trust) {
  JsonFields f(node, {"ballot"});
  E e;
  e.parsed = carried(f, "ballot", e.ballot, trust == Trust::full ? read_ballot : read_trusted_ballot);
  if (f.failed()) return fail(f.error());
  return e;
}
Result<BallotCast> read(Of<BallotCast>, const JsonNode& node, Trust trust) {
  return read_ballot_in<BallotCast>(node, trust);
}
Result<BallotChallenged> read(Of<BallotChallenged>, const JsonNode& node, Trust trust) {
  return read_ballot_in<BallotChallenged>(node, trust);
}

DecryptionShare read_share(JsonFields& f) {
  DecryptionShare share;
  share.owner = f.uint32("owner");
  share.partial = carried(f, "partial_decryption", share.partial_decryption, read_partial_decryption);
  share.strong = carried(f, "strong_proofs", share.strong_proofs, read_strong_proofs);
  return share;
}

// Encrypted tally and its size, which names the former by hash.
template <class E>
void read_tally(JsonFields& f, E& e) {
  e.tally = carried(f, "encrypted_tally", e.encrypted_tally, read_encrypted_tally);
  const SizedTally sized = carried(f, "sized_tally", e.sized_tally, read_sized_tally);
  e.num_tallied = sized.num_tallied;
  e.total_weight = sized.total_weight;
  if (!f.failed() && sized.encrypted_tally != crypto::sha256(e.encrypted_tally)) {
    f.refuse("sized_tally", ErrorCode::integrity, "names another encrypted tally than the one beside it.");
  }
}

Result<LiveTallyPublished> read(Of<LiveTallyPublished>, const JsonNode& node, Trust) {
  JsonFields f(node, {"accepted", "encrypted_tally", "result", "shares", "sized_tally", "through"});
  LiveTallyPublished e;
  e.accepted = f.uint("accepted");
  e.through = Seq{f.uint("through")};
  read_tally(f, e);
  e.counts = carried(f, "result", e.result, read_result);
  for (const auto& item : f.array("shares", 1, max_trustees)) {
    JsonFields share(item, {"owner", "partial_decryption", "strong_proofs"});
    e.shares.push_back(read_share(share));
    if (share.failed()) return fail(share.error());
  }
  if (f.failed()) return fail(f.error());
  return e;
}

Result<TallyComputed> read(Of<TallyComputed>, const JsonNode& node, Trust) {
  JsonFields f(node, {"encrypted_tally", "sized_tally"});
  TallyComputed e;
  read_tally(f, e);
  if (f.failed()) return fail(f.error());
  return e;
}

Result<TallyDecrypted> read(Of<TallyDecrypted>, const JsonNode& node, Trust) {
  JsonFields f(node, {"owner", "partial_decryption", "strong_proofs"});
  TallyDecrypted e{read_share(f)};
  if (f.failed()) return fail(f.error());
  return e;
}

Result<ResultPublished> read(Of<ResultPublished>, const JsonNode& node, Trust) {
  JsonFields f(node, {"result"});
  ResultPublished e;
  e.counts = carried(f, "result", e.result, read_result);
  if (f.failed()) return fail(f.error());
  return e;
}

template <class T>
Result<T> read_bare(const JsonNode& node) {
  if (auto ok = node.members({}); !ok) return fail(std::move(ok).error());
  return T{};
}
Result<ElectionOpened> read(Of<ElectionOpened>, const JsonNode& node, Trust) { return read_bare<ElectionOpened>(node); }
Result<ElectionClosed> read(Of<ElectionClosed>, const JsonNode& node, Trust) { return read_bare<ElectionClosed>(node); }
Result<ResultCertified> read(Of<ResultCertified>, const JsonNode& node, Trust) {
  return read_bare<ResultCertified>(node);
}

Appointment read_appointment(JsonFields& f) {
  Appointment appointment;
  appointment.login = f.text("login");
  if (f.has("place")) appointment.place = PlaceId{std::string(f.text("place"))};
  const auto role = role_from_name(f.text("role"));
  if (role) {
    appointment.role = *role;
  } else if (!f.failed()) {
    f.refuse("role", ErrorCode::malformed, "is no role.");
  }
  return appointment;
}

Result<OfficialAppointed> read(Of<OfficialAppointed>, const JsonNode& node, Trust) {
  JsonFields f(node, {"login", "role"}, {"place"});
  OfficialAppointed e{read_appointment(f)};
  if (f.failed()) return fail(f.error());
  return e;
}

Result<OfficialRevoked> read(Of<OfficialRevoked>, const JsonNode& node, Trust) {
  JsonFields f(node, {"login", "reason", "role"}, {"place"});
  OfficialRevoked e{read_appointment(f), std::string(f.text("reason"))};
  if (f.failed()) return fail(f.error());
  return e;
}

Step read_step(JsonFields& f) {
  const auto step = step_from_name(f.text("step"));
  if (!step && !f.failed()) {
    f.refuse("step", ErrorCode::malformed, "must be 'seal', 'close', 'certify', 'cancel' or 'correct'.");
  }
  return step.value_or(Step::seal);
}

Result<StepProposed> read(Of<StepProposed>, const JsonNode& node, Trust) {
  JsonFields f(node, {"reason", "step"}, {"entry"});
  StepProposed e;
  e.step = read_step(f);
  e.reason = f.text("reason");
  if (f.has("entry")) e.entry = Seq{f.uint("entry")};
  if (f.failed()) return fail(f.error());
  return e;
}

Result<ProposalWithdrawn> read(Of<ProposalWithdrawn>, const JsonNode& node, Trust) {
  JsonFields f(node, {"step"});
  ProposalWithdrawn e{read_step(f)};
  if (f.failed()) return fail(f.error());
  return e;
}

Result<CorrectionRecorded> read(Of<CorrectionRecorded>, const JsonNode& node, Trust) {
  JsonFields f(node, {"entry", "reason"});
  CorrectionRecorded e{Seq{f.uint("entry")}, std::string(f.text("reason"))};
  if (f.failed()) return fail(f.error());
  return e;
}

Result<VotingExtended> read(Of<VotingExtended>, const JsonNode& node, Trust) {
  JsonFields f(node, {"closes_at", "reason"});
  VotingExtended e{f.parsed("closes_at", parse_time), std::string(f.text("reason"))};
  if (f.failed()) return fail(f.error());
  return e;
}

Result<DeviceEnrolled> read(Of<DeviceEnrolled>, const JsonNode& node, Trust) {
  JsonFields f(node, {"device", "name", "place"});
  DeviceEnrolled e{std::string(f.text("device")), std::string(f.text("name")), PlaceId{std::string(f.text("place"))}};
  if (f.failed()) return fail(f.error());
  return e;
}

Result<DeviceRevoked> read(Of<DeviceRevoked>, const JsonNode& node, Trust) {
  JsonFields f(node, {"device", "reason"});
  DeviceRevoked e{std::string(f.text("device")), std::string(f.text("reason"))};
  if (f.failed()) return fail(f.error());
  return e;
}

Result<IncidentNoted> read(Of<IncidentNoted>, const JsonNode& node, Trust) {
  JsonFields f(node, {"entries", "text"});
  IncidentNoted e;
  e.text = f.text("text");
  for (const auto& item : f.array("entries", 0, max_incident_entries)) {
    const auto entry = item.uint();
    if (!entry) return fail(entry.error());
    e.entries.push_back(Seq{*entry});
  }
  if (f.failed()) return fail(f.error());
  return e;
}

Result<KeyRotated> read(Of<KeyRotated>, const JsonNode& node, Trust) {
  JsonFields f(node, {"key", "proof"});
  KeyRotated e;
  const auto key = carried(f, "key", e.key, log::parse_verifier_key);
  e.public_key = key.key;
  e.proof = f.parsed("proof", read_signature);
  if (f.failed()) return fail(f.error());
  return e;
}

struct Reader {
  std::string_view type;
  Result<Event> (*read)(const JsonNode&, Trust);
};

template <class T>
Result<Event> read_as(const JsonNode& node, Trust trust) {
  auto event = read(Of<T>{}, node, trust);
  if (!event) return fail(std::move(event).error());
  return Event(std::move(*event));
}

// Made from the variant itself, so that no type can be written that is not read.
template <class... T>
std::array<Reader, sizeof...(T)> make_readers(Of<std::variant<T...>>) {
  return {Reader{type_name(Event(T{})), read_as<T>}...};
}

const Reader* find_reader(std::string_view type) {
  static const auto readers = make_readers(Of<Event>{});
  for (const Reader& reader : readers) {
    if (reader.type == type) return &reader;
  }
  return nullptr;
}

}  // namespace

Result<Event> read_event(std::string_view type, std::uint32_t version, std::string_view data, Trust trust) {
  const Reader* reader = find_reader(type);
  if (!reader) return fail(ErrorCode::unsupported, "The ledger holds a type of event that this program does not know.");
  if (version != event_version) {
    return fail(ErrorCode::unsupported, "The ledger holds version " + std::to_string(version) + " of " +
                                            std::string(reader->type) + "; this program knows version 1.");
  }
  if (data.size() > log::max_entry_size) {
    return fail(ErrorCode::too_large, std::string(reader->type) + " has more bytes than an entry may have.");
  }
  const auto document = JsonDocument::parse(data, reader->type);
  if (!document) return fail(document.error());
  return reader->read(document->root(), trust);
}

Result<Recorded> read_recorded(std::string_view entry, Trust trust) {
  const auto split = log::split_entry(entry);
  if (!split) return fail(split.error());
  const auto body = decode_entry_body(split->body);
  if (!body) return fail(body.error());
  auto actor = Actor::parse(body->actor);
  if (!actor) return fail(std::move(actor).error());
  auto event = read_event(body->type, body->v, body->data, trust);
  if (!event) return fail(std::move(event).error());
  return Recorded{body->seq, body->time, std::move(*actor), std::move(*event)};
}

}  // namespace suara::codec
