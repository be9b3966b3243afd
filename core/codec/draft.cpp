#include "core/codec/draft.hpp"

#include <initializer_list>

#include "core/codec/event.hpp"
#include "core/crypto/encoding.hpp"
#include "core/log/vkey.hpp"

namespace suara::codec {
namespace {

using election::Candidate;
using election::Contest;
using election::Draft;
using election::Place;
using election::Policies;
using election::Schedule;
using election::Threshold;
using election::WitnessPolicy;

// Wider than the rules of check_draft, which then say better what is wrong.
constexpr std::size_t most_contests = 16;
constexpr std::size_t most_candidates = 200;
constexpr std::size_t most_places = 10'000;
constexpr std::size_t most_mission_items = 200;
constexpr std::size_t most_witnesses = 64;
constexpr std::size_t max_draft_bytes = 1u << 20;

void append_candidate(JsonWriter& w, const Candidate& candidate) {
  w.begin_object().key("mission").begin_array();
  for (const auto& item : candidate.mission) w.text(item);
  w.end_array().text("name", candidate.name).number("number", candidate.number);
  if (candidate.photo) w.text("photo", crypto::to_hex(candidate.photo->view()));
  w.text("vision", candidate.vision).end_object();
}

void append_contest(JsonWriter& w, const Contest& contest) {
  w.begin_object();
  if (contest.question.blank) w.boolean("blank", true);
  w.key("candidates").begin_array();
  for (const auto& candidate : contest.candidates) append_candidate(w, candidate);
  w.end_array().number("max", contest.question.max).number("min", contest.question.min);
  w.text("question", contest.question.question).end_object();
}

void append_policies(JsonWriter& w, const Policies& policies) {
  w.begin_object();
  if (policies.approval != election::ApprovalPolicy::single) w.text("approval", policy_name(policies.approval));
  w.number("min_batch", policies.min_batch).text("revote", policy_name(policies.revote));
  w.text("tally", policy_name(policies.tally)).text("verification", policy_name(policies.verification));
  if (policies.witnesses) {
    w.key("witnesses").begin_object().key("keys").begin_array();
    for (const auto& key : policies.witnesses->keys) w.text(key);
    w.end_array().number("needed", policies.witnesses->needed).end_object();
  }
  w.end_object();
}

template <class Policy>
Policy read_policy(JsonFields& f, std::string_view name, std::initializer_list<Policy> known) {
  const std::string_view text = f.text(name);
  if (f.failed()) return *known.begin();
  std::string names;
  for (const Policy policy : known) {
    if (policy_name(policy) == text) return policy;
    names += (names.empty() ? "'" : " or '") + std::string(policy_name(policy)) + "'";
  }
  f.refuse(name, ErrorCode::unsupported, "must be " + names + ".");
  return *known.begin();
}

Result<WitnessPolicy> read_witnesses(const JsonNode& node) {
  JsonFields f(node, {"keys", "needed"});
  WitnessPolicy policy;
  for (const auto key : f.texts("keys", 0, most_witnesses)) {
    const auto parsed = log::parse_witness_key(key);
    if (!parsed) f.refuse("keys", parsed.error().code, "holds '" + std::string(key) + "'. " + parsed.error().detail);
    policy.keys.emplace_back(key);
  }
  policy.needed = f.uint32("needed");
  if (f.failed()) return fail(f.error());
  return policy;
}

Result<Policies> read_policies(const JsonNode& node, DraftForm form) {
  using election::ApprovalPolicy;
  using election::VerificationPolicy;
  JsonFields f(node, {"min_batch", "revote", "tally", "verification"}, {"approval", "witnesses"});
  Policies policies;
  if (f.has("approval")) {
    policies.approval = read_policy(f, "approval", {ApprovalPolicy::single, ApprovalPolicy::two});
    if (policies.approval == ApprovalPolicy::single && form == DraftForm::event) {
      f.refuse("approval", ErrorCode::malformed, "must be left out where it is 'single'.");
    }
  }
  policies.min_batch = f.uint32("min_batch");
  policies.revote = read_policy(f, "revote", {election::RevotePolicy::last_counts, election::RevotePolicy::refused});
  policies.tally = read_policy(f, "tally", {election::TallyPolicy::live, election::TallyPolicy::sealed});
  policies.verification = read_policy(
      f, "verification", {VerificationPolicy::online, VerificationPolicy::polling_place, VerificationPolicy::both});
  if (f.failed()) return fail(f.error());
  if (const auto item = node.optional_member("witnesses")) {
    auto witnesses = read_witnesses(*item);
    if (!witnesses) return fail(std::move(witnesses).error());
    policies.witnesses = std::move(*witnesses);
  }
  return policies;
}

Result<Candidate> read_candidate(const JsonNode& node) {
  JsonFields f(node, {"mission", "name", "number", "vision"}, {"photo"});
  Candidate candidate;
  candidate.number = f.uint32("number");
  candidate.name = f.text("name");
  if (f.has("photo")) candidate.photo = f.parsed("photo", crypto::hash_from_hex);
  candidate.vision = f.text("vision");
  for (const auto item : f.texts("mission", 0, most_mission_items)) candidate.mission.emplace_back(item);
  if (f.failed()) return fail(f.error());
  return candidate;
}

Result<Contest> read_contest(const JsonNode& node, DraftForm form) {
  JsonFields f(node, {"candidates", "max", "min", "question"}, {"blank"});
  Contest contest;
  if (f.has("blank")) {
    contest.question.blank = f.boolean("blank");
    if (!contest.question.blank && form == DraftForm::event) {
      f.refuse("blank", ErrorCode::malformed, "must be left out where it is false.");
    }
  }
  contest.question.max = f.uint32("max");
  contest.question.min = f.uint32("min");
  contest.question.question = f.text("question");
  for (const auto& item : f.array("candidates", 0, most_candidates)) {
    auto candidate = read_candidate(item);
    if (!candidate) return fail(std::move(candidate).error());
    contest.question.answers.push_back(candidate->name);
    contest.candidates.push_back(std::move(*candidate));
  }
  if (f.failed()) return fail(f.error());
  return contest;
}

Result<Schedule> read_schedule(const JsonNode& node) {
  JsonFields f(node, {"closes_at", "opens_at"});
  Schedule schedule;
  schedule.closes_at = f.parsed("closes_at", parse_time);
  schedule.opens_at = f.parsed("opens_at", parse_time);
  if (f.failed()) return fail(f.error());
  return schedule;
}

Result<Threshold> read_draft_threshold(const JsonNode& node) {
  JsonFields f(node, {"needed", "trustees"});
  Threshold threshold;
  threshold.needed = f.uint32("needed");
  threshold.trustees = f.uint32("trustees");
  if (f.failed()) return fail(f.error());
  return threshold;
}

Result<Place> read_place(const JsonNode& node) {
  JsonFields f(node, {"id", "name"});
  Place place{PlaceId{std::string(f.text("id"))}, std::string(f.text("name"))};
  if (f.failed()) return fail(f.error());
  return place;
}

}  // namespace

void append_draft(JsonWriter& w, const Draft& draft) {
  w.begin_object().text("administrator", draft.administrator).key("contests").begin_array();
  for (const auto& contest : draft.contests) append_contest(w, contest);
  w.end_array().text("credential_authority", draft.credential_authority).text("description", draft.description);
  w.text("name", draft.name).key("places").begin_array();
  for (const auto& place : draft.places) {
    w.begin_object().text("id", place.id.value).text("name", place.name).end_object();
  }
  w.end_array().key("policies");
  append_policies(w, draft.policies);
  if (draft.schedule) {
    w.key("schedule").begin_object().text("closes_at", format_time(draft.schedule->closes_at));
    w.text("opens_at", format_time(draft.schedule->opens_at)).end_object();
  }
  if (draft.threshold) {
    w.key("threshold").begin_object().number("needed", draft.threshold->needed);
    w.number("trustees", draft.threshold->trustees).end_object();
  }
  w.text("time_zone", draft.time_zone).number("trustees", draft.trustees).end_object();
}

Result<Draft> read_draft_value(const JsonNode& node, DraftForm form) {
  JsonFields f(node, {"administrator", "contests", "credential_authority", "description", "name", "places", "policies"},
               {"schedule", "threshold", "time_zone", "trustees"});
  const bool whole = form == DraftForm::event;
  Draft draft;
  draft.administrator = f.text("administrator");
  draft.credential_authority = f.text("credential_authority");
  draft.description = f.text("description");
  draft.name = f.text("name");
  if (whole || f.has("time_zone")) draft.time_zone = f.text("time_zone");
  if (whole || f.has("trustees")) {
    draft.trustees = f.uint32("trustees");
  } else if (f.has("threshold")) {
    draft.trustees = 0;
  }
  const auto contests = f.array("contests", 0, most_contests);
  const auto places = f.array("places", 0, most_places);
  if (f.failed()) return fail(f.error());

  for (const auto& item : contests) {
    auto contest = read_contest(item, form);
    if (!contest) return fail(std::move(contest).error());
    draft.contests.push_back(std::move(*contest));
  }
  for (const auto& item : places) {
    auto place = read_place(item);
    if (!place) return fail(std::move(place).error());
    draft.places.push_back(std::move(*place));
  }
  if (const auto item = node.optional_member("schedule")) {
    const auto schedule = read_schedule(*item);
    if (!schedule) return fail(schedule.error());
    draft.schedule = *schedule;
  }
  if (const auto item = node.optional_member("threshold")) {
    const auto threshold = read_draft_threshold(*item);
    if (!threshold) return fail(threshold.error());
    draft.threshold = *threshold;
  }
  const auto policies = read_policies(*node.member("policies"), form);
  if (!policies) return fail(policies.error());
  draft.policies = *policies;
  return draft;
}

Result<Draft> read_draft(std::string_view json) {
  if (json.size() > max_draft_bytes) {
    return fail(ErrorCode::too_large, "draft: has " + std::to_string(json.size()) + " bytes; at most " +
                                          std::to_string(max_draft_bytes) + " are read.");
  }
  const auto document = JsonDocument::parse(json, "draft");
  if (!document) return fail(document.error());
  return read_draft_value(document->root(), DraftForm::file);
}

std::string write_draft(const Draft& draft) {
  JsonWriter writer(JsonWriter::Order::canonical);
  append_draft(writer, draft);
  return writer.take();
}

}  // namespace suara::codec
