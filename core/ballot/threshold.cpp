#include "core/ballot/threshold.hpp"

#include <set>
#include <stdexcept>

#include "core/ballot/proofs.hpp"
#include "core/ballot/trustee.hpp"
#include "core/crypto/public_point.hpp"
#include "core/crypto/seed.hpp"

namespace suara::ballot {
namespace {

using crypto::SecretScalar;

std::string signed_prefix(const std::string& text) { return "sigmsg|" + text; }

// f(x) for the polynomial's coefficients, from the highest down.
SecretScalar value_at(const std::vector<SecretScalar>& coefficients, std::uint32_t x) {
  const Scalar at = Scalar::from_u64(x);
  auto value = SecretScalar::from_scalar(Scalar::zero());
  for (std::size_t k = coefficients.size(); k-- > 0;) {
    value = SecretScalar::from_scalar(value.expose() * at + coefficients[k].expose());
  }
  return value;
}

// g^f(x) from the elements g^{a_k}.
Element element_at(std::span<const Element> elements, std::uint32_t x) {
  const Scalar at = Scalar::from_u64(x);
  Element value;
  for (std::size_t k = elements.size(); k-- > 0;) value = crypto::pow(value, at) * elements[k];
  return value;
}

// The error with the trustee it is about before it.
tl::unexpected<Error> of_trustee(std::size_t number, Error error) {
  error.detail = "Threshold trustee " + std::to_string(number) + ": " + error.detail;
  return fail(std::move(error));
}

tl::unexpected<Error> bad_share(std::size_t sender, const char* what) {
  return fail(ErrorCode::invalid_proof, "The share of the secret from trustee " + std::to_string(sender) + " " + what +
                                            " Do not confirm; the committee must restart the ceremony.");
}

}  // namespace

std::string certificate_text(const Element& verification, const Element& encryption) {
  return "{\"verification\":\"" + verification.to_text() + "\",\"encryption\":\"" + encryption.to_text() + "\"}";
}

std::string coefexps_text(std::span<const Element> elements) {
  std::string out = "{\"coefexps\":[";
  for (std::size_t k = 0; k < elements.size(); ++k) out += (k > 0 ? ",\"" : "\"") + elements[k].to_text() + '"';
  return out + "]}";
}

CeremonyTrustee::CeremonyTrustee(crypto::SecretBytes seed, ElectionUuid uuid, std::uint32_t threshold)
    : seed_(std::move(seed)), uuid_(std::move(uuid)), threshold_(threshold) {
  if (seed_.size() != seed_size || threshold_ < 1) throw std::invalid_argument("no seed or threshold of a ceremony");
}

std::string CeremonyTrustee::text(const std::string& label) const {
  return "suara-trustee-v1|" + uuid_.str() + "|" + label;
}

std::vector<SecretScalar> CeremonyTrustee::coefficients() const {
  std::vector<SecretScalar> out;
  for (std::uint32_t k = 0; k < threshold_; ++k) {
    out.push_back(crypto::scalar_from_seed(seed_, text("coefficient-" + std::to_string(k))));
  }
  return out;
}

SignedText CeremonyTrustee::sign(std::string message) const {
  const auto key = crypto::scalar_from_seed(seed_, text("verification"));
  const auto nonce = crypto::scalar_from_seed(seed_, text("nonce|" + message));
  const Proof signature = prove_knowledge(key, signed_prefix(message), nonce);
  return {std::move(message), signature};
}

Certificate CeremonyTrustee::certificate() const {
  const Element verification = crypto::g_pow(crypto::scalar_from_seed(seed_, text("verification")).expose());
  const Element encryption = crypto::DecryptionKey(seed_, text("encryption")).public_key();
  return {sign(certificate_text(verification, encryption)), verification, encryption};
}

Coefexps CeremonyTrustee::coefexps() const {
  std::vector<Element> elements;
  for (const auto& coefficient : coefficients()) elements.push_back(crypto::g_pow(coefficient.expose()));
  return {sign(coefexps_text(elements)), elements};
}

std::vector<std::uint8_t> CeremonyTrustee::sealed_share(std::uint32_t recipient, const Element& encryption) const {
  const auto share = value_at(coefficients(), recipient);
  return crypto::seal(encryption, share.expose().bytes);
}

Result<SecretScalar> CeremonyTrustee::collect(std::uint32_t self, std::span<const Coefexps> coefexps,
                                              std::span<const std::vector<std::uint8_t>> sealed) const {
  if (coefexps.size() != sealed.size() || self < 1 || self > sealed.size()) {
    return fail(ErrorCode::wrong_choices, "The ceremony needs one share of the secret from each trustee.");
  }
  const crypto::DecryptionKey key(seed_, text("encryption"));
  auto total = SecretScalar::from_scalar(Scalar::zero());
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    const auto opened = key.open(sealed[i]);
    if (!opened) return bad_share(i + 1, "does not open with this trustee's key.");
    auto read = Scalar::from_bytes(opened->view());
    if (!read) return bad_share(i + 1, "is not a number below the group's order.");
    const auto share = SecretScalar::from_scalar(*read);
    crypto::wipe(read->bytes.data(), read->bytes.size());
    if (crypto::g_pow(share.expose()) != element_at(coefexps[i].elements, self)) {
      return bad_share(i + 1, "is not the one that trustee's published commitments promise.");
    }
    total = SecretScalar::from_scalar(total.expose() + share.expose());
  }
  return total;
}

Result<void> verify_certificate(const Certificate& certificate) {
  const auto& [message, verification, encryption] = certificate;
  if (verification.is_identity() || encryption.is_identity()) {
    return fail(ErrorCode::invalid_point, "A key of the certificate is the identity: anyone knows its secret.");
  }
  if (message.text != certificate_text(verification, encryption) ||
      !knowledge_proven(verification, message.signature, signed_prefix(message.text))) {
    return fail(ErrorCode::invalid_proof, "The certificate's signature does not verify with its own key.");
  }
  return {};
}

Result<void> verify_coefexps(const Coefexps& coefexps, const Element& verification, std::uint32_t threshold) {
  const auto& [message, elements] = coefexps;
  if (elements.size() != threshold) {
    return fail(ErrorCode::wrong_choices, "The commitments are to " + std::to_string(elements.size()) +
                                              " coefficients; " + std::to_string(threshold) + " are needed.");
  }
  for (const auto& element : elements) {
    if (element.is_identity()) {
      return fail(ErrorCode::invalid_point, "A commitment is the identity: its coefficient is 0.");
    }
  }
  if (message.text != coefexps_text(elements) ||
      !knowledge_proven(verification, message.signature, signed_prefix(message.text))) {
    return fail(ErrorCode::invalid_proof,
                "The signature of the commitments does not verify with the certificate's key.");
  }
  return {};
}

Element expected_verification_key(std::span<const Coefexps> coefexps, std::uint32_t trustee) {
  std::vector<Element> products;  // over the trustees, for each k
  for (const auto& each : coefexps) {
    if (products.size() < each.elements.size()) products.resize(each.elements.size());
    for (std::size_t k = 0; k < each.elements.size(); ++k) products[k] = products[k] * each.elements[k];
  }
  return element_at(products, trustee);
}

Result<void> verify_threshold(const ThresholdParameters& parameters) {
  const std::size_t trustees = parameters.certs.size();
  if (parameters.coefexps.size() != trustees || parameters.verification_keys.size() != trustees) {
    return fail(ErrorCode::wrong_choices,
                "A threshold item needs one certificate, one list of commitments and one key for each trustee.");
  }
  if (parameters.threshold < 1 || parameters.threshold > trustees) {
    return fail(ErrorCode::wrong_choices, "A threshold of " + std::to_string(parameters.threshold) + " does not suit " +
                                              std::to_string(trustees) + " trustees.");
  }
  std::set<Element> keys;
  for (std::size_t i = 0; i < trustees; ++i) {
    const auto& certificate = parameters.certs[i];
    if (auto ok = verify_certificate(certificate); !ok) return of_trustee(i + 1, std::move(ok).error());
    for (const auto& key : {certificate.verification, certificate.encryption}) {
      if (!keys.insert(key).second) {
        return of_trustee(i + 1, {ErrorCode::conflict, "A key of the certificate stands in the ceremony already."});
      }
    }
    if (auto ok = verify_coefexps(parameters.coefexps[i], certificate.verification, parameters.threshold); !ok) {
      return of_trustee(i + 1, std::move(ok).error());
    }
  }
  for (std::size_t i = 0; i < trustees; ++i) {
    const auto& key = parameters.verification_keys[i];
    if (key.public_key != expected_verification_key(parameters.coefexps, static_cast<std::uint32_t>(i + 1))) {
      return of_trustee(i + 1, {ErrorCode::invalid_proof, "The verification key is not what the commitments give."});
    }
    if (auto ok = verify_trustee_key(key); !ok) return of_trustee(i + 1, std::move(ok).error());
  }
  return {};
}

Element threshold_key(const ThresholdParameters& parameters) {
  Element key;
  for (const auto& each : parameters.coefexps) {
    if (!each.elements.empty()) key = key * each.elements.front();
  }
  return key;
}

}  // namespace suara::ballot
