#include "http/handlers/elections.hpp"

#include "core/codec/event.hpp"
#include "http/handlers/lookup.hpp"
#include "http/views.hpp"

namespace suara::http {
namespace {

Result<std::vector<election::Appointment>> appointed(ledger::StaffStore& staff, const Request& request) {
  const auto whom = request.parameter("appoint");
  if (whom && *whom != "all" && *whom != "none") {
    return fail(ErrorCode::malformed, "The parameter appoint must be all or none.");
  }
  std::vector<election::Appointment> appointments;
  if (whom && *whom == "none") return appointments;
  const auto accounts = staff.all_staff();
  if (!accounts) return fail(accounts.error());
  for (const auto& account : *accounts) {
    const bool needs_more = account.role == election::Role::administrator || account.role == election::Role::officer;
    if (!needs_more) appointments.push_back({account.login, account.role, {}});
  }
  return appointments;
}

}  // namespace

Handler list_elections(ledger::CommandHandler& commands) {
  return at_once([&commands](const Call&) -> Result<Response> {
    std::vector<views::Shown> list;
    for (auto& summary : commands.summaries()) list.push_back(views::shown(commands, std::move(summary)));
    if (list.empty() && !commands.available()) {
      return fail(ErrorCode::unavailable, "The database cannot be reached; try again in a moment.");
    }
    return json_response(200, views::elections(list));
  });
}

Handler show_election(ledger::CommandHandler& commands) {
  return at_once([&commands](const Call& call) -> Result<Response> {
    const auto summary = find_election(commands, call.uuid);
    if (!summary) return fail(summary.error());
    return json_response(200, views::election(views::shown(commands, *summary)));
  });
}

Handler draft_election(ledger::CommandHandler& commands, ledger::StaffStore& staff, std::string origin_prefix,
                       Clock clock) {
  return at_once([&commands, &staff, origin_prefix = std::move(origin_prefix),
                  clock = std::move(clock)](const Call& call) -> Result<Response> {
    auto appointments = appointed(staff, call.request);
    if (!appointments) return fail(appointments.error());
    const auto draft = codec::read_draft(call.request.body);
    if (!draft) return fail(draft.error());
    const std::string prefix =
        origin_prefix.empty() ? "suara.local/" + format_time(clock()).substr(0, 4) : origin_prefix;
    const auto receipt = commands.open_ledger(*draft, prefix, call.actor(), std::move(*appointments));
    if (!receipt) return fail(receipt.error());
    return json_response(201, views::recorded(*receipt));
  });
}

}  // namespace suara::http
