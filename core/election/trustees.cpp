#include "core/election/trustees.hpp"

#include <algorithm>
#include <set>

namespace suara::election {

std::string_view step_name(CeremonyStep step) {
  switch (step) {
    case CeremonyStep::certificates:
      return "certificates";
    case CeremonyStep::coefexps:
      return "coefexps";
    case CeremonyStep::confirmations:
      return "confirmations";
    case CeremonyStep::done:
      return "done";
  }
  return "certificates";
}

std::optional<CeremonyStep> ceremony_step(const Summary& summary) {
  const auto& threshold = summary.draft.threshold;
  if (!threshold) return std::nullopt;
  const auto& members = summary.ceremony;
  if (members.size() < threshold->trustees) return CeremonyStep::certificates;
  const auto all = [&](auto has) { return std::all_of(members.begin(), members.end(), has); };
  if (!all([](const CeremonyMember& m) { return m.coefexps.has_value(); })) return CeremonyStep::coefexps;
  if (!all([](const CeremonyMember& m) { return m.confirmed.has_value(); })) return CeremonyStep::confirmations;
  return CeremonyStep::done;
}

std::vector<ballot::Coefexps> published_coefexps(const Summary& summary) {
  std::vector<ballot::Coefexps> out;
  for (const CeremonyMember& member : summary.ceremony) {
    if (member.coefexps) out.push_back(member.coefexps->parsed);
  }
  return out;
}

ballot::Trustees published_trustees(const Summary& summary) {
  ballot::Trustees out;
  for (const PublishedKey& published : summary.trustees) out.emplace_back(published.key);
  if (ceremony_step(summary) != CeremonyStep::done) return out;
  ballot::ThresholdParameters parameters;
  parameters.threshold = summary.draft.threshold->needed;
  parameters.coefexps = published_coefexps(summary);
  for (const CeremonyMember& member : summary.ceremony) {
    parameters.certs.push_back(member.certificate.parsed);
    parameters.verification_keys.push_back(member.confirmed->parsed);
  }
  out.emplace_back(std::move(parameters));
  return out;
}

const Actor* owner_actor(const Summary& summary, std::uint32_t owner) {
  if (owner < 1) return nullptr;
  const std::size_t mandatory = summary.trustees.size();
  if (owner <= mandatory) return &summary.trustees[owner - 1].by;
  if (owner - mandatory <= summary.ceremony.size()) return &summary.ceremony[owner - mandatory - 1].by;
  return nullptr;
}

std::string owner_name(const Summary& summary, std::uint32_t owner) {
  std::string name = "trustee " + std::to_string(owner);
  const Actor* actor = owner_actor(summary, owner);
  return actor ? name + " (" + actor->text() + ")" : name;
}

std::map<std::uint32_t, ballot::PartialDecryption> submitted_decryptions(const Summary& summary) {
  std::map<std::uint32_t, ballot::PartialDecryption> out;
  for (const auto& [owner, share] : summary.shares) out.emplace(owner, share.partial);
  return out;
}

ballot::Needed needed_decryptions(const Summary& summary) {
  std::set<std::uint32_t> submitted;
  for (const auto& [owner, share] : summary.shares) submitted.insert(owner);
  return ballot::still_needed(summary.sealed->parsed_trustees, submitted);
}

Result<void> ready_for_result(const Summary& summary) {
  if (!summary.tally) return fail(ErrorCode::conflict, "The tally is not computed yet.");
  const auto needed = needed_decryptions(summary);
  std::vector<std::string> missing;
  for (const std::uint32_t owner : needed.mandatory) missing.push_back(owner_name(summary, owner) + " must decrypt.");
  for (const auto& group : needed.groups) {
    if (group.missing == 0) continue;
    std::string names;
    for (const std::uint32_t owner : group.absent) names += (names.empty() ? "" : ", ") + owner_name(summary, owner);
    missing.push_back(std::to_string(group.missing) + " of these must decrypt: " + names + ".");
  }
  if (missing.empty()) return {};
  std::string detail = "The tally cannot be decrypted yet:";
  for (const std::string& sentence : missing) detail += ' ' + sentence;
  return fail(ErrorCode::conflict, std::move(detail), std::move(missing));
}

}  // namespace suara::election
