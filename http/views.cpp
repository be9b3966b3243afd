#include "http/views.hpp"

#include "core/crypto/encoding.hpp"
#include "core/election/trustees.hpp"
#include "core/log/vkey.hpp"
#include "http/json_parts.hpp"

namespace suara::http::views {
namespace {

void policies(JsonWriter& json, const election::Policies& policies) {
  json.key("policies").begin_object();
  json.text("tally", election::policy_name(policies.tally));
  json.text("revote", election::policy_name(policies.revote));
  json.text("verification", election::policy_name(policies.verification));
  json.text("approval", election::policy_name(policies.approval));
  json.number("min_batch", policies.min_batch);
  if (policies.witnesses) {
    json.key("witnesses").begin_object().number("needed", policies.witnesses->needed).key("keys").begin_array();
    for (const auto& key : policies.witnesses->keys) json.text(key);
    json.end_array().end_object();
  }
  json.end_object();
}

void schedule(JsonWriter& json, const std::optional<election::Schedule>& schedule) {
  json.key("schedule");
  if (!schedule) {
    json.null();
    return;
  }
  json.begin_object();
  json.text("opens_at", format_time(schedule->opens_at));
  json.text("closes_at", format_time(schedule->closes_at));
  json.end_object();
}

// The members of an ElectionSummary, in an object that is open.
void summary_members(JsonWriter& json, const Shown& shown) {
  const auto& [summary_of, counts, fault] = shown;
  const election::Summary& summary = *summary_of;
  json.text("uuid", summary.uuid.value);
  json.text("name", summary.draft.name);
  json.text("description", summary.draft.description);
  json.text("phase", election::phase_name(summary.phase));
  json.text("time_zone", summary.draft.time_zone);
  policies(json, summary.draft.policies);
  json.number("voters", summary.voters);
  json.number("voted", counts.voters);
  json.number("ballots", counts.ballots);
  json.number("entries", counts.entries);
  text_or_null(json, "fault", fault ? &*fault : nullptr);
  json.number("draft_seq", summary.draft_entry.value);
  time_or_null(json, "drafted_at", summary.drafted_at);
  time_or_null(json, "sealed_at", summary.sealed_at);
  time_or_null(json, "opened_at", summary.opened_at);
  time_or_null(json, "closed_at", summary.closed_at);
  time_or_null(json, "tallied_at", summary.tallied_at);
  time_or_null(json, "certified_at", summary.certified_at);
  time_or_null(json, "cancelled_at", summary.cancelled_at);
  text_or_null(json, "cancel_reason", summary.cancelled_at ? &summary.cancel_reason : nullptr);
  schedule(json, summary.draft.schedule);
  time_or_null(json, "closes_at", summary.closes_at);
}

void contests(JsonWriter& json, const std::vector<election::Contest>& contests) {
  json.key("contests").begin_array();
  for (const auto& contest : contests) {
    json.begin_object();
    json.text("question", contest.question.question);
    json.number("min", contest.question.min);
    json.number("max", contest.question.max);
    json.boolean("blank", contest.question.blank);
    json.key("candidates").begin_array();
    for (const auto& candidate : contest.candidates) {
      json.begin_object();
      json.number("number", candidate.number);
      json.text("name", candidate.name);
      if (candidate.photo) json.text("photo", crypto::to_hex(candidate.photo->view()));
      json.text("vision", candidate.vision);
      json.key("mission").begin_array();
      for (const auto& item : candidate.mission) json.text(item);
      json.end_array();
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

std::uint64_t count_of(const std::map<PlaceId, std::uint64_t>& counts, const PlaceId& place) {
  const auto found = counts.find(place);
  return found == counts.end() ? 0 : found->second;
}

void trustees(JsonWriter& json, const election::Summary& summary) {
  json.key("trustees").begin_object();
  json.number("expected", summary.draft.trustees);
  json.key("keys").begin_array();
  for (const auto& trustee : summary.trustees) json.text(trustee.public_key);
  json.end_array();
  json.key("decrypted").begin_array();
  for (const auto& [owner, share] : summary.shares) json.number(owner);
  json.end_array();
  json.key("missing").begin_array();
  if (summary.tally) {
    if (const auto ready = election::ready_for_result(summary); !ready) {
      for (const auto& sentence : ready.error().items) json.text(sentence);
    }
  }
  json.end_array();
  json.end_object();
}

void threshold(JsonWriter& json, const election::Summary& summary) {
  json.key("threshold");
  const auto step = election::ceremony_step(summary);
  if (!step) {
    json.null();
    return;
  }
  json.begin_object();
  json.number("needed", summary.draft.threshold->needed);
  json.number("trustees", summary.draft.threshold->trustees);
  json.text("step", election::step_name(*step));
  json.end_object();
}

void recorded_members(JsonWriter& json, const ledger::Receipt& receipt) {
  json.text("uuid", receipt.uuid.value);
  json.number("first", receipt.first.value);
  json.number("last", receipt.last.value);
  json.text("time", format_time(receipt.time));
}

}  // namespace

Shown shown(const ledger::CommandHandler& commands, std::shared_ptr<const election::Summary> summary) {
  auto counts = commands.counts(summary->uuid);
  auto fault = commands.fault(summary->uuid);
  return {std::move(summary), counts, std::move(fault)};
}

std::string elections(const std::vector<Shown>& list) {
  JsonWriter json = writer();
  json.begin_object().key("elections").begin_array();
  for (const Shown& each : list) {
    json.begin_object();
    summary_members(json, each);
    json.end_object();
  }
  json.end_array().end_object();
  return json.take();
}

std::string election_summary(const Shown& shown) {
  JsonWriter json = writer();
  json.begin_object();
  summary_members(json, shown);
  json.end_object();
  return json.take();
}

std::string election(const Shown& shown) {
  const election::Summary& summary = *shown.summary;
  JsonWriter json = writer();
  json.begin_object();
  summary_members(json, shown);
  json.text("administrator", summary.draft.administrator);
  json.text("credential_authority", summary.draft.credential_authority);
  json.number("credentials", summary.credentials);
  json.number("reserve", summary.reserve);
  // Where every ballot weighs 1 the number of credentials says it.
  if (summary.total_weight != summary.credentials) json.number("total_weight", summary.total_weight);
  json.key("places").begin_array();
  for (const auto& place : summary.draft.places) {
    json.begin_object();
    json.text("id", place.id.value);
    json.text("name", place.name);
    json.number("voters", count_of(summary.voters_by_place, place.id));
    json.number("credentials", count_of(summary.credentials_by_place, place.id));
    json.number("reserve", count_of(summary.reserve_by_place, place.id));
    json.end_object();
  }
  json.end_array();
  contests(json, summary.draft.contests);
  trustees(json, summary);
  threshold(json, summary);
  json.key("ledger").begin_object();
  json.text("origin", origin_of(summary.key));
  json.text("key", summary.key);
  json.end_object();
  text_or_null(json, "election", summary.sealed ? &summary.sealed->election : nullptr);
  text_or_null(json, "fingerprint", summary.sealed ? &summary.sealed->parsed_election.fingerprint : nullptr);
  json.end_object();
  return json.take();
}

std::string recorded(const ledger::Receipt& receipt) {
  JsonWriter json = writer();
  json.begin_object();
  recorded_members(json, receipt);
  json.end_object();
  return json.take();
}

std::string trustee_recorded(const ledger::Receipt& receipt, std::size_t trustee) {
  JsonWriter json = writer();
  json.begin_object();
  recorded_members(json, receipt);
  json.number("trustee", trustee);
  json.end_object();
  return json.take();
}

std::string ballot_receipt(const ledger::Receipt& receipt, const Hash& tracker) {
  JsonWriter json = writer();
  json.begin_object();
  json.text("tracker", crypto::to_base64_unpadded(tracker.view()));
  json.number("seq", receipt.last.value);
  json.text("leaf", crypto::to_hex(receipt.leaf.view()));
  json.text("time", format_time(receipt.time));
  json.end_object();
  return json.take();
}

std::string signed_in(const election::Place& place, bool has_voted) {
  JsonWriter json = writer();
  json.begin_object().key("place").begin_object();
  json.text("id", place.id.value);
  json.text("name", place.name);
  json.end_object();
  json.boolean("has_voted", has_voted);
  json.end_object();
  return json.take();
}

std::string challenge(const std::string& nonce, Timestamp expires) {
  JsonWriter json = writer();
  json.begin_object();
  json.text("nonce", nonce);
  json.text("expires", format_time(expires));
  json.end_object();
  return json.take();
}

std::string origin_of(const std::string& key) {
  const auto parsed = log::parse_verifier_key(key);
  return parsed ? parsed->name : std::string{};
}

}  // namespace suara::http::views
