#include "http/roles_held.hpp"

namespace suara::http {
namespace {

using election::Role;

// Who holds several acts in the first of these that may: a trustee's keys stay the trustee's, and the second member
// that an approval asks for is one of the committee.
constexpr Role preferred[] = {Role::trustee, Role::committee,  Role::administrator, Role::registrar,
                              Role::officer, Role::supervisor, Role::witness,       Role::auditor};

}  // namespace

std::vector<HeldRole> roles_held(const election::Summary& summary, const ledger::StaffSession& session) {
  std::vector<HeldRole> held;
  const bool of_account = session.role == Role::administrator || (!summary.appoints && session.role != Role::officer);
  if (of_account) held.push_back({session.role, {}});
  for (const election::Appointment& appointment : summary.officials) {
    if (appointment.login == session.login) held.push_back({appointment.role, appointment.place});
  }
  return held;
}

std::optional<Role> acting_role(const std::vector<HeldRole>& held, const Roles& allowed) {
  for (const Role role : preferred) {
    if (!allowed.contain(role)) continue;
    for (const HeldRole& one : held) {
      if (one.role == role) return role;
    }
  }
  return std::nullopt;
}

}  // namespace suara::http
