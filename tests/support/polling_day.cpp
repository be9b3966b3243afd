#include "tests/support/polling_day.hpp"

namespace suara::test {

election::Draft PollingDay::draft_of_day(Timestamp opens) {
  auto draft = small_draft();
  draft.places.push_back({PlaceId{"tps-2"}, "TPS 2"});
  draft.policies.approval = election::ApprovalPolicy::two;
  draft.policies.verification = election::VerificationPolicy::both;
  draft.schedule = election::Schedule{opens, Timestamp{opens.ms + 6 * hour}};
  draft.contests[0].candidates[0].photo = crypto::sha256("photo");
  return draft;
}

void PollingDay::set_up_day(election::OpenLedger opened) {
  using namespace election;
  opened.draft = draft_of_day(Timestamp{now.ms + hour});
  opened.appointments = {{"budi", Role::committee}, {"rudi", Role::registrar},     {"tuti", Role::trustee},
                         {"wati", Role::witness},   {"ola", Role::officer, place}, {"sari", Role::supervisor}};
  must(opened, committee);
  must(new_trustee_key(), trustee);
  enrol_day();
  auto revised = opened.draft;
  revised.description = "Pemilihan ketua";
  must(ReviseDraft{revised}, committee);
  must(EnrolDevice{"bilik001", "Bilik 1", place}, officer);
  must(EnrolDevice{"bilik002", "Bilik 2", place}, committee);
  must(RevokeDevice{"bilik002", "Layar pecah"}, officer);
}

void PollingDay::enrol_day() {
  using namespace election;
  must(EnrolVoters{{{commitment_of(0), place}, {commitment_of(1), place}, {commitment_of(8), place}}}, registrar);
  must(EnrolVoters{{{commitment_of(9), place}}}, registrar);
  must(RemoveVoter{commitment_of(9), "Tercatat dua kali"}, registrar);
  must(CorrectVoter{commitment_of(8), {commitment_of(2), place}, "Kelas salah"}, registrar);
  for (int i = 0; i < 5; ++i) voters.push_back(crypto::SecretScalar::random());
  const auto key = [&](std::size_t i) { return ballot::PublicCredential{ballot::public_credential(voters[i]), 1}; };
  const ImportCredentials import{{{place, {key(0), key(1), key(2)}}}, {{place, {key(3), key(4)}}}};
  must(import, registrar);
  must(WithdrawCredentials{"Kartu salah cetak"}, registrar);
  must(import, registrar);
}

void PollingDay::seal_day() {
  using namespace election;
  must(ProposeStep{Step::seal, ""}, committee);
  must(WithdrawProposal{Step::seal}, second_member);
  must(ProposeStep{Step::seal, "Daftar lengkap"}, second_member);
  must(codec::seal_command(state).value(), committee);
  must(ReplaceCredential{ballot::public_credential(voters[2]), ballot::public_credential(voters[3]), "Kartu hilang"},
       registrar);
  must(ExtendVoting{Timestamp{state.summary.closes_at->ms + hour}, "Upacara lebih lama"}, committee);
}

void PollingDay::vote_day() {
  using namespace election;
  now = state.summary.draft.schedule->opens_at;
  must(OpenElection{}, service);
  must(VerifyAtPlace{commitment_of(0), place}, officer);
  const Seq wrong = recorded.back().seq;
  must(ProposeStep{Step::correct, "Orang lain", wrong}, committee);
  must(RecordCorrection{}, second_member);
  must(VerifyAtPlace{commitment_of(0), place}, officer);
  must(ballot_of(0, 0), voter);
  must(VerifyVoter{ballot::public_credential(voters[3])}, voter);
  must(ballot_of(3, 1), voter);
  must(NoteIncident{"Antre panjang", {wrong}}, supervisor);
  must(RevokeOfficial{{"wati", Role::witness}, "Pulang"}, committee);
}

void PollingDay::certify_day() {
  using namespace election;
  must(ProposeStep{Step::close, ""}, committee);
  must(CloseElection{}, second_member);
  must(codec::tally_command(sum()), service);
  must(decryption(1), trustee);
  must(codec::result_command(state).value(), committee);
  must(ProposeStep{Step::certify, ""}, committee);
  must(CertifyResult{}, second_member);
}

void PollingDay::cancel_day() {
  must(election::ProposeStep{election::Step::cancel, "Banjir"}, committee);
  must(election::CancelElection{}, second_member);
}

}  // namespace suara::test
