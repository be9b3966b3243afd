#include "core/crypto/encoding.hpp"

#include "core/base/time.hpp"
#include "core/crypto/group.hpp"
#include "tests/fuzz/support/target.hpp"

// The small texts that others are made of. A value has one text.
void suara::fuzz::try_input(std::string_view bytes) {
  using namespace crypto;
  const auto hex = [](const Hash& hash) { return to_hex(hash.view()); };
  const auto base64 = [](const Hash& hash) { return to_base64(hash.view()); };
  const auto unpadded = [](const Hash& hash) { return to_base64_unpadded(hash.view()); };
  require_one_text(bytes, from_hex, to_hex);
  require_one_text(bytes, from_base64, to_base64);
  require_one_text(bytes, from_base64_unpadded, to_base64_unpadded);
  require_one_text(bytes, hash_from_hex, hex);
  require_one_text(bytes, hash_from_base64, base64);
  require_one_text(bytes, hash_from_base64_unpadded, unpadded);
  require_one_text(bytes, Scalar::from_decimal, [](const Scalar& scalar) { return scalar.to_decimal(); });
  require_one_text(bytes, parse_time, format_time);
  const auto text = [](const Element& element) { return element.to_text(); };
  require_one_text(bytes, Element::from_trusted_text, text);
  require_one_text(bytes, Element::from_text, text);
  // The writers' own texts are read again, whatever the bytes.
  require(from_hex(to_hex(as_bytes(bytes))) == Bytes(bytes.begin(), bytes.end()), "hex is read as it was written");
  require(from_base64(to_base64(as_bytes(bytes))) == Bytes(bytes.begin(), bytes.end()), "base64 likewise");
  if (bytes.size() != 32) return;
  const Scalar scalar = scalar_from_big_endian(as_bytes(bytes));
  require(Scalar::from_decimal(scalar.to_decimal()) == scalar, "a scalar is read as it was written");
  require(Element::from_text(g_pow(scalar).to_text()) == g_pow(scalar), "a power of g is in the group");
}
