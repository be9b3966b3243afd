#include "http/access.hpp"

#include <array>

#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "core/crypto/secret.hpp"
#include "http/roles_held.hpp"

namespace suara::http {
namespace {

constexpr std::size_t max_token = 64;
constexpr std::int64_t ms_between_sightings = 60'000;  // a session's last use is stored no more often

std::string refusal(const std::vector<HeldRole>& held, bool account) {
  if (held.empty()) {
    return "You hold no role in this election; its committee can appoint you.";
  }
  std::string roles;
  for (const HeldRole& one : held) {
    const std::string name(election::role_name(one.role));
    if (roles.find(name) == std::string::npos) roles += (roles.empty() ? "" : ", ") + name;
  }
  return "The role " + roles + (account ? " may not do this." : ", which you hold in this election, may not do this.");
}

}  // namespace

std::string base64url(ByteView bytes) {
  std::string text = crypto::to_base64_unpadded(bytes);
  for (char& c : text) {
    if (c == '+') c = '-';
    if (c == '/') c = '_';
  }
  return text;
}

Result<Bytes> from_base64url(std::string_view text) {
  std::string plain(text);
  for (char& c : plain) {
    if (c == '+' || c == '/') return fail(ErrorCode::malformed, "Must be base64url: letters, digits, - and _.");
    if (c == '-') c = '+';
    if (c == '_') c = '/';
  }
  return crypto::from_base64_unpadded(plain);
}

std::string random_token() {
  std::array<std::uint8_t, 32> bytes{};
  crypto::random_fill(bytes);
  return base64url(bytes);
}

std::string_view cookie_value(const Request& request, std::string_view name) {
  std::string_view cookies = request.header("cookie");
  while (!cookies.empty()) {
    const std::size_t end = cookies.find(';');
    std::string_view pair = cookies.substr(0, end);
    cookies = end == std::string_view::npos ? std::string_view{} : cookies.substr(end + 1);
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    if (pair.starts_with(name) && pair.substr(name.size()).starts_with('=')) return pair.substr(name.size() + 1);
  }
  return {};
}

std::string set_cookie(std::string_view name, std::string_view value, std::int64_t seconds, bool tls) {
  std::string text(name);
  text.append("=")
      .append(value)
      .append("; Path=/; HttpOnly; SameSite=Strict; Max-Age=")
      .append(std::to_string(seconds));
  if (tls) text += "; Secure";
  return text;
}

Result<ledger::StaffSession> Access::session(const Request& request, Timestamp now) const {
  const std::string_view token = cookie_value(request, session_cookie);
  if (token.empty() || token.size() > max_token) {
    return fail(ErrorCode::unauthenticated, "This address is for staff. Log in first.");
  }
  const Hash hash = crypto::sha256(token);
  auto found = staff_.session(hash, now);
  if (!found) return fail(std::move(found.error()));
  if (!*found) return fail(ErrorCode::unauthenticated, "The session is unknown or has expired. Log in again.");
  if (now.ms - (*found)->last_seen.ms >= ms_between_sightings) {
    if (auto touched = staff_.touch_session(hash, now); !touched) return fail(std::move(touched.error()));
  }
  return std::move(**found);
}

Result<Caller> Access::admit(const Request& request, const Route& route, const ElectionUuid& uuid,
                             Timestamp now) const {
  Caller caller;
  if (route.asks_device) {
    auto found = device(request, now);
    if (!found) return fail(std::move(found.error()));
    caller.device = std::move(*found);
  }
  if (route.roles.everybody()) return caller;
  auto session = this->session(request, now);
  if (!session) return fail(std::move(session.error()));
  if (uuid.value.empty()) {
    caller.held = {{session->role, {}}};
  } else {
    const auto summary = elections_(uuid);
    if (!summary) return fail(summary.error());
    caller.held = roles_held(**summary, *session);
  }
  if (const auto role = acting_role(caller.held, route.roles)) {
    caller.role = *role;
  } else if (route.roles.any_session()) {
    caller.role = session->role;
  } else {
    return fail(ErrorCode::not_permitted, refusal(caller.held, uuid.value.empty()));
  }
  if (route.needs_csrf()) {
    const std::string_view shown = request.header("x-csrf-token");
    if (shown.empty()) return fail(ErrorCode::csrf, "The header X-CSRF-Token is missing; reload the page.");
    if (!crypto::equal_constant_time(as_bytes(shown), as_bytes(session->csrf_token))) {
      return fail(ErrorCode::csrf, "The header X-CSRF-Token is not this session's; reload the page.");
    }
  }
  caller.session = std::move(*session);
  return caller;
}

Result<std::optional<CallingDevice>> Access::device(const Request& request, Timestamp now) const {
  const std::string_view token = cookie_value(request, device_cookie);
  if (devices_ == nullptr || token.empty() || token.size() > max_token) return std::nullopt;
  const auto claimed = devices_->device(crypto::sha256(token), now);
  if (!claimed) return fail(claimed.error());
  if (!*claimed) return std::nullopt;
  const auto ledger = ledgers_->find((*claimed)->ledger);
  if (!ledger) return fail(ledger.error());
  const auto summary = elections_(ledger->uuid);
  if (!summary) return fail(summary.error());
  for (const election::Device& one : (*summary)->devices) {
    if (one.id == (*claimed)->device && !one.revoked) return CallingDevice{ledger->uuid, one.place, one.id};
  }
  return std::nullopt;
}

}  // namespace suara::http
