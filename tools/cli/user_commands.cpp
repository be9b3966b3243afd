#include <fmt/format.h>

#include <memory>

#include "core/ballot/credential.hpp"
#include "core/codec/json_writer.hpp"
#include "tools/cli/answer.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/program.hpp"

namespace suara::cli {
namespace {

struct NewUser {
  std::string login;
  std::string role;
  std::string password_file;
};

struct Password {
  std::string text;
  bool generated = false;
};

// From the file; made where there is none.
Outcome<Password> new_password(const std::string& login, const std::string& file) {
  Password password;
  if (file.empty()) {
    password = {ballot::generate_code(), true};  // 95 random bits in a form that people can read aloud
  } else {
    auto given = read_password_file(file);
    if (!given) return stop(given.error());
    password.text = std::move(*given);
  }
  if (!codec::is_valid_utf8(password.text) || !codec::is_valid_utf8(login)) {
    return stop(ExitCode::usage, "usage", "The login and its password must be UTF-8 text.");
  }
  return password;
}

std::string told(const Password& password) {
  return password.generated ? fmt::format(" The password is shown only now: {}", password.text) : std::string();
}

Outcome<void> add_user(const Settings& settings, const NewUser& user) {
  auto password = new_password(user.login, user.password_file);
  if (!password) return stop(password.error());
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  codec::JsonWriter body(codec::JsonWriter::Order::as_written);
  body.begin_object().text("login", user.login).text("role", user.role).text("password", password->text).end_object();
  auto answer = api->post("/staff", body.take());
  if (!answer) return stop(answer.error());

  codec::JsonWriter shown(codec::JsonWriter::Order::as_written);
  shown.begin_object().text("login", user.login).text("role", user.role);
  if (password->generated) shown.text("password", password->text);
  const std::string json = shown.end_object().take();
  print_result(settings, json, fmt::format("Added {} as {}.{}", user.login, user.role, told(*password)));
  return {};
}

Outcome<void> list_users(const Settings& settings) {
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  auto json = api->get_as_staff("/staff");
  if (!json) return stop(json.error());
  auto answer = Answer::parse(*json);
  if (!answer) return stop(answer.error());
  std::string plain;
  for (const auto& member : answer->root().list("staff")) {
    plain += fmt::format("{:<32}  {}\n", member.text("login"), member.text("role"));
  }
  if (auto checked = answer->check(); !checked) return checked;
  print_result(settings, *json, plain);
  return {};
}

Outcome<void> reset_user(const Settings& settings, const NewUser& user) {
  auto password = new_password(user.login, user.password_file);
  if (!password) return stop(password.error());
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  codec::JsonWriter body(codec::JsonWriter::Order::as_written);
  body.begin_object().text("password", password->text).end_object();
  auto done = api->post("/staff/" + percent_encode(user.login) + "/reset", body.take());
  if (!done) return stop(done.error());
  codec::JsonWriter shown(codec::JsonWriter::Order::as_written);
  shown.begin_object().text("login", user.login);
  if (password->generated) shown.text("password", password->text);
  print_result(
      settings, shown.end_object().take(),
      fmt::format("{} has a new password, no second factor and no session any more.{}", user.login, told(*password)));
  return {};
}

Outcome<void> remove_user(const Settings& settings, const std::string& login) {
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  if (auto removed = api->remove("/staff/" + percent_encode(login)); !removed) return stop(removed.error());
  codec::JsonWriter shown(codec::JsonWriter::Order::as_written);
  shown.begin_object().text("login", login).boolean("removed", true).end_object();
  print_result(settings, shown.take(), login + " can log in no longer. What was done under this login stays recorded.");
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
      ->check(CLI::IsMember(
          {"administrator", "committee", "registrar", "trustee", "officer", "witness", "supervisor", "auditor"}));
  add->add_option("--new-password-file", user->password_file, "File with the new member's password on its first line");
  add->callback([&program, user] { program.command = [&program, user] { return add_user(program.settings, *user); }; });

  auto* list = add_command(*group, "list", "Everybody who can log in", "suara --user admin user list");
  list->callback([&program] { program.command = [&program] { return list_users(program.settings); }; });

  auto* reset = add_command(*group, "reset", "Give somebody a new password; ends sessions and second factor",
                            "suara --user admin user reset ani");
  auto whose = std::make_shared<NewUser>();
  reset->add_option("LOGIN", whose->login, "Whose")->required();
  reset->add_option("--new-password-file", whose->password_file, "File with the new password on its first line");
  reset->callback(
      [&program, whose] { program.command = [&program, whose] { return reset_user(program.settings, *whose); }; });

  auto* remove = add_command(*group, "remove", "Take a login away", "suara --user admin user remove ani");
  auto login = std::make_shared<std::string>();
  remove->add_option("LOGIN", *login, "Whose")->required();
  remove->callback(
      [&program, login] { program.command = [&program, login] { return remove_user(program.settings, *login); }; });
}

}  // namespace suara::cli
