#include "core/audit/published_keys.hpp"

#include "core/codec/json_reader.hpp"
#include "core/codec/json_writer.hpp"
#include "core/election/events.hpp"

namespace suara::audit {

namespace {

constexpr std::size_t max_keys = election::max_ledger_keys;  // of witnesses there are fewer

}  // namespace

std::string write_published_keys(std::span<const log::VerifierKey> ledger,
                                 const std::optional<election::WitnessPolicy>& witnesses) {
  codec::JsonWriter json(codec::JsonWriter::Order::canonical);
  json.begin_object().key("ledger").begin_array();
  for (const auto& key : ledger) json.text(log::verifier_key_text(key));
  json.end_array().key("policy").begin_object().number("witnesses", witnesses ? witnesses->needed : 0).end_object();
  json.key("witnesses").begin_array();
  if (witnesses)
    for (const auto& witness : witnesses->keys) json.text(witness);
  json.end_array().end_object();
  return json.take();
}

Result<PublishedKeys> read_published_keys(std::string_view json) {
  auto document = codec::JsonDocument::parse(json, "keys.json");
  if (!document) return fail(document.error());
  codec::JsonFields fields(document->root(), {"ledger", "policy", "witnesses"});
  PublishedKeys keys;
  for (const auto text : fields.texts("ledger", 1, max_keys)) {
    auto key = log::parse_verifier_key(text);
    if (!key) return fail(key.error().code, "keys.json: a ledger key is wrong: " + key.error().detail);
    keys.ledger.push_back(std::move(*key));
  }
  for (const auto text : fields.texts("witnesses", 0, max_keys)) keys.witnesses.emplace_back(text);
  if (fields.failed()) return fail(fields.error());

  auto policy = document->root().member("policy");
  if (!policy) return fail(policy.error());
  codec::JsonFields rule(*policy, {"witnesses"});
  keys.witnesses_needed = rule.uint("witnesses", max_keys);
  if (rule.failed()) return fail(rule.error());
  return keys;
}

}  // namespace suara::audit
