#include <algorithm>
#include <set>

#include "core/base/fault_list.hpp"
#include "core/election/draft_size.hpp"
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

// A witness that is listed twice, under another name or with another key, would count twice.
void check_witnesses(const WitnessPolicy& policy, Faults& faults) {
  const std::string where = "policies.witnesses";
  if (policy.keys.empty() || policy.keys.size() > max_witnesses) {
    return faults.add(where + ".keys has " + std::to_string(policy.keys.size()) + " keys; it needs 1 to 16.");
  }
  std::set<std::string_view> names, keys;
  for (std::size_t i = 0; i < policy.keys.size(); ++i) {
    const std::string_view text = policy.keys[i];
    const std::string here = at(where + ".keys", i);
    const auto name = text.substr(0, text.find('+'));
    const auto key = text.substr(text.find('+', name.size() + 1) + 1);  // its base64 may have a '+' too
    if (!names.insert(name).second) faults.add(here + " has the name of another witness: give each its own.");
    if (!keys.insert(key).second) faults.add(here + " has the public key of another witness: list each once.");
  }
  if (policy.needed < 1 || policy.needed > policy.keys.size()) {
    faults.add(where + ".needed must be from 1 to the number of keys.");
  }
}

void check_policies(const Draft& draft, Faults& faults) {
  const Policies& policies = draft.policies;
  if (policies.min_batch < smallest_min_batch || policies.min_batch > largest_min_batch) {
    faults.add("policies.min_batch must be from 2 to 100000.");
  }
  if (policies.witnesses) check_witnesses(*policies.witnesses, faults);
  if (draft.time_zone != "WIB" && draft.time_zone != "WITA" && draft.time_zone != "WIT") {
    faults.add("time_zone must be WIB, WITA or WIT.");
  }
  if (draft.schedule && draft.schedule->closes_at <= draft.schedule->opens_at) {
    faults.add("schedule.closes_at must be later than schedule.opens_at.");
  }
}

void check_trustees(const Draft& draft, Faults& faults) {
  const auto& threshold = draft.threshold;
  if (draft.policies.tally == TallyPolicy::live) {
    if (draft.trustees == 1 && !threshold) return;
    return faults.add(
        "trustees must be 1, without a threshold, under the tally policy 'live', where the service itself "
        "is the trustee.");
  }
  if (!threshold) {
    if (draft.trustees < 1 || draft.trustees > max_trustees) faults.add("trustees must be from 1 to 20.");
    return;
  }
  if (threshold->trustees < least_threshold_trustees || threshold->trustees > max_trustees) {
    return faults.add("threshold.trustees must be from 2 to 20.");
  }
  if (draft.trustees > max_trustees - threshold->trustees) {
    faults.add("trustees and threshold.trustees may together be at most 20.");
  }
  // Where one alone is enough, all of them hold the same key.
  if (threshold->needed < 2 || threshold->needed > threshold->trustees) {
    faults.add("threshold.needed must be from 2 to threshold.trustees.");
  }
}

// What would only come to light when the election is sealed, or by a voter's ballot.
void check_sizes(const Draft& draft, Faults& faults) {
  const auto bounded = [&](std::size_t size, std::size_t most, const std::string& what, const std::string& advice) {
    if (size <= most) return;
    faults.add(what + " about " + std::to_string(size) + " bytes; it must fit in " + std::to_string(most) + ": " +
               advice + ".");
  };
  bounded(draft_size(draft), max_draft_size, "The whole draft takes",
          "shorten the visions and missions or the places' names");
  bounded(sealed_size(draft), max_planned_size, "The election to seal would take",
          "shorten the candidates' names or have fewer trustees");
  const bool live = draft.policies.tally == TallyPolicy::live;
  bounded(std::max(ballot_size(draft), live ? live_tally_size(draft) : 0), max_planned_size,
          live ? "A ballot or live tally would take" : "A ballot would take",
          "have fewer candidates or contests, or a smaller span from min to max");
}

}  // namespace

Result<void> check_draft(const Draft& draft) {
  Faults faults;
  faults.text("name", draft.name, max_name_length);
  faults.optional_text("description", draft.description, max_description_length);
  faults.text("administrator", draft.administrator, max_name_length);
  faults.text("credential_authority", draft.credential_authority, max_name_length);
  if (draft.contests.empty() || draft.contests.size() > max_contests) {
    faults.add("contests has " + std::to_string(draft.contests.size()) + " contests; it needs 1 to 10.");
  }
  for (std::size_t i = 0; i < draft.contests.size() && i < max_contests; ++i) {
    check_contest(draft.contests[i], at("contests", i), faults);
  }
  check_places(draft.places, faults);
  check_policies(draft, faults);
  check_trustees(draft, faults);
  check_sizes(draft, faults);
  return faults.judged(ErrorCode::invalid_draft,
                       "The draft has " + faults.counted() + ": correct what is listed and send it again.");
}

}  // namespace suara::election
