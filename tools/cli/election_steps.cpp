#include "tools/cli/form_command.hpp"

namespace suara::cli {
void add_election_steps(CLI::App& group, Program& program) {
  const FormField reason = reason_field();
  const FormField step{"step", "STEP", "seal, close, certify, cancel or correct"};
  const FormField entry{"entry", "--entry", "Number of the entry that is corrected", FormField::Kind::number};

  add_form(group, program,
           {.name = "propose",
            .about = "Propose a step that two committee members take together; the other one then gives the step's own "
                     "command (committee, administrator)",
            .example = "suara --user ani election propose ucSijHEHGk8LHG close",
            .path = "proposals",
            .done = "The step is proposed.",
            .fields = {step, optional(reason), optional(entry)}});
  add_form(group, program,
           {.name = "withdraw",
            .about = "Withdraw a proposal (committee, administrator)",
            .example = "suara --user ani election withdraw ucSijHEHGk8LHG close",
            .path = "proposals/withdraw",
            .done = "The proposal is withdrawn.",
            .fields = {step}});
  add_form(group, program,
           {.name = "seal",
            .about = "Seal roll, candidates and keys (committee, administrator)",
            .example = "suara --user ani election seal ucSijHEHGk8LHG",
            .path = "seal",
            .done = "The election is sealed: nothing of it can change any more."});
  add_form(group, program,
           {.name = "open",
            .about = "Open voting (committee, administrator)",
            .example = "suara --user ani election open ucSijHEHGk8LHG",
            .path = "open",
            .done = "Voting is open."});
  add_form(
      group, program,
      {.name = "extend",
       .about = "Let a scheduled voting go on for longer (committee, administrator)",
       .example = "suara --user ani election extend ucSijHEHGk8LHG --until 2026-11-25T10:00:00.000Z --reason Hujan",
       .path = "extension",
       .done = "Voting is extended.",
       .fields = {{"closes_at", "--until", "New end, UTC, as 2026-11-25T10:00:00.000Z"}, reason}});
  add_form(group, program,
           {.name = "close",
            .about = "Close voting (committee, administrator)",
            .example = "suara --user ani election close ucSijHEHGk8LHG",
            .path = "close",
            .done = "Voting is closed."});
  add_form(group, program,
           {.name = "cancel",
            .about = "Cancel the election for good (committee, administrator); where two must agree, the reason is the "
                     "proposal's",
            .example = "suara --user ani election cancel ucSijHEHGk8LHG --reason \"Calon mengundurkan diri\"",
            .path = "cancellation",
            .done = "The election is cancelled.",
            .fields = {optional(reason)}});
  add_form(
      group, program,
      {.name = "correct",
       .about = "Record that an entry is wrong, and why; an attendance is void by that (committee, administrator). "
                "Where two must agree, entry and reason are the proposal's",
       .example = "suara --user ani election correct ucSijHEHGk8LHG --entry 812 --reason \"Salah orang\"",
       .path = "corrections",
       .done = "The correction is recorded.",
       .fields = {optional(entry), optional(reason)}});
}

void add_official_commands(CLI::App& app, Program& program) {
  CLI::App* group = add_group(app, "official", "Who acts for an election");
  const FormField login{"login", "LOGIN", "Login of the staff member"};
  const FormField role{"role", "ROLE", "committee, registrar, officer, trustee, witness, supervisor or auditor"};
  const FormField place{"place", "--place", "Polling place, for an officer", FormField::Kind::text, false};
  add_form(*group, program,
           {.name = "appoint",
            .about = "Give a staff member a role in the election (committee, administrator)",
            .example = "suara --user ani official appoint ucSijHEHGk8LHG joko officer --place tps-1",
            .path = "officials",
            .done = "Appointed.",
            .fields = {login, role, place}});
  add_form(*group, program,
           {.name = "revoke",
            .about = "Take a role away again, at once (committee, administrator)",
            .example = "suara --user ani official revoke ucSijHEHGk8LHG joko officer --place tps-1 --reason \"Sakit\"",
            .path = "officials/revoke",
            .done = "Revoked.",
            .fields = {login, role, place, reason_field()}});
}

void add_incident_commands(CLI::App& app, Program& program) {
  add_form(*add_group(app, "incident", "What happened that should be remembered"), program,
           {.name = "note",
            .about = "Note an incident for good, tied to entries (supervisor, witness, officer, committee)",
            .example = "suara --user sari incident note ucSijHEHGk8LHG \"Listrik padam di TPS 2\" --entry 812",
            .path = "incidents",
            .done = "The incident is noted.",
            .fields = {{"text", "TEXT", "What happened; public, so no personal data"},
                       {"entries", "--entry", "Number of an entry it is about; may be repeated",
                        FormField::Kind::numbers, false}}});
}

}  // namespace suara::cli
