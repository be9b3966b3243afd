#include <fmt/format.h>

#include <memory>

#include "core/ballot/credential.hpp"
#include "core/codec/json_writer.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/program.hpp"

namespace suara::cli {
namespace {

struct NewUser {
  std::string login;
  std::string role;
  std::string password_file;
};

Outcome<void> add_user(const Settings& settings, const NewUser& user) {
  std::string password;
  const bool generated = user.password_file.empty();
  if (generated) {
    password = ballot::generate_code();  // 95 random bits in a form that people can read aloud
  } else {
    auto given = read_password_file(user.password_file);
    if (!given) return stop(given.error());
    password = std::move(*given);
  }
  if (!codec::is_valid_utf8(password) || !codec::is_valid_utf8(user.login)) {
    return stop(ExitCode::usage, "usage", "The login and its password must be UTF-8 text.");
  }
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  codec::JsonWriter body(codec::JsonWriter::Order::as_written);
  body.begin_object().text("login", user.login).text("role", user.role).text("password", password).end_object();
  auto answer = api->post("/staff", body.take());
  if (!answer) return stop(answer.error());

  codec::JsonWriter shown(codec::JsonWriter::Order::as_written);
  shown.begin_object().text("login", user.login).text("role", user.role);
  if (generated) shown.text("password", password);
  const std::string json = shown.end_object().take();
  std::string plain = fmt::format("Added {} as {}.", user.login, user.role);
  if (generated) plain += fmt::format(" The password is shown only now: {}", password);
  print_result(settings, json, plain);
  return {};
}

}  // namespace

void add_user_commands(CLI::App& app, Program& program) {
  CLI::App* group = add_group(app, "user", "Staff of the service (administrator)");
  auto* add =
      add_command(*group, "add", "Add a staff member; without --new-password-file a password is made and printed",
                  "suara --user admin user add ani --role committee");
  auto user = std::make_shared<NewUser>();
  add->add_option("LOGIN", user->login, "1 to 32 of a-z, 0-9, '.', '_' and '-'")->required();
  add->add_option("--role", user->role, "What the member may do")
      ->required()
      ->check(CLI::IsMember({"administrator", "committee", "registrar", "trustee", "supervisor"}));
  add->add_option("--new-password-file", user->password_file, "File with the new member's password on its first line");
  add->callback([&program, user] { program.command = [&program, user] { return add_user(program.settings, *user); }; });
}

}  // namespace suara::cli
