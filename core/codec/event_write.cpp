#include "core/codec/draft.hpp"
#include "core/codec/event.hpp"
#include "core/codec/json_writer.hpp"
#include "core/crypto/encoding.hpp"
#include "core/election/overloaded.hpp"

// The members of each type, in the order of RFC 8785; schema/events/<Type>.v1.json describes them.
namespace suara::codec {
namespace {

using namespace election;

std::string hex(const Hash& hash) { return crypto::to_hex(hash.view()); }

void write_share(JsonWriter& w, const DecryptionShare& share) {
  w.number("owner", share.owner).text("partial_decryption", share.partial_decryption);
  w.text("strong_proofs", share.strong_proofs);
}

void write(JsonWriter& w, const LedgerOpened& e) { w.text("key", e.key).text("uuid", e.uuid.value); }

void write(JsonWriter& w, const ElectionDrafted& e) {
  w.key("draft");
  append_draft(w, e.draft);
}

void write(JsonWriter& w, const TrusteeKeyPublished& e) {
  w.text("public_key", e.public_key).number("trustee", e.trustee);
}

void write(JsonWriter& w, const TrusteeCertificatePublished& e) {
  w.text("certificate", e.certificate).text("coefexps_hash", hex(e.coefexps_hash)).number("trustee", e.trustee);
}

void write(JsonWriter& w, const TrusteeCoefexpsPublished& e) {
  w.text("coefexps", e.coefexps).key("shares").begin_array();
  for (const Hash& share : e.shares) w.text(hex(share));
  w.end_array().number("trustee", e.trustee);
}

void write(JsonWriter& w, const TrusteeShareConfirmed& e) {
  w.number("trustee", e.trustee).text("verification_key", e.verification_key);
}

void write(JsonWriter& w, const KeyCeremonyRestarted& e) { w.text("reason", e.reason); }

void write_voter(JsonWriter& w, const VotersEnrolled::Voter& voter) {
  w.begin_object().text("commitment", hex(voter.commitment)).text("place", voter.place.value);
  if (voter.weight != 1) w.number("weight", voter.weight);
  w.end_object();
}

void write(JsonWriter& w, const VotersEnrolled& e) {
  w.number("first", e.first).key("voters").begin_array();
  for (const auto& voter : e.voters) write_voter(w, voter);
  w.end_array();
}

void write(JsonWriter& w, const VoterCorrected& e) {
  w.text("reason", e.reason).key("voter");
  write_voter(w, e.voter);
  w.text("was", hex(e.was));
}

void write(JsonWriter& w, const VoterRemoved& e) { w.text("reason", e.reason).text("voter", hex(e.voter)); }

template <class E>
void write_credentials(JsonWriter& w, const E& e) {
  w.key("credentials").begin_array();
  for (const auto& credential : e.credentials) w.text(write_roll_credential(credential));
  w.end_array().text("place", e.place.value);
}

void write(JsonWriter& w, const RollImported& e) { write_credentials(w, e); }
void write(JsonWriter& w, const ReserveImported& e) { write_credentials(w, e); }

void write(JsonWriter& w, const CredentialsWithdrawn& e) { w.text("reason", e.reason); }

void write(JsonWriter& w, const CredentialReplaced& e) {
  w.text("issued", e.issued.to_text()).text("lost", e.lost.to_text()).text("reason", e.reason);
}

void write(JsonWriter& w, const RollSealed& e) {
  w.number("credentials", e.credentials).text("credentials_hash", hex(e.credentials_hash)).number("voters", e.voters);
}

void write(JsonWriter& w, const ElectionSealed& e) {
  w.text("credentials_hash", hex(e.credentials_hash)).text("election", e.election).text("trustees", e.trustees);
}

void write(JsonWriter& w, const VoterVerified& e) {
  if (e.method == VoterVerified::Method::credential) {
    w.text("credential", e.credential.to_text()).text("method", "credential");
  } else {
    w.text("method", "officer").text("place", e.place.value).text("voter", hex(e.voter));
  }
}

void write(JsonWriter& w, const BallotCast& e) { w.text("ballot", e.ballot); }

void write(JsonWriter& w, const BallotChallenged& e) { w.text("ballot", e.ballot); }

void write(JsonWriter& w, const LiveTallyPublished& e) {
  w.number("accepted", e.accepted).text("encrypted_tally", e.encrypted_tally).text("result", e.result);
  w.key("shares").begin_array();
  for (const auto& share : e.shares) {
    w.begin_object();
    write_share(w, share);
    w.end_object();
  }
  w.end_array().text("sized_tally", e.sized_tally).number("through", e.through.value);
}

void write(JsonWriter& w, const TallyComputed& e) {
  w.text("encrypted_tally", e.encrypted_tally).text("sized_tally", e.sized_tally);
}

void write(JsonWriter& w, const TallyDecrypted& e) { write_share(w, e.share); }

void write(JsonWriter& w, const ResultPublished& e) { w.text("result", e.result); }

void write_appointment(JsonWriter& w, const Appointment& appointment) {
  w.text("login", appointment.login);
  if (appointment.place) w.text("place", appointment.place->value);
}

void write(JsonWriter& w, const OfficialAppointed& e) {
  write_appointment(w, e.appointment);
  w.text("role", role_name(e.appointment.role));
}

void write(JsonWriter& w, const OfficialRevoked& e) {
  write_appointment(w, e.appointment);
  w.text("reason", e.reason).text("role", role_name(e.appointment.role));
}

void write(JsonWriter& w, const StepProposed& e) {
  if (e.entry) w.number("entry", e.entry->value);
  w.text("reason", e.reason).text("step", step_name(e.step));
}

void write(JsonWriter& w, const ProposalWithdrawn& e) { w.text("step", step_name(e.step)); }

void write(JsonWriter& w, const ElectionCancelled& e) { w.text("reason", e.reason); }

void write(JsonWriter& w, const CorrectionRecorded& e) { w.number("entry", e.entry.value).text("reason", e.reason); }

void write(JsonWriter& w, const VotingExtended& e) {
  w.text("closes_at", format_time(e.closes_at)).text("reason", e.reason);
}

void write(JsonWriter& w, const DeviceEnrolled& e) {
  w.text("device", e.device).text("name", e.name).text("place", e.place.value);
}

void write(JsonWriter& w, const DeviceRevoked& e) { w.text("device", e.device).text("reason", e.reason); }

void write(JsonWriter& w, const IncidentNoted& e) {
  w.key("entries").begin_array();
  for (const Seq entry : e.entries) w.number(entry.value);
  w.end_array().text("text", e.text);
}

void write(JsonWriter& w, const KeyRotated& e) {
  w.text("key", e.key).text("proof", crypto::to_base64(e.proof.bytes));
}

// These say all by their type.
void write(JsonWriter&, const ElectionOpened&) {}
void write(JsonWriter&, const ElectionClosed&) {}
void write(JsonWriter&, const ResultCertified&) {}

}  // namespace

std::string write_event_data(const Event& event) {
  JsonWriter writer(JsonWriter::Order::canonical);
  writer.begin_object();
  std::visit([&](const auto& e) { write(writer, e); }, event);
  writer.end_object();
  return writer.take();
}

}  // namespace suara::codec
