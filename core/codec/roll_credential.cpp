#include <charconv>

#include "core/codec/event.hpp"

namespace suara::codec {

std::string write_roll_credential(const ballot::PublicCredential& credential) {
  std::string text = credential.key.to_text();
  if (credential.weight != 1) text += ',' + std::to_string(credential.weight);
  return text;
}

Result<ballot::PublicCredential> read_roll_credential(std::string_view text, Trust trust) {
  const auto comma = text.find(',');
  const auto element = text.substr(0, comma);
  const auto key =
      trust == Trust::full ? ballot::Element::from_text(element) : ballot::Element::from_trusted_text(element);
  if (!key) return fail(key.error());
  ballot::PublicCredential credential{*key, 1};
  if (comma == text.npos) return credential;
  const auto digits = text.substr(comma + 1);
  const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), credential.weight);
  const bool whole = status == std::errc{} && end == digits.data() + digits.size() && digits.front() != '0';
  if (!whole || credential.weight < 2 || credential.weight > election::max_weight) {
    return fail(ErrorCode::malformed,
                "A weight behind a credential must be a whole number from 2 to 1000000; the "
                "weight 1 is left out.");
  }
  return credential;
}

}  // namespace suara::codec
