#include "http/routes.hpp"

#include <vector>

#include "http/route_parts.hpp"

namespace suara::http {

Roles may(election::Action action) {
  Roles roles;
  for (const auto role : staff_roles) {
    if (election::may(role, action)) roles.add(role);
  }
  return roles;
}

std::span<const Route> route_table() {
  static const std::vector<Route> table = [] {
    std::vector<Route> all;
    for (const auto list : {setup_routes(), roll_routes(), figure_routes(), official_routes(), staff_routes(),
                            page_routes()}) {
      all.insert(all.end(), list.begin(), list.end());
    }
    return all;
  }();
  return table;
}

}  // namespace suara::http
