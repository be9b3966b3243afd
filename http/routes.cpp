#include "http/routes.hpp"

#include <algorithm>
#include <vector>

#include "http/route_parts.hpp"

namespace suara::http {

Roles may(election::Action action) {
  Roles roles;
  for (const auto role : election::roles_of(action)) {
    if (std::find(std::begin(staff_roles), std::end(staff_roles), role) != std::end(staff_roles)) roles.add(role);
  }
  return roles;
}

std::span<const Route> route_table() {
  static const std::vector<Route> table = [] {
    std::vector<Route> all;
    for (const auto list :
         {figure_routes(), setup_routes(), roll_routes(), official_routes(), staff_routes(), page_routes()}) {
      all.insert(all.end(), list.begin(), list.end());
    }
    return all;
  }();
  return table;
}

}  // namespace suara::http
