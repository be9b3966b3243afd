#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "core/codec/belenios.hpp"
#include "core/codec/belenios_parts.hpp"

// The public credentials and their weights.
namespace suara::codec {
namespace {

constexpr std::size_t max_credentials = 2'000'000;
constexpr std::size_t max_credentials_bytes = 192u << 20;
constexpr std::uint64_t max_weight = std::uint64_t{1} << 32;

Result<ballot::PublicCredential> read_credential(const JsonNode& node) {
  const auto text = node.text();
  if (!text) return fail(text.error());
  const auto comma = text->find(',');
  auto key = crypto::Element::from_text(text->substr(0, comma));
  if (!key) return fail(node.error(key.error().code, "is wrong: " + key.error().detail));
  if (key->is_identity()) return fail(node.error(ErrorCode::invalid_point, "must not be the identity."));
  ballot::PublicCredential credential{*key, 1};
  if (comma == std::string_view::npos) return credential;
  const auto digits = text->substr(comma + 1);
  const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), credential.weight);
  const bool whole = status == std::errc{} && end == digits.data() + digits.size();
  if (!whole || (digits.size() > 1 && digits[0] == '0') || credential.weight > max_weight) {
    return fail(node.error(ErrorCode::malformed, "has a weight that is not a number from 0 to 2^32."));
  }
  return credential;
}

}  // namespace

std::string write_public_credentials(const std::vector<ballot::PublicCredential>& credentials) {
  const bool weighted = std::any_of(credentials.begin(), credentials.end(),
                                    [](const auto& credential) { return credential.weight != 1; });
  std::string out = "[";
  for (const auto& credential : credentials) {
    out += out.size() > 1 ? ",\"" : "\"";
    out += credential.key.to_text();
    if (weighted) out += ',' + std::to_string(credential.weight);
    out += '"';
  }
  return out + "]";
}

Result<std::vector<ballot::PublicCredential>> read_public_credentials(std::string_view json) {
  const auto document = parts::parse(json, "credentials", max_credentials_bytes);
  if (!document) return fail(document.error());
  std::unordered_set<crypto::Element> seen;
  std::string bytes = "[";
  const auto read = [&](const JsonNode& node) -> Result<ballot::PublicCredential> {
    auto credential = read_credential(node);
    if (!credential) return credential;
    if (!seen.insert(credential->key).second)
      return fail(node.error(ErrorCode::malformed, "stands in the list already."));
    bytes += bytes.size() > 1 ? ",\"" : "\"";
    bytes += *node.text();
    bytes += '"';
    return credential;
  };
  auto credentials = parts::list(document->root(), max_credentials, read);
  if (!credentials) return credentials;
  // Other programs write the weight 1 or leave it out, so here each item's own text is kept.
  if (auto same = parts::require_same(json, bytes + "]", "credentials"); !same) return fail(std::move(same).error());
  return credentials;
}

}  // namespace suara::codec
