#pragma once
#include <string>
#include <vector>

#include "tools/cli/program.hpp"

namespace suara::cli {

// An option that becomes a member of the JSON object which a command posts.
struct FormField {
  enum class Kind { text, number, numbers };
  std::string member;
  std::string option;  // "--reason", or "LOGIN" where it is told by its place
  std::string about;
  Kind kind = Kind::text;
  bool required = true;
};

// `--reason`, as every command takes it whose reason goes to the ledger.
FormField reason_field();
FormField optional(FormField field);

// A command on one election whose answer says what was recorded: most steps of an election are of this kind.
struct Form {
  std::string name;
  std::string about;
  std::string example;
  std::string path;                 // below the election: "officials"
  std::string done;                 // printed before what was recorded
  std::vector<FormField> fields{};  // none: nothing is sent along
};

void add_form(CLI::App& group, Program& program, Form form);

}  // namespace suara::cli
