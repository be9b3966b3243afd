#pragma once
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "http/handler.hpp"
#include "http/pools.hpp"

namespace suara::http {

// The roles that a session can have.
constexpr election::Role staff_roles[] = {election::Role::administrator, election::Role::committee,
                                          election::Role::registrar, election::Role::trustee,
                                          election::Role::supervisor, election::Role::officer,
                                          election::Role::witness, election::Role::auditor};

// Who may use a route. The empty set is everybody, with or without a session.
class Roles {
 public:
  constexpr Roles() = default;
  constexpr Roles(std::initializer_list<election::Role> roles) {
    for (const auto role : roles) add(role);
  }
  // Whoever has logged in, in whatever role.
  static constexpr Roles session() {
    Roles roles;
    roles.bits_ = ~0u;
    return roles;
  }
  constexpr void add(election::Role role) { bits_ |= 1u << static_cast<unsigned>(role); }
  constexpr bool everybody() const { return bits_ == 0; }
  constexpr bool any_session() const { return bits_ == ~0u; }
  constexpr bool contain(election::Role role) const { return (bits_ >> static_cast<unsigned>(role) & 1) != 0; }

 private:
  std::uint32_t bits_ = 0;
};

enum class BodyKind { none, json, csv, picture };

constexpr std::size_t small_body = 65'536;
constexpr std::size_t large_body = 64u << 20;

struct BodyRule {
  BodyKind kind = BodyKind::none;
  std::size_t limit = small_body;
};

struct Dependencies;  // routes.hpp

// One row of the lists in routes_*.cpp. Patterns are literal segments, `{uuid}` for an election, `{login}` and `{id}` for
// any one segment, and at the end `{rest}` for one or more segments. Below an election the roles are those held in it,
// elsewhere the account's.
struct Route {
  Method method;  // get answers HEAD too
  std::string_view pattern;
  Roles roles;
  BodyRule body;
  Where where;
  Handler (*make)(const Dependencies&);
  bool asks_device = false;  // Call.device is looked up where a polling place's device sends the request

  // Staff requests that change something must show the session's CSRF token.
  bool needs_csrf() const { return !roles.everybody() && method != Method::get; }
};

}  // namespace suara::http
