#include "core/codec/canonical_json.hpp"
#include "core/codec/json_reader.hpp"
#include "core/codec/json_writer.hpp"
#include "tests/fuzz/support/target.hpp"

namespace {

using namespace suara;

// Writes a value again from what its nodes tell, members in canonical order.
void copy(const codec::JsonNode& node, std::string& out) {
  if (const auto items = node.array(0, SIZE_MAX)) {
    out += '[';
    for (std::size_t i = 0; i < items->size(); ++i) {
      if (i > 0) out += ',';
      copy((*items)[i], out);
    }
    out += ']';
  } else if (const auto text = node.text()) {
    codec::append_json_string(out, *text);
  } else if (const auto number = node.integer(-codec::max_json_integer, codec::max_json_integer)) {
    out += std::to_string(*number);
  } else {
    node.append_canonical(out);
  }
}

}  // namespace

void suara::fuzz::try_input(std::string_view bytes) {
  const auto canonical = codec::canonicalize(bytes);
  const auto document = codec::JsonDocument::parse(bytes, "input");
  require(canonical.has_value() == document.has_value(), "what can be read can be canonicalised, and nothing else");
  if (!canonical) {
    require_told(canonical.error());
    require(!codec::check_canonical(bytes), "what cannot be read is not canonical");
    return;
  }
  require(codec::is_valid_utf8(*canonical), "canonical JSON is UTF-8");
  require(codec::canonicalize(*canonical) == *canonical, "canonical text is its own canonical text");
  require(codec::check_canonical(*canonical).has_value(), "canonical text is recognised");
  require(codec::check_canonical(bytes).has_value() == (bytes == *canonical), "no other text is canonical");
  // White space between the values changes nothing.
  require(codec::canonicalize(" \n" + std::string(bytes) + "\t\r ") == *canonical, "white space around is no matter");
  std::string copied;
  copy(document->root(), copied);
  require(copied == *canonical, "the nodes say what the canonical text says");
}
