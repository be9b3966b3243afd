#include "http/handlers/officials.hpp"

#include "core/codec/json_reader.hpp"
#include "http/handlers/lookup.hpp"
#include "http/views.hpp"
#include "http/views_officials.hpp"

namespace suara::http {
namespace {

Result<election::Appointment> read_appointment(codec::JsonFields& fields) {
  election::Appointment appointment;
  appointment.login = fields.text("login");
  const std::string_view role_text = fields.text("role");
  if (fields.has("place")) appointment.place = PlaceId{std::string(fields.text("place"))};
  if (fields.failed()) return fail(fields.error());
  const auto role = election::role_from_name(role_text);
  if (!role) {
    return fail(ErrorCode::malformed,
                "official: role must be one of committee, registrar, officer, trustee, witness, supervisor, auditor.");
  }
  appointment.role = *role;
  return appointment;
}

}  // namespace

Handler show_me() {
  return at_once([](const Call& call) -> Result<Response> { return json_response(200, views::me(call)); });
}

Handler list_officials(ledger::CommandHandler& commands) {
  return at_once([&commands](const Call& call) -> Result<Response> {
    const auto summary = find_election(commands, call.uuid);
    if (!summary) return fail(summary.error());
    return json_response(200, views::officials(**summary));
  });
}

Handler appoint_official(ledger::CommandHandler& commands, ledger::StaffStore& staff) {
  return at_once([&commands, &staff](const Call& call) -> Result<Response> {
    const auto document = codec::JsonDocument::parse(call.request.body, "official");
    if (!document) return fail(document.error());
    codec::JsonFields fields(document->root(), {"login", "role"}, {"place"});
    const auto appointment = read_appointment(fields);
    if (!appointment) return fail(appointment.error());
    const auto account = staff.staff(appointment->login);
    if (!account) return fail(account.error());
    if (!*account) {
      return fail(ErrorCode::not_found, "There is no account with this login; an administrator can add one.");
    }
    const auto receipt =
        commands.call(call.uuid, election::Command(election::AppointOfficial{*appointment}), call.actor());
    if (!receipt) return fail(receipt.error());
    return json_response(201, views::recorded(*receipt));
  });
}

Handler revoke_official(ledger::CommandHandler& commands) {
  return at_once([&commands](const Call& call) -> Result<Response> {
    const auto document = codec::JsonDocument::parse(call.request.body, "official");
    if (!document) return fail(document.error());
    codec::JsonFields fields(document->root(), {"login", "role", "reason"}, {"place"});
    const auto appointment = read_appointment(fields);
    if (!appointment) return fail(appointment.error());
    const std::string reason(fields.text("reason"));
    if (fields.failed()) return fail(fields.error());
    const auto receipt =
        commands.call(call.uuid, election::Command(election::RevokeOfficial{*appointment, reason}), call.actor());
    if (!receipt) return fail(receipt.error());
    return json_response(201, views::recorded(*receipt));
  });
}

}  // namespace suara::http
