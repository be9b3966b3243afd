#include "core/election/draft_size.hpp"

#include <algorithm>

// Sizes of `data` as JSON. The constants are what stands around the texts: names of members, brackets, numbers.
// Belenios objects are JSON inside a JSON string, where a quotation mark takes two bytes.
namespace suara::election {
namespace {

// Bytes of a text in JSON, its quotes and comma included; the draft's texts hold no other character that JSON would
// lengthen.
std::size_t written(const std::string& text) {
  std::size_t size = text.size() + 3;
  for (const char c : text) size += c == '"' || c == '\\' || c == '\n';
  return size;
}

// The same inside a Belenios object.
std::size_t nested(const std::string& text) {
  std::size_t size = text.size() + 5;
  for (const char c : text) size += c == '"' || c == '\\' ? 3 : c == '\n' ? 2 : 0;
  return size;
}

constexpr std::size_t element = 69, proof = 191, ciphertext = 159;
constexpr std::size_t coefexp = 73;  // an element in a signed text inside the object

std::size_t trustees_size(const Draft& draft) {
  constexpr std::size_t single = 310, frame = 120, certificate = 415, coefexps = 250, verification_key = 290;
  // Numbers out of bounds are a fault of their own.
  const auto bounded = [](std::uint32_t number) -> std::size_t { return std::min(number, max_trustees); };
  const std::size_t size = bounded(draft.trustees) * single;
  if (!draft.threshold) return size;
  const std::size_t needed = bounded(draft.threshold->needed), trustees = bounded(draft.threshold->trustees);
  return size + frame + trustees * (certificate + coefexps + needed * coefexp + verification_key);
}

std::size_t choices(const Draft& draft) {
  std::size_t count = 0;
  for (const Contest& contest : draft.contests) count += contest.question.choices();
  return count;
}

}  // namespace

std::size_t draft_size(const Draft& draft) {
  constexpr std::size_t frame = 330, threshold_frame = 45, schedule_frame = 95, contest_frame = 60, blank = 13,
                        candidate_frame = 48, photo_frame = 76, place_frame = 14, witnesses_frame = 40;
  std::size_t size = frame + written(draft.name) + written(draft.description) + written(draft.administrator) +
                     written(draft.credential_authority) + (draft.threshold ? threshold_frame : 0) +
                     (draft.schedule ? schedule_frame : 0);
  for (const Contest& contest : draft.contests) {
    size += contest_frame + (contest.question.blank ? blank : 0) + written(contest.question.question);
    for (const Candidate& candidate : contest.candidates) {
      size += candidate_frame + written(candidate.name) + written(candidate.vision);
      if (candidate.photo) size += photo_frame;
      for (const std::string& item : candidate.mission) size += written(item);
    }
  }
  if (const auto& witnesses = draft.policies.witnesses) {
    size += witnesses_frame;
    for (const std::string& key : witnesses->keys) size += written(key);
  }
  for (const Place& place : draft.places) size += place_frame + written(place.id.value) + written(place.name);
  return size;
}

std::size_t sealed_size(const Draft& draft) {
  constexpr std::size_t frame = 420, question_frame = 72;
  std::size_t size = frame + nested(draft.name) + nested(draft.description) + nested(draft.administrator) +
                     nested(draft.credential_authority) + trustees_size(draft);
  for (const Contest& contest : draft.contests) {
    size += question_frame + nested(contest.question.question);
    for (const std::string& answer : contest.question.answers) size += nested(answer);
  }
  return size;
}

std::size_t ballot_size(const Draft& draft) {
  constexpr std::size_t frame = 560, answer_frame = 90, individual = 2 * proof + 3;
  std::size_t size = frame + choices(draft) * (ciphertext + individual);
  for (const Contest& contest : draft.contests) {
    const ballot::Question& question = contest.question;
    const std::size_t sums = question.max >= question.min ? question.max - question.min + 1 : 0;
    size += answer_frame + (sums + (question.blank ? 3 : 0)) * proof;
  }
  return size;
}

std::size_t live_tally_size(const Draft& draft) {
  constexpr std::size_t frame = 500, question_frame = 20, count = 11;
  return frame + draft.contests.size() * question_frame + choices(draft) * (ciphertext + element + 2 * proof + count);
}

}  // namespace suara::election
