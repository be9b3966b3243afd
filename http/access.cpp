#include "http/access.hpp"

#include <array>

#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "core/crypto/secret.hpp"

namespace suara::http {

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

std::string_view session_token(const Request& request) {
  std::string_view cookies = request.header("cookie");
  while (!cookies.empty()) {
    const std::size_t end = cookies.find(';');
    std::string_view pair = cookies.substr(0, end);
    cookies = end == std::string_view::npos ? std::string_view{} : cookies.substr(end + 1);
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    if (pair.starts_with(session_cookie) && pair.substr(session_cookie.size()).starts_with('=')) {
      return pair.substr(session_cookie.size() + 1);
    }
  }
  return {};
}

Result<ledger::StaffSession> authorize(ledger::PeopleStore& people, const Request& request, const Route& route,
                                       Timestamp now) {
  const std::string_view token = session_token(request);
  if (token.empty() || token.size() > 64) {
    return fail(ErrorCode::unauthenticated, "This address is for staff. Log in first.");
  }
  auto found = people.session(crypto::sha256(token), now);
  if (!found) return fail(std::move(found.error()));
  if (!*found) return fail(ErrorCode::unauthenticated, "The session is unknown or has expired. Log in again.");
  ledger::StaffSession& session = **found;
  if (!route.roles.contain(session.role)) {
    return fail(ErrorCode::not_permitted,
                "The role " + std::string(election::role_name(session.role)) + " may not do this.");
  }
  if (route.needs_csrf()) {
    const std::string_view shown = request.header("x-csrf-token");
    if (shown.empty()) return fail(ErrorCode::csrf, "The header X-CSRF-Token is missing; reload the page.");
    if (!crypto::equal_constant_time(as_bytes(shown), as_bytes(session.csrf_token))) {
      return fail(ErrorCode::csrf, "The header X-CSRF-Token is not this session's; reload the page.");
    }
  }
  return std::move(session);
}

}  // namespace suara::http
