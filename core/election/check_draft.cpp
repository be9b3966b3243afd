#include <set>

#include "core/base/fault_list.hpp"
#include "core/election/types.hpp"

namespace suara::election {
namespace {

class Faults : public FaultList {
 public:
  enum class Lines { one, many };
  // A text that people must be able to read: neither empty nor blank, no control characters, bounded.
  void text(const std::string& where, const std::string& value, std::size_t longest, Lines lines = Lines::one) {
    if (value.find_first_not_of(" \n") == std::string::npos) return add(where + " must not be empty.");
    optional_text(where, value, longest, lines);
  }

  void optional_text(const std::string& where, const std::string& value, std::size_t longest,
                     Lines lines = Lines::many) {
    if (value.size() > longest) {
      add(where + " has " + std::to_string(value.size()) + " bytes; at most " + std::to_string(longest) +
          " are allowed.");
    }
    for (const char c : value) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte == '\n' && lines == Lines::many) continue;
      if (byte >= 0x20 && byte != 0x7f) continue;
      return add(where + " holds a control character" + (byte == '\n' ? " (a line break)" : "") + ": remove it.");
    }
  }
};

std::string at(const std::string& list, std::size_t index) { return list + "[" + std::to_string(index) + "]"; }

void check_candidates(const Contest& contest, const std::string& where, Faults& faults) {
  std::set<std::uint32_t> numbers;
  std::set<std::string> names;
  for (std::size_t i = 0; i < contest.candidates.size(); ++i) {
    const Candidate& candidate = contest.candidates[i];
    const std::string here = at(where + ".candidates", i);
    if (candidate.number < 1 || candidate.number > max_candidate_number) {
      faults.add(here + ".number must be from 1 to " + std::to_string(max_candidate_number) + ".");
    } else if (!numbers.insert(candidate.number).second) {
      faults.add(here + ".number " + std::to_string(candidate.number) + " is used twice: give each its own.");
    }
    faults.text(here + ".name", candidate.name, max_name_length);
    if (!candidate.name.empty() && !names.insert(candidate.name).second) {
      faults.add(here + ".name is used twice: voters could not tell the candidates apart.");
    }
    if (contest.question.answers[i] != candidate.name) {
      faults.add(here + ".name differs from the question's answer of the same place.");
    }
    faults.optional_text(here + ".vision", candidate.vision, max_vision_length);
    if (candidate.mission.size() > max_mission_items) {
      faults.add(here + ".mission has more than " + std::to_string(max_mission_items) + " items.");
    }
    for (std::size_t m = 0; m < candidate.mission.size(); ++m) {
      faults.text(at(here + ".mission", m), candidate.mission[m], max_mission_length, Faults::Lines::many);
    }
  }
}

void check_contest(const Contest& contest, const std::string& where, Faults& faults) {
  const ballot::Question& question = contest.question;
  faults.text(where + ".question", question.question, max_question_length);
  const std::size_t answers = question.answers.size();
  if (answers < min_answers || answers > max_answers) {
    faults.add(where + " has " + std::to_string(answers) + " candidates; it needs 2 to 30.");
  }
  if (question.max < 1) faults.add(where + ".max must be at least 1.");
  if (question.max > answers) faults.add(where + ".max is greater than the number of candidates.");
  if (question.min > question.max) faults.add(where + ".min is greater than .max.");
  if (contest.candidates.size() != answers) {
    return faults.add(where + " must describe one candidate for each answer.");
  }
  check_candidates(contest, where, faults);
}

bool is_place_id(const std::string& id) {
  return !id.empty() && id.size() <= 32 && id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == id.npos;
}

void check_places(const std::vector<Place>& places, Faults& faults) {
  if (places.empty()) faults.add("places must name at least one polling place.");
  if (places.size() > max_places) {
    return faults.add("places has more than " + std::to_string(max_places) + " polling places.");
  }
  std::set<PlaceId> ids;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::string here = at("places", i);
    if (!is_place_id(places[i].id.value)) {
      faults.add(here + ".id must be 1 to 32 of the characters a-z, 0-9 and '-', such as tps-1.");
    } else if (!ids.insert(places[i].id).second) {
      faults.add(here + ".id '" + places[i].id.value + "' is used twice: give each place its own.");
    }
    faults.text(here + ".name", places[i].name, max_name_length);
  }
}

void check_policies(const Draft& draft, Faults& faults) {
  const Policies& policies = draft.policies;
  if (policies.min_batch < smallest_min_batch || policies.min_batch > largest_min_batch) {
    faults.add("policies.min_batch must be from 2 to 100000.");
  }
  if (policies.tally == TallyPolicy::live && draft.trustees != 1) {
    faults.add("trustees must be 1 under the tally policy 'live', where the service itself is the trustee.");
  } else if (draft.trustees < 1 || draft.trustees > max_trustees) {
    faults.add("trustees must be from 1 to 20.");
  }
  if (draft.time_zone != "WIB" && draft.time_zone != "WITA" && draft.time_zone != "WIT") {
    faults.add("time_zone must be WIB, WITA or WIT.");
  }
}

// Bytes of a text in JSON, its quotes and comma included; the draft's texts hold no other character that JSON would
// lengthen. The frames below are what stands around the texts: names of members, brackets, numbers.
std::size_t written(const std::string& text) {
  std::size_t size = text.size() + 3;
  for (const char c : text) size += c == '"' || c == '\\' || c == '\n';
  return size;
}

std::size_t written(const Draft& draft) {
  constexpr std::size_t frame = 300, contest_frame = 60, candidate_frame = 48, place_frame = 14;
  std::size_t size = frame + written(draft.name) + written(draft.description) + written(draft.administrator) +
                     written(draft.credential_authority);
  for (const Contest& contest : draft.contests) {
    size += contest_frame + written(contest.question.question);
    for (const Candidate& candidate : contest.candidates) {
      size += candidate_frame + written(candidate.name) + written(candidate.vision);
      for (const std::string& item : candidate.mission) size += written(item);
    }
  }
  for (const Place& place : draft.places) size += place_frame + written(place.id.value) + written(place.name);
  return size;
}

}  // namespace

Result<void> check_draft(const Draft& draft) {
  Faults faults;
  faults.text("name", draft.name, max_name_length);
  faults.optional_text("description", draft.description, max_description_length);
  faults.text("administrator", draft.administrator, max_name_length);
  faults.text("credential_authority", draft.credential_authority, max_name_length);
  if (draft.contests.size() != 1) faults.add("contests must hold exactly one contest.");
  for (std::size_t i = 0; i < draft.contests.size() && i < 10; ++i) {
    check_contest(draft.contests[i], at("contests", i), faults);
  }
  check_places(draft.places, faults);
  check_policies(draft, faults);
  if (const auto size = written(draft); size > max_draft_size) {
    faults.add("The whole draft takes about " + std::to_string(size) + " bytes; it must fit in " +
               std::to_string(max_draft_size) + ": shorten the visions and missions or the places' names.");
  }
  return faults.judged(ErrorCode::invalid_draft,
                       "The draft has " + faults.counted() + ": correct what is listed and send it again.");
}

}  // namespace suara::election
