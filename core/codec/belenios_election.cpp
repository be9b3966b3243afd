#include <algorithm>

#include "core/codec/belenios.hpp"
#include "core/codec/belenios_parts.hpp"
#include "core/codec/json_writer.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"

namespace suara::codec {
namespace {

constexpr std::size_t max_election_bytes = 1u << 20;
constexpr std::string_view base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::size_t min_uuid = 14;
constexpr std::size_t max_uuid = 64;

Result<ballot::Question> read_question(const JsonNode& node) {
  for (const std::string_view name : {"type", "value", "extra"}) {
    if (const auto found = node.optional_member(name)) {
      return fail(found->error(ErrorCode::unsupported,
                               "is of a kind of question that is not supported: only questions with a number of marks "
                               "between min and max are."));
    }
  }
  JsonFields f(node, {"answers", "min", "max", "question"}, {"blank"});
  ballot::Question question;
  if (f.has("blank")) {
    question.blank = f.boolean("blank");
    if (!question.blank) f.refuse("blank", ErrorCode::malformed, "is written only where it is true.");
  }
  for (const auto answer : f.texts("answers", 1, parts::max_answers)) question.answers.emplace_back(answer);
  question.min = f.uint32("min", parts::max_answers);
  question.max = f.uint32("max", parts::max_answers);
  question.question = f.text("question");
  if (!f.failed() && (question.min > question.max || question.max > question.answers.size())) {
    f.refuse("max", ErrorCode::malformed, "must be at least min and at most the number of answers.");
  }
  if (f.failed()) return fail(f.error());
  return question;
}

void check_uuid(JsonFields& f, std::string_view uuid) {
  const bool right_size = uuid.size() >= min_uuid && uuid.size() <= max_uuid;
  if (!right_size || uuid.find_first_not_of(base58) != std::string_view::npos) {
    f.refuse("uuid", ErrorCode::malformed, "must be 14 to 64 base58 characters.");
  }
}

}  // namespace

std::string write_election(const ballot::Election& election) {
  JsonWriter w(JsonWriter::Order::as_written);
  w.begin_object().number("version", 1).text("description", election.description).text("name", election.name);
  w.text("group", "Ed25519").text("public_key", election.public_key.to_text()).key("questions").begin_array();
  for (const auto& question : election.questions) {
    w.begin_object().key("answers").begin_array();
    for (const auto& answer : question.answers) w.text(answer);
    w.end_array();
    if (question.blank) w.boolean("blank", true);
    w.number("min", question.min).number("max", question.max).text("question", question.question);
    w.end_object();
  }
  w.end_array().text("uuid", election.uuid.str()).text("administrator", election.administrator);
  w.text("credential_authority", election.credential_authority).end_object();
  return w.take();
}

Result<ballot::Election> read_election(std::string_view json) {
  const auto document = parts::parse(json, "election", max_election_bytes);
  if (!document) return fail(document.error());
  JsonFields f(document->root(), {"version", "description", "name", "group", "public_key", "questions", "uuid",
                                  "administrator", "credential_authority"});
  ballot::Election election;
  if (f.uint("version") != 1) f.refuse("version", ErrorCode::unsupported, "must be 1.");
  election.description = f.text("description");
  election.name = f.text("name");
  if (f.text("group") != "Ed25519") f.refuse("group", ErrorCode::unsupported, "must be \"Ed25519\".");
  const auto questions = f.array("questions", 1, parts::max_questions);
  election.uuid = ElectionUuid{std::string(f.text("uuid"))};
  if (!f.failed()) check_uuid(f, election.uuid.str());
  election.administrator = f.text("administrator");
  election.credential_authority = f.text("credential_authority");
  if (f.failed()) return fail(f.error());

  auto key = parts::key_element(*document->root().member("public_key"));
  if (!key) return fail(std::move(key).error());
  election.public_key = *key;
  for (const auto& node : questions) {
    auto question = read_question(node);
    if (!question) return fail(std::move(question).error());
    election.questions.push_back(std::move(*question));
  }
  if (auto same = parts::require_same(json, write_election(election), "election"); !same) return fail(same.error());
  election.fingerprint = crypto::to_base64_unpadded(crypto::sha256(json).view());
  return election;
}

}  // namespace suara::codec
