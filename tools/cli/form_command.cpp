#include "tools/cli/form_command.hpp"

#include <memory>

#include "core/codec/json_writer.hpp"

namespace suara::cli {
namespace {

struct Filled {
  Form form;
  std::string uuid;
  std::vector<std::string> texts;
  std::vector<std::vector<std::uint64_t>> numbers;
  std::vector<CLI::Option*> given;
};

Outcome<std::string> body_of(const Filled& filled) {
  if (filled.form.fields.empty()) return std::string();
  codec::JsonWriter body(codec::JsonWriter::Order::as_written);
  body.begin_object();
  for (std::size_t i = 0; i < filled.form.fields.size(); ++i) {
    const FormField& field = filled.form.fields[i];
    if (filled.given[i]->count() == 0) continue;
    if (field.kind == FormField::Kind::text) {
      if (!codec::is_valid_utf8(filled.texts[i])) {
        return stop(ExitCode::usage, "usage", "What is given for " + field.option + " must be UTF-8 text.");
      }
      body.text(field.member, filled.texts[i]);
    } else if (field.kind == FormField::Kind::number) {
      body.number(field.member, filled.numbers[i].front());
    } else {
      body.key(field.member).begin_array();
      for (const auto number : filled.numbers[i]) body.number(number);
      body.end_array();
    }
  }
  return body.end_object().take();
}

Outcome<void> send(const Settings& settings, const Filled& filled) {
  if (auto checked = check_uuid(filled.uuid); !checked) return stop(checked.error());
  auto body = body_of(filled);
  if (!body) return stop(body.error());
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  auto answer = api->post("/elections/" + filled.uuid + "/" + filled.form.path, std::move(*body));
  if (!answer) return stop(answer.error());
  auto recorded = describe_recorded(*answer);
  if (!recorded) return stop(recorded.error());
  print_result(settings, *answer, filled.form.done + " " + *recorded);
  return {};
}

}  // namespace

FormField reason_field() { return {"reason", "--reason", "Why; public in the ledger, so no personal data"}; }

FormField optional(FormField field) {
  field.required = false;
  return field;
}

void add_form(CLI::App& group, Program& program, Form form) {
  auto* command = add_command(group, form.name, form.about, form.example);
  const auto filled = std::make_shared<Filled>();
  filled->form = std::move(form);
  const auto& fields = filled->form.fields;
  filled->texts.resize(fields.size());
  filled->numbers.resize(fields.size());
  command->add_option("UUID", filled->uuid, "The election")->required();
  for (std::size_t i = 0; i < fields.size(); ++i) {
    CLI::Option* option = fields[i].kind == FormField::Kind::text
                              ? command->add_option(fields[i].option, filled->texts[i], fields[i].about)
                              : command->add_option(fields[i].option, filled->numbers[i], fields[i].about);
    if (fields[i].kind == FormField::Kind::number) option->expected(1);
    option->required(fields[i].required);
    filled->given.push_back(option);
  }
  command->callback(
      [&program, filled] { program.command = [&program, filled] { return send(program.settings, *filled); }; });
}

}  // namespace suara::cli
