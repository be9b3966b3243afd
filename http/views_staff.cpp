#include "http/views_staff.hpp"

#include "core/crypto/encoding.hpp"
#include "http/json_parts.hpp"

namespace suara::http::views {

std::string session(const ledger::StaffSession& session) {
  JsonWriter json = writer();
  json.begin_object();
  json.text("login", session.login);
  json.text("role", election::role_name(session.role));
  json.text("csrf_token", session.csrf_token);
  json.text("expires", format_time(session.expires));
  json.key("totp").boolean(session.totp);
  json.end_object();
  return json.take();
}

std::string session_id(const ledger::StaffSession& session) {
  return crypto::to_hex(session.token_hash.view().first(8));
}

std::string sessions(const std::vector<ledger::StaffSession>& sessions, const Hash& current) {
  JsonWriter json = writer();
  json.begin_object();
  json.key("sessions").begin_array();
  for (const auto& one : sessions) {
    json.begin_object();
    json.text("id", session_id(one));
    json.text("created", format_time(one.created));
    json.text("last_seen", format_time(one.last_seen));
    json.key("current").boolean(one.token_hash == current);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

std::string staff_added(const std::string& login, election::Role role) {
  JsonWriter json = writer();
  json.begin_object();
  json.text("login", login);
  json.text("role", election::role_name(role));
  json.end_object();
  return json.take();
}

std::string staff(const std::vector<ledger::StaffMember>& members) {
  JsonWriter json = writer();
  json.begin_object();
  json.key("staff").begin_array();
  for (const auto& member : members) {
    json.begin_object();
    json.text("login", member.login);
    json.text("role", election::role_name(member.role));
    json.key("totp").boolean(member.totp);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

std::string setup(bool needed) {
  JsonWriter json = writer();
  json.begin_object();
  json.key("needed").boolean(needed);
  json.end_object();
  return json.take();
}

std::string totp_offer(const std::string& secret, const std::string& uri) {
  JsonWriter json = writer();
  json.begin_object();
  json.text("secret", secret);
  json.text("uri", uri);
  json.end_object();
  return json.take();
}

}  // namespace suara::http::views
