#include "core/audit/published_keys.hpp"
#include "core/codec/canonical_json.hpp"
#include "core/codec/json_writer.hpp"
#include "tests/fuzz/support/target.hpp"

// keys.json of a bundle: the keys by which an auditor believes the rest. What is read says all that stood there.
void suara::fuzz::try_input(std::string_view bytes) {
  const auto keys = audit::read_published_keys(bytes);
  if (!keys) return require_told(keys.error());
  require(!keys->ledger.empty(), "a ledger has a key");
  codec::JsonWriter w(codec::JsonWriter::Order::canonical);
  w.begin_object().key("ledger").begin_array();
  for (const auto& key : keys->ledger) w.text(log::verifier_key_text(key));
  w.end_array().key("policy").begin_object().number("witnesses", keys->witnesses_needed).end_object();
  w.key("witnesses").begin_array();
  for (const auto& witness : keys->witnesses) w.text(witness);
  w.end_array().end_object();
  require(codec::canonicalize(bytes) == w.take(), "the keys are written again as they were");
}
