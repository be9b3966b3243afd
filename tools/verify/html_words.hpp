#pragma once
#include <string_view>
#include <vector>

#include "core/audit/report.hpp"

// The words of the report page. Sentences with {} take their parts in the order they are written.
namespace suara::verify {

enum class Language { id, en };

struct Words {
  std::string_view code;       // of the language, for the page
  std::string_view thousands;  // between groups of three digits
  std::string_view title, verified, not_verified, verified_line, not_verified_line;
  std::string_view election, name, uuid, phase, ballots, counted, weight;
  std::string_view result, no_result, number, candidate, votes, blank;
  std::string_view checks, checks_line, rule, looked_at, outcome, ok, fault, none, does_not_apply;
  std::string_view faults, faults_line, at_entry, at_event, at_whole;
  std::string_view fingerprints, fingerprints_line, key, key_given, key_own, root, size, events, fingerprint, no_key;
  std::string_view not_proved;
  std::vector<std::string_view> never_proved;
  std::string_view own_key, same_ledger, archive, not_over;
  std::string_view footer;
};

const Words& words(Language language);

struct CheckWords {
  std::string_view name, rule;
};
CheckWords check_words(audit::Check check, Language language);
std::string_view phase_words(election::Phase phase, Language language);

}  // namespace suara::verify
