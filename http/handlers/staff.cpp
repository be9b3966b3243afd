#include "http/handlers/staff.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "core/codec/json_reader.hpp"
#include "core/crypto/password.hpp"
#include "http/passwords.hpp"
#include "http/route.hpp"
#include "http/views_staff.hpp"

namespace suara::http {
namespace {

Result<election::Role> read_role(std::string_view text) {
  const auto role = election::role_from_name(text);
  if (role && std::find(std::begin(staff_roles), std::end(staff_roles), *role) != std::end(staff_roles)) return *role;
  std::string names;
  for (const auto known : staff_roles) names += (names.empty() ? "" : ", ") + std::string(election::role_name(known));
  return fail(ErrorCode::malformed, "staff: role must be one of " + names + ".");
}

Response nothing() {
  Response response;
  response.status = 204;
  return response;
}

// An administrator's own account is changed where its password is asked for.
Result<void> of_another(const Call& call) {
  if (call.rest != call.session->login) return {};
  return fail(ErrorCode::conflict, "This is your own account; another administrator can do this.");
}

}  // namespace

Handler list_staff(ledger::StaffStore& staff) {
  return at_once([&staff](const Call&) -> Result<Response> {
    const auto all = staff.all_staff();
    if (!all) return fail(all.error());
    return json_response(200, views::staff(*all));
  });
}

Handler add_staff(ledger::StaffStore& staff) {
  return at_once([&staff](const Call& call) -> Result<Response> {
    const auto document = codec::JsonDocument::parse(call.request.body, "staff");
    if (!document) return fail(document.error());
    codec::JsonFields fields(document->root(), {"login", "role", "password"});
    const std::string login(fields.text("login"));
    const std::string_view role_text = fields.text("role");
    const std::string_view password = fields.text("password");
    if (fields.failed()) return fail(fields.error());
    if (auto good = check_login(login); !good) return fail(std::move(good.error()));
    if (auto good = check_new_password(password); !good) return fail(std::move(good.error()));
    const auto role = read_role(role_text);
    if (!role) return fail(role.error());
    if (auto added = staff.add_staff({login, *role, crypto::hash_password(password)}); !added) {
      return fail(std::move(added.error()));
    }
    spdlog::info("{} added {}", call.actor().text(), election::Actor{*role, login}.text());
    return json_response(201, views::staff_added(login, *role));
  });
}

Handler remove_staff(ledger::StaffStore& staff) {
  return at_once([&staff](const Call& call) -> Result<Response> {
    if (auto another = of_another(call); !another) return fail(std::move(another.error()));
    if (auto removed = staff.remove_staff(call.rest); !removed) return fail(std::move(removed.error()));
    spdlog::info("{} removed an account", call.actor().text());
    return nothing();
  });
}

Handler reset_staff(ledger::StaffStore& staff) {
  return at_once([&staff](const Call& call) -> Result<Response> {
    const auto document = codec::JsonDocument::parse(call.request.body, "reset");
    if (!document) return fail(document.error());
    codec::JsonFields fields(document->root(), {"password"});
    const std::string_view password = fields.text("password");
    if (fields.failed()) return fail(fields.error());
    if (auto another = of_another(call); !another) return fail(std::move(another.error()));
    if (auto good = check_new_password(password); !good) return fail(std::move(good.error()));
    if (auto reset = staff.reset(call.rest, crypto::hash_password(password)); !reset) {
      return fail(std::move(reset.error()));
    }
    spdlog::info("{} reset an account", call.actor().text());
    return nothing();
  });
}

}  // namespace suara::http
