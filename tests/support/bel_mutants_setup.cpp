#include "core/ballot/threshold.hpp"
#include "core/ballot/trustee.hpp"
#include "core/codec/belenios.hpp"
#include "tests/support/bel_mutants.hpp"
#include "tests/support/sample_ceremony.hpp"

// What is fixed before the first ballot: election, roll, weights, trustees' keys, the key ceremony.
namespace suara::test {
namespace {

using ballot::ThresholdParameters;
using ballot::TrusteePublicKey;
using crypto::Element;
using crypto::Scalar;

template <class Edit>
void keys(BelMutants& basic, const std::string& name, Edit edit) {
  basic.parts(name, "trustees", [&](BelParts& parts) {
    auto trustees = codec::read_trustees(parts.trustees).value();
    edit(trustees);
    parts.trustees = codec::write_trustees(trustees);
  });
}

template <class Edit>
void ceremony(BelMutants& threshold, const std::string& name, Edit edit) {
  keys(threshold, name, [&](ballot::Trustees& trustees) { edit(std::get<ThresholdParameters>(trustees[1])); });
}

void add_keys(BelMutants& basic, BelMutants& threshold) {
  const auto single = [](ballot::TrusteeItem& item) -> TrusteePublicKey& { return std::get<TrusteePublicKey>(item); };
  keys(basic, "trustee-key-proof", [&](auto& t) { spoil(single(t[1]).pok); });
  keys(basic, "trustee-key-replaced", [&](auto& t) { t[1] = ballot::generate_trustee_key().public_key; });
  keys(basic, "trustee-key-twice", [&](auto& t) { t[2] = t[0]; });
  keys(basic, "trustee-key-rogue",
       [&](auto& t) { single(t[2]).public_key = Element::generator() / single(t[0]).public_key; });
  keys(basic, "trustee-missing", [&](auto& t) { t.pop_back(); });
  keys(basic, "trustee-added", [&](auto& t) { t.push_back(ballot::generate_trustee_key().public_key); });
  keys(threshold, "mandatory-trustee-missing", [&](auto& t) { t.erase(t.begin()); });
  basic.parts("trustees-none", "trustees", [](BelParts& parts) { parts.trustees = "[]"; });
  basic.parts("trustee-of-unknown-kind", "trustees",
              [](BelParts& parts) { parts.trustees = with(parts.trustees, "Single", "Double"); });
  basic.parts("election-key-replaced", "trustees", [](BelParts& parts) {
    auto election = codec::read_election(parts.election).value();
    election.public_key = crypto::g_pow(Scalar::random());
    parts.election = codec::write_election(election);
  });
}

void add_ceremony(BelMutants& threshold) {
  ceremony(threshold, "certificate-signature", [](auto& p) { spoil(p.certs[1].message.signature); });
  ceremony(threshold, "certificate-encryption-key", [](auto& p) {
    auto& cert = p.certs[1];
    cert.message.text = ballot::certificate_text(cert.verification, crypto::g_pow(Scalar::random()));
  });
  ceremony(threshold, "certificate-verification-key", [](auto& p) {
    auto& cert = p.certs[2];
    cert.message.text = ballot::certificate_text(crypto::g_pow(Scalar::random()), cert.encryption);
  });
  ceremony(threshold, "certificates-swapped", [](auto& p) { std::swap(p.certs[0], p.certs[1]); });
  ceremony(threshold, "certificate-twice", [](auto& p) { p.certs[1] = p.certs[0]; });
  ceremony(threshold, "certificate-missing", [](auto& p) { p.certs.pop_back(); });
  ceremony(threshold, "coefexps-signature", [](auto& p) { spoil(p.coefexps[0].message.signature); });
  ceremony(threshold, "coefexps-element", [](auto& p) {
    auto elements = p.coefexps[2].elements;
    elements[1] = elements[1] * Element::generator();
    p.coefexps[2].message.text = ballot::coefexps_text(elements);
  });
  ceremony(threshold, "coefexps-swapped", [](auto& p) { std::swap(p.coefexps[0], p.coefexps[1]); });
  ceremony(threshold, "coefexps-identity", [](auto& p) {
    p.coefexps[2].message.text = ballot::coefexps_text(std::vector{p.coefexps[2].elements[0], Element::identity()});
  });
  ceremony(threshold, "coefexps-of-another-degree",
           [](auto& p) { p.coefexps[2].message.text = ballot::coefexps_text(std::vector{p.coefexps[2].elements[0]}); });
  ceremony(threshold, "coefexps-white-space",
           [](auto& p) { p.coefexps[2].message.text = with(p.coefexps[2].message.text, ":", ": "); });
  ceremony(threshold, "verification-key-proof", [](auto& p) { spoil(p.verification_keys[0].pok); });
  ceremony(threshold, "verification-key-replaced",
           [](auto& p) { p.verification_keys[2] = ballot::generate_trustee_key().public_key; });
  ceremony(threshold, "verification-keys-swapped",
           [](auto& p) { std::swap(p.verification_keys[0], p.verification_keys[1]); });
  ceremony(threshold, "verification-key-missing", [](auto& p) { p.verification_keys.pop_back(); });
  ceremony(threshold, "threshold-higher", [](auto& p) { p.threshold = 3; });
  ceremony(threshold, "threshold-lower", [](auto& p) { p.threshold = 1; });
  ceremony(threshold, "threshold-zero", [](auto& p) { p.threshold = 0; });
  // A whole ceremony by others, honest in itself: its key is not the election's.
  keys(threshold, "ceremony-replaced",
       [](ballot::Trustees& t) { t[1] = hold_ceremony(2, 3, threshold_source().election.uuid.str()).parameters; });
}

void add_roll(BelMutants& basic, BelMutants& threshold) {
  const auto weight_of = [](const BelParts& parts, std::size_t ballot) {
    const auto credential = BelMutants::read(parts.ballots[ballot]).credential.to_text();
    const auto at = parts.credentials.find(credential) + 65;
    return std::pair(at, parts.credentials.find('"', at) - at);
  };
  threshold.parts("weight-raised", "tally", [&](BelParts& parts) {
    const auto [at, size] = weight_of(parts, 4);
    parts.credentials.replace(at, size, "9");
  });
  threshold.parts("weights-exchanged", "tally", [&](BelParts& parts) {
    // Of voters 3 and 5: numbers and total stay.
    const auto a = weight_of(parts, 2), b = weight_of(parts, 4);
    std::swap(parts.credentials[a.first], parts.credentials[b.first]);
  });
  threshold.parts("weights-dropped", "tally", [](BelParts& parts) {
    auto credentials = codec::read_public_credentials(parts.credentials).value();
    for (auto& credential : credentials) credential.weight = 1;
    parts.credentials = codec::write_public_credentials(credentials);
  });
  threshold.parts("weight-leading-zero", "roll", [&](BelParts& parts) {
    const auto [at, size] = weight_of(parts, 4);
    parts.credentials.insert(at, "0");
  });
  threshold.parts("weight-negative", "roll", [&](BelParts& parts) {
    const auto [at, size] = weight_of(parts, 4);
    parts.credentials.insert(at, "-");
  });
  basic.parts("voter-removed", "ballots", [](BelParts& parts) {
    auto credentials = codec::read_public_credentials(parts.credentials).value();
    const auto gone = BelMutants::read(parts.ballots[2]).credential;
    std::erase_if(credentials, [&](const auto& c) { return c.key == gone; });
    parts.credentials = codec::write_public_credentials(credentials);
  });
  basic.parts("voter-twice", "roll", [](BelParts& parts) {
    auto credentials = codec::read_public_credentials(parts.credentials).value();
    credentials.push_back(credentials.front());
    parts.credentials = codec::write_public_credentials(credentials);
  });
}

void add_election(BelMutants& basic, BelMutants& threshold) {
  // These change the election's fingerprint, which every ballot names.
  basic.parts("question-changed", "ballots",
              [](BelParts& parts) { parts.election = with(parts.election, "Ayu & Bima", "Ayu & Gita"); });
  basic.parts("max-raised", "ballots",
              [](BelParts& parts) { parts.election = with(parts.election, "\"max\":1", "\"max\":2"); });
  threshold.parts("blank-forbidden", "ballots",
                  [](BelParts& parts) { parts.election = with(parts.election, "\"blank\":true,", ""); });
  basic.parts("election-of-another-version", "roll",
              [](BelParts& parts) { parts.election = with(parts.election, "\"version\":1", "\"version\":0"); });
  basic.parts("election-of-another-group", "roll",
              [](BelParts& parts) { parts.election = with(parts.election, "Ed25519", "RFC-3526-2048"); });
  basic.parts("election-with-white-space", "roll",
              [](BelParts& parts) { parts.election = with(parts.election, ",\"name\"", ", \"name\""); });
  basic.steps("setup-with-white-space", "roll",
              [](std::vector<BelStep>& steps) { steps[0].data[3] = with(steps[0].data[3], ",", ", "); });
}

}  // namespace

void add_setup_mutants(BelMutants& basic, BelMutants& threshold) {
  add_keys(basic, threshold);
  add_ceremony(threshold);
  add_roll(basic, threshold);
  add_election(basic, threshold);
}

}  // namespace suara::test
