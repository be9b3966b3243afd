#include "tools/cli/form_command.hpp"

namespace suara::cli {

void add_roll_changes(CLI::App& group, Program& program) {
  const FormField id{"id", "ID", "The voter's number on the roll"};
  const FormField name{"name", "--name", "Name"};
  const FormField klass{"class", "--class", "Class or group"};
  const FormField place{"place", "--place", "Polling place"};
  const FormField weight{"weight", "--weight", "How many times the vote counts", FormField::Kind::number};
  const FormField delivery{"delivery", "--delivery",
                           "post: gets a card in person; place: an envelope at the polling place"};
  const FormField reason = reason_field();

  add_form(group, program,
           {.name = "add",
            .about = "Add one voter before the sealing (registrar, committee, administrator)",
            .example = "suara --user reni roll add ucSijHEHGk8LHG 121 --name \"Sri Ayu\" --class X-A --place tps-1",
            .path = "voters",
            .done = "The voter is added.",
            .fields = {id, name, klass, place, optional(weight), optional(delivery)}});
  add_form(
      group, program,
      {.name = "correct",
       .about = "Correct a voter or move one to another place, before the sealing (registrar, committee, "
                "administrator)",
       .example = "suara --user reni roll correct ucSijHEHGk8LHG 121 --place tps-2 --reason \"Pindah kelas\"",
       .path = "voters/correct",
       .done = "The voter is corrected.",
       .fields = {id, optional(name), optional(klass), optional(place), optional(weight), optional(delivery), reason}});
  add_form(group, program,
           {.name = "remove",
            .about = "Remove a voter before the sealing (registrar, committee, administrator)",
            .example = "suara --user reni roll remove ucSijHEHGk8LHG 121 --reason \"Pindah sekolah\"",
            .path = "voters/remove",
            .done = "The voter is removed.",
            .fields = {id, reason}});
}

}  // namespace suara::cli
