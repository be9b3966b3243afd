#include "tools/cli/form_command.hpp"

namespace suara::cli {

void add_tally_commands(CLI::App& app, Program& program) {
  add_form(*add_group(app, "tally", "The tally"), program,
           {.name = "publish",
            .about = "Publish the result once every trustee has decrypted (committee, administrator)",
            .example = "suara --user ani tally publish ucSijHEHGk8LHG",
            .path = "result",
            .done = "The result is published."});
  add_form(*add_group(app, "result", "The result"), program,
           {.name = "certify",
            .about = "Certify the published result (committee, administrator)",
            .example = "suara --user ani result certify ucSijHEHGk8LHG",
            .path = "certification",
            .done = "The result is certified."});
}

}  // namespace suara::cli
