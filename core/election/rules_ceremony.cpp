#include "core/ballot/threshold.hpp"
#include "core/crypto/hash.hpp"
#include "core/election/rules.hpp"
#include "core/election/trustees.hpp"

namespace suara::election::rules {
namespace {

Result<void> has_ceremony(const Summary& summary) {
  if (summary.draft.threshold) return {};
  return fail(ErrorCode::conflict, "This election has no threshold trustees, so there is no key ceremony.");
}

// The member that the message is from, once all have done the step before.
Result<const CeremonyMember*> member_at(const Summary& summary, std::uint32_t trustee, CeremonyStep step) {
  if (auto ok = has_ceremony(summary); !ok) return fail(std::move(ok).error());
  const std::uint32_t trustees = summary.draft.threshold->trustees;
  if (trustee < 1 || trustee > trustees) {
    return fail(ErrorCode::not_found, "There is no threshold trustee " + std::to_string(trustee) +
                                          " in this election; they are numbered from 1 to " + std::to_string(trustees) +
                                          ".");
  }
  if (*ceremony_step(summary) >= step) return &summary.ceremony[trustee - 1];
  return fail(ErrorCode::conflict, step == CeremonyStep::coefexps
                                       ? "The coefexps are published once every trustee's certificate is there: wait."
                                       : "A share is confirmed once every trustee's coefexps are there: wait.");
}

bool uses(const ballot::Certificate& certificate, const ballot::Element& key) {
  return certificate.verification == key || certificate.encryption == key;
}

tl::unexpected<Error> published_already(std::uint32_t trustee, const std::string& what) {
  return fail(ErrorCode::conflict,
              "Threshold trustee " + std::to_string(trustee) + " has published its " + what + " already.");
}

}  // namespace

Result<void> certificate(const State& state, const ballot::Certificate& certificate) {
  const Summary& summary = state.summary;
  if (auto ok = has_ceremony(summary); !ok) return ok;
  for (const CeremonyMember& member : summary.ceremony) {
    const auto& earlier = member.certificate;
    if (!uses(earlier.parsed, certificate.verification) && !uses(earlier.parsed, certificate.encryption)) continue;
    return fail(ErrorCode::conflict, "A key of this certificate was published already, by threshold trustee " +
                                         std::to_string(earlier.trustee) + ": each trustee makes its own.");
  }
  // Its polynomial may be known since: others could choose theirs by it.
  if (state.void_keys.contains(certificate.verification) || state.void_keys.contains(certificate.encryption)) {
    return fail(ErrorCode::conflict,
                "This certificate was published before the key ceremony was restarted: make a new key.");
  }
  if (certificate.verification == certificate.encryption) {
    return fail(ErrorCode::conflict, "The certificate names one key twice: its two keys must differ.");
  }
  if (summary.ceremony.size() >= summary.draft.threshold->trustees) {
    return fail(ErrorCode::conflict, "All " + std::to_string(summary.draft.threshold->trustees) +
                                         " certificates of this election's key ceremony are published already.");
  }
  return ballot::verify_certificate(certificate);
}

Result<void> coefexps(const State& state, const TrusteeCoefexpsPublished& published) {
  const Summary& summary = state.summary;
  const auto member = member_at(summary, published.trustee, CeremonyStep::coefexps);
  if (!member) return fail(member.error());
  if ((*member)->coefexps) return published_already(published.trustee, "coefexps");
  if (crypto::sha256(published.coefexps) != (*member)->certificate.coefexps_hash) {
    return fail(ErrorCode::conflict, "These coefexps are not the ones whose hash threshold trustee " +
                                         std::to_string(published.trustee) + " committed to with its certificate.");
  }
  const auto& threshold = *summary.draft.threshold;
  if (published.shares.size() != threshold.trustees) {
    return fail(ErrorCode::wrong_choices, "There must be one sealed share for each of the " +
                                              std::to_string(threshold.trustees) + " threshold trustees.");
  }
  return ballot::verify_coefexps(published.parsed, (*member)->certificate.parsed.verification, threshold.needed);
}

Result<void> share_confirmed(const State& state, std::uint32_t trustee, const ballot::TrusteePublicKey& key) {
  const auto member = member_at(state.summary, trustee, CeremonyStep::confirmations);
  if (!member) return fail(member.error());
  if ((*member)->confirmed) return published_already(trustee, "verification key");
  const auto all = published_coefexps(state.summary);
  if (key.public_key != ballot::expected_verification_key(all, trustee)) {
    return fail(ErrorCode::invalid_proof,
                "The verification key is not the one that the coefexps give threshold trustee " +
                    std::to_string(trustee) + ": its share is not what it should be.");
  }
  return ballot::verify_trustee_key(key);
}

Result<void> restarts(const State& state, const std::string& reason) {
  if (auto ok = has_ceremony(state.summary); !ok) return ok;
  if (auto ok = rules::reason(reason, "the key ceremony is restarted"); !ok) return ok;
  if (state.summary.ceremony.empty()) {
    return fail(ErrorCode::conflict, "The key ceremony has not begun, so there is nothing to restart.");
  }
  return {};
}

}  // namespace suara::election::rules
