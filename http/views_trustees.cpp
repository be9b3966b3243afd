#include "core/crypto/encoding.hpp"
#include "core/election/trustees.hpp"
#include "http/json_parts.hpp"
#include "http/views.hpp"

namespace suara::http::views {
namespace {

void numbers(JsonWriter& json, std::string_view name, const std::vector<std::uint32_t>& list) {
  json.key(name).begin_array();
  for (const auto number : list) json.number(number);
  json.end_array();
}

// Owners are numbered over all items: a "Single" trustee is one, a group as many as it has trustees.
void owners(JsonWriter& json, const election::Summary& summary) {
  const auto& trustees = summary.sealed->parsed_trustees;
  json.key("owners").begin_array();
  for (std::uint32_t owner = 1; owner <= ballot::count_owners(trustees); ++owner) {
    json.begin_object();
    json.number("owner", owner);
    json.text("key", ballot::owner_key(trustees, owner)->to_text());
    json.text("kind", owner <= summary.trustees.size() ? "single" : "threshold");
    const auto* actor = election::owner_actor(summary, owner);
    json.text("actor", actor ? actor->text() : std::string());
    json.end_object();
  }
  json.end_array();
}

void needed(JsonWriter& json, const ballot::Needed& needed) {
  json.key("needed").begin_object();
  numbers(json, "mandatory", needed.mandatory);
  json.key("groups").begin_array();
  for (const auto& group : needed.groups) {
    json.begin_object();
    numbers(json, "absent", group.absent);
    json.number("missing", group.missing);
    json.end_object();
  }
  json.end_array().end_object();
}

void member(JsonWriter& json, const election::CeremonyMember& member) {
  json.begin_object();
  json.number("trustee", member.certificate.trustee);
  json.text("actor", member.by.text());
  json.text("certificate", member.certificate.certificate);
  json.text("coefexps_hash", crypto::to_hex(member.certificate.coefexps_hash.view()));
  if (member.coefexps) json.text("coefexps", member.coefexps->coefexps);
  json.boolean("confirmed", member.confirmed.has_value());
  json.end_object();
}

}  // namespace

std::string decryption(const election::Summary& summary) {
  JsonWriter json = writer();
  json.begin_object();
  json.text("election", summary.sealed->election);
  json.text("encrypted_tally", summary.tally->encrypted_tally);
  json.text("trustees", summary.sealed->trustees);
  owners(json, summary);
  json.key("submitted").begin_array();
  for (const auto& [owner, share] : summary.shares) json.number(owner);
  json.end_array();
  needed(json, election::needed_decryptions(summary));
  json.end_object();
  return json.take();
}

std::string ceremony(const election::Summary& summary) {
  JsonWriter json = writer();
  json.begin_object();
  json.number("needed", summary.draft.threshold->needed);
  json.number("trustees", summary.draft.threshold->trustees);
  json.text("step", election::step_name(*election::ceremony_step(summary)));
  json.key("members").begin_array();
  for (const auto& each : summary.ceremony) member(json, each);
  json.end_array().end_object();
  return json.take();
}

std::string sealed_shares(const std::vector<Bytes>& shares) {
  JsonWriter json = writer();
  json.begin_object().key("shares").begin_array();
  for (const Bytes& share : shares) json.text(crypto::to_base64(share));
  json.end_array().end_object();
  return json.take();
}

}  // namespace suara::http::views
