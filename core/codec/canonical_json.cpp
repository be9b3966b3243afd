#include "core/codec/canonical_json.hpp"

#include <algorithm>

#include "core/codec/json_reader.hpp"

namespace suara::codec {

Result<std::string> canonicalize(std::string_view json) {
  const auto document = JsonDocument::parse(json, "JSON");
  if (!document) return fail(document.error());
  std::string out;
  out.reserve(json.size());
  document->root().append_canonical(out);
  return out;
}

Result<void> check_canonical(std::string_view json) {
  const auto canonical = canonicalize(json);
  if (!canonical) return fail(canonical.error());
  if (*canonical == json) return {};
  const auto differ = std::mismatch(json.begin(), json.end(), canonical->begin(), canonical->end());
  return fail(ErrorCode::malformed,
              "JSON: not in canonical form (RFC 8785) at byte " + std::to_string(differ.first - json.begin()) + ".");
}

}  // namespace suara::codec
