#include "tools/verify/challenge.hpp"

#include <fmt/format.h>

#include "core/ballot/verify.hpp"
#include "core/codec/json_writer.hpp"
#include "core/codec/opening.hpp"
#include "core/crypto/encoding.hpp"

namespace suara::verify {
namespace {

struct Held {
  bool blank = false;
  std::vector<std::string> answers;
};

Held held(const ballot::Question& question, const std::vector<unsigned>& marks) {
  Held out;
  const std::size_t first = question.blank ? 1 : 0;
  out.blank = question.blank && marks.at(0) == 1;
  for (std::size_t a = 0; a < question.answers.size(); ++a) {
    if (marks.at(first + a) == 1) out.answers.push_back(question.answers[a]);
  }
  return out;
}

}  // namespace

bool is_unreadable(ErrorCode code) {
  return code == ErrorCode::malformed || code == ErrorCode::unsupported || code == ErrorCode::too_large;
}

Result<Challenge> open_challenge(std::string_view file) {
  auto opening = codec::read_opening(file);
  if (!opening) return fail(std::move(opening).error());
  const auto verified = ballot::verify(opening->parsed_election, opening->parsed_ballot);
  if (!verified) return fail(verified.error());
  auto marks = ballot::open_ballot(opening->parsed_election, verified->ballot(), opening->randomness);
  if (!marks) return fail(std::move(marks).error());
  const auto& election = opening->parsed_election;
  return Challenge{election.name,        election.uuid.str(),
                   election.fingerprint, crypto::to_base64_unpadded(verified->ballot().tracker.view()),
                   election.questions,   std::move(*marks)};
}

std::string challenge_text(const Challenge& challenge) {
  std::string out = fmt::format("Election   {} ({}), fingerprint {}\nTracker    {}\n", challenge.election_name,
                                challenge.election_uuid, challenge.fingerprint, challenge.tracker);
  for (std::size_t q = 0; q < challenge.questions.size(); ++q) {
    const auto what = held(challenge.questions[q], challenge.marks.at(q));
    out += fmt::format("\nQuestion   {}\n", challenge.questions[q].question);
    if (what.blank) out += "  held: a blank vote\n";
    for (const auto& answer : what.answers) out += fmt::format("  held: {}\n", answer);
    if (!what.blank && what.answers.empty()) out += "  held: no mark\n";
  }
  out += fmt::format(
      "\nOPENED: every ciphertext of the ballot is explained, every proof and the signature verify.\n"
      "Note: look the tracker up in the election's ledger: it must stand there as challenged, which is never counted.\n"
      "Note: the election in the file must have the fingerprint that the election shows everywhere.\n");
  return out;
}

std::string challenge_json(const Challenge& challenge) {
  codec::JsonWriter json(codec::JsonWriter::Order::as_written);
  json.begin_object().boolean("opens", true).key("election").begin_object();
  json.text("name", challenge.election_name).text("uuid", challenge.election_uuid);
  json.text("fingerprint", challenge.fingerprint).end_object().text("tracker", challenge.tracker);
  json.key("questions").begin_array();
  for (std::size_t q = 0; q < challenge.questions.size(); ++q) {
    const auto what = held(challenge.questions[q], challenge.marks.at(q));
    json.begin_object().text("question", challenge.questions[q].question).boolean("blank", what.blank);
    json.key("answers").begin_array();
    for (const auto& answer : what.answers) json.text(answer);
    json.end_array().end_object();
  }
  return json.end_array().end_object().take() + "\n";
}

}  // namespace suara::verify
