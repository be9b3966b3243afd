#include "core/log/vkey.hpp"

#include "core/codec/json_writer.hpp"
#include "tests/fuzz/support/target.hpp"

void suara::fuzz::try_input(std::string_view bytes) {
  require_one_text(bytes, log::parse_verifier_key, log::verifier_key_text);
  require_one_text(bytes, log::parse_witness_key, log::verifier_key_text);
  // A mutated key hardly ever fits its id, so its parts are tried by themselves as well.
  crypto::PublicKey key;
  if (bytes.size() < key.bytes.size()) return;
  const std::string_view name = bytes.substr(key.bytes.size());
  std::copy_n(bytes.begin(), key.bytes.size(), key.bytes.begin());
  const auto made = log::make_verifier_key(name, key);
  require(made.has_value() == log::is_key_name(name), "a key can have the names that are key names");
  if (!made) return require_told(made.error());
  require(codec::is_valid_utf8(name) && name.find_first_of(" +\n") == name.npos, "a key's name is plain UTF-8");
  const auto read = log::parse_verifier_key(log::verifier_key_text(*made));
  require(read == *made, "what we write of a key is read as the same key");
}
