#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstring>
#include <exception>

#include "core/codec/json_writer.hpp"
#include "tools/cli/program.hpp"

namespace suara::cli {
namespace {

constexpr auto about = "suara: runs an election on a Suara service, from the draft to the certified result.";

constexpr auto notes = R"(Exit status:
  0  done
  1  the service refused, or what it gave does not hold
  2  wrong usage, or a file that cannot be read or written
  3  the service cannot be reached

The password of --user comes from --password-file, else from SUARA_PASSWORD, else it is asked for.

Examples, an election in the order of its steps:
  suara --user admin user add ani --role committee
  suara --user ani election draft pemilihan.json
  suara --user ani roll import UUID pemilih.csv --dry-run
  suara --user ani roll import UUID pemilih.csv
  suara --user ani credentials generate UUID --out kartu
  suara trustee keygen --out saksi1.key --publish UUID --user ani
  suara --user ani election seal UUID
  suara --user ani election open UUID
  suara --user ani election close UUID
  suara --user ani trustee decrypt UUID --key saksi1.key
  suara --user ani tally publish UUID
  suara --user ani result certify UUID
  suara export UUID --out UUID.tar
  suara export UUID --belenios --out UUID.bel

Where a draft has threshold trustees, before it is sealed each of them, in three rounds:
  suara --user sri trustee join UUID --key sri.key
  suara --user sri trustee share UUID --key sri.key
  suara --user sri trustee confirm UUID --key sri.key)";

void add_global_options(CLI::App& app, Settings& settings) {
  app.add_option("--server", settings.server, "Address of the service")->envname("SUARA_SERVER")->capture_default_str();
  app.add_option("--user", settings.user, "Login of the staff member who acts")->envname("SUARA_USER");
  app.add_option("--password-file", settings.password_file, "File with that login's password on its first line");
  app.add_option("--second-factor", settings.second_factor,
                 "That login's code from an authenticator, where it has one; asked for otherwise");
  app.add_option("--ca-file", settings.ca_file, "Certificates to trust for https, instead of the system's (PEM)");
  app.add_flag("--json", settings.json, "Print one JSON object instead of sentences");
}

// Arguments come in whatever bytes the shell gave; what is printed is always UTF-8.
std::string printable(std::string text) {
  if (codec::is_valid_utf8(text)) return text;
  for (char& c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) c = '?';
  }
  return text;
}

int report(const Fault& fault, bool json) {
  if (json) {
    codec::JsonWriter out(codec::JsonWriter::Order::as_written);
    out.begin_object().key("error").begin_object().text("code", fault.code).text("message", printable(fault.message));
    out.key("details").begin_array();
    for (const auto& detail : fault.details) out.text(detail);
    fmt::print("{}\n", out.end_array().end_object().end_object().take());
  } else {
    fmt::print(stderr, "suara: {}\n", fault.message);
    for (const auto& detail : fault.details) fmt::print(stderr, "  - {}\n", detail);
  }
  return static_cast<int>(fault.exit);
}

// The parser stops at the first wrong word, possibly before it has seen --json.
bool wants_json(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--json") == 0) return true;
  }
  return false;
}

int run(int argc, char** argv) {
  Program program;
  CLI::App app(about, "suara");
  app.fallthrough();
  add_global_options(app, program.settings);
  add_user_commands(app, program);
  add_election_commands(app, program);
  add_official_commands(app, program);
  add_device_commands(app, program);
  add_roll_commands(app, program);
  add_credential_commands(app, program);
  add_trustee_commands(app, program);
  add_incident_commands(app, program);
  add_tally_commands(app, program);
  add_export_command(app, program);
  add_key_commands(app, program);
  app.footer(notes);

  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked_for_help) {
    return app.exit(asked_for_help);
  } catch (const CLI::ParseError& error) {
    return report({ExitCode::usage, "usage", std::string(error.what()) + ". See suara --help."},
                  wants_json(argc, argv));
  }
  // Asked for here and not by the parser, whose complaint would hide a mistyped command behind it.
  if (!program.command) {
    return report({ExitCode::usage, "usage", "Say what to do, such as `suara election list`. See suara --help."},
                  program.settings.json);
  }
  const auto outcome = program.command();
  return outcome ? static_cast<int>(ExitCode::done) : report(outcome.error(), program.settings.json);
}

}  // namespace
}  // namespace suara::cli

int main(int argc, char** argv) {
  try {
    return suara::cli::run(argc, argv);
  } catch (const std::exception& bug) {
    fmt::print(stderr, "suara: this should not happen, please report it: {}\n", bug.what());
    return static_cast<int>(suara::cli::ExitCode::refused);
  }
}
