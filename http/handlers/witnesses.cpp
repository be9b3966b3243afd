#include "http/handlers/witnesses.hpp"

#include "http/handlers/lookup.hpp"
#include "http/views_witnesses.hpp"

namespace suara::http {

std::string witnesses_json(const election::Summary& summary, const ledger::WitnessFeed& witnesses) {
  const auto& policy = summary.draft.policies.witnesses;
  if (!policy) return views::witnesses({}, {}, {});
  return views::witnesses(policy, witnesses.status(summary.uuid, *policy), witnesses.witnessed(summary.uuid, *policy));
}

Handler show_witnesses(ledger::CommandHandler& commands, const ledger::WitnessFeed& witnesses) {
  return at_once([&commands, &witnesses](const Call& call) -> Result<Response> {
    const auto summary = find_election(commands, call.uuid);
    if (!summary) return fail(summary.error());
    return json_response(200, witnesses_json(**summary, witnesses));
  });
}

}  // namespace suara::http
