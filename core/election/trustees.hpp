#pragma once
#include <map>

#include "core/ballot/trustee.hpp"
#include "core/election/state.hpp"

// Who holds the election's key: the mandatory trustees, owners 1 to n, then the threshold trustees, owners n+1 to n+m.
namespace suara::election {

enum class CeremonyStep { certificates, coefexps, confirmations, done };
std::string_view step_name(CeremonyStep step);

// What the ceremony waits for; nothing where the draft has no threshold.
std::optional<CeremonyStep> ceremony_step(const Summary& summary);

// The coefexps that are published, in order of trustees: all of them from the step `confirmations` on.
std::vector<ballot::Coefexps> published_coefexps(const Summary& summary);

// The list to seal, as far as it is published: the mandatory trustees' keys, and the threshold item once the ceremony
// is done.
ballot::Trustees published_trustees(const Summary& summary);

// Who published the owner's key or certificate; null where there is no such owner.
const Actor* owner_actor(const Summary& summary, std::uint32_t owner);
// "trustee 3 (trustee:sri)"
std::string owner_name(const Summary& summary, std::uint32_t owner);

// The recorded decryptions of the final tally, by owner.
std::map<std::uint32_t, ballot::PartialDecryption> submitted_decryptions(const Summary& summary);
// What a sealed election's result still waits for.
ballot::Needed needed_decryptions(const Summary& summary);
// Error: conflict, which says who is missing, in `items` with a sentence for each trustee or group.
Result<void> ready_for_result(const Summary& summary);

}  // namespace suara::election
