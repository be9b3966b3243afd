#pragma once
#include "core/election/action.hpp"
#include "http/routes.hpp"

// What the route lists are written with; included by them alone.
namespace suara::http {

using D = const Dependencies&;

constexpr Roles everybody{};
constexpr Roles any_account = Roles::session();
constexpr Roles administrator{election::Role::administrator};
constexpr Roles all_staff = [] {
  Roles roles;
  for (const auto role : staff_roles) roles.add(role);
  return roles;
}();

// The roles that the domain permits an action to, as far as a session can have them.
Roles may(election::Action action);

constexpr BodyRule no_body{};
constexpr BodyRule json{BodyKind::json, small_body};
constexpr BodyRule large_json{BodyKind::json, large_body};
constexpr BodyRule large_csv{BodyKind::csv, large_body};
constexpr BodyRule picture{BodyKind::picture, ledger::max_photo_bytes};

constexpr Method get = Method::get;
constexpr Method post = Method::post;
constexpr Method remove = Method::remove;
constexpr Method options = Method::options;

constexpr bool asks_device = true;

// Joined to the rest of a pattern by the compiler.
#define ELECTION "/api/v1/elections/{uuid}"

}  // namespace suara::http
