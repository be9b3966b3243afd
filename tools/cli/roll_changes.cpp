#include "tools/cli/form_command.hpp"

namespace suara::cli {

void add_roll_changes(CLI::App& group, Program& program) {
  const FormField id{"id", "ID", "The voter's number on the roll"};
  const FormField name{"name", "--name", "Name", FormField::Kind::text, false};
  const FormField klass{"class", "--class", "Class or group", FormField::Kind::text, false};
  const FormField place{"place", "--place", "Polling place", FormField::Kind::text, false};
  const FormField weight{"weight", "--weight", "How many times the vote counts", FormField::Kind::number, false};
  const FormField delivery{"delivery", "--delivery",
                           "post: gets a card in person; place: an envelope at the polling place",
                           FormField::Kind::text, false};
  const FormField reason{"reason", "--reason", "Why; public in the ledger, so no personal data"};
  const auto needed = [](FormField field) {
    field.required = true;
    return field;
  };

  add_form(group, program,
           {.name = "add",
            .about = "Add one voter before the sealing (registrar, committee, administrator)",
            .example = "suara --user reni roll add ucSijHEHGk8LHG 121 --name \"Sri Ayu\" --class X-A --place tps-1",
            .path = "voters",
            .done = "The voter is added.",
            .fields = {id, needed(name), needed(klass), needed(place), weight, delivery}});
  add_form(group, program,
           {.name = "correct",
            .about = "Correct a voter or move one to another place, before the sealing (registrar, committee, "
                     "administrator)",
            .example = "suara --user reni roll correct ucSijHEHGk8LHG 121 --place tps-2 --reason \"Pindah kelas\"",
            .path = "voters/correct",
            .done = "The voter is corrected.",
            .fields = {id, name, klass, place, weight, delivery, reason}});
  add_form(group, program,
           {.name = "remove",
            .about = "Remove a voter before the sealing (registrar, committee, administrator)",
            .example = "suara --user reni roll remove ucSijHEHGk8LHG 121 --reason \"Pindah sekolah\"",
            .path = "voters/remove",
            .done = "The voter is removed.",
            .fields = {id, reason}});
}

}  // namespace suara::cli
