#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.hpp"
#include "http/route.hpp"
#include "ledger/people_store.hpp"

namespace suara::http {

using Clock = std::function<Timestamp()>;

constexpr std::string_view session_cookie = "suara_session";
constexpr std::int64_t session_lifetime_ms = 12 * 3600 * 1000;

// 32 random bytes, base64url without padding.
std::string random_token();
std::string base64url(ByteView bytes);
Result<Bytes> from_base64url(std::string_view text);  // error: malformed

// The value of the session cookie, empty where there is none.
std::string_view session_token(const Request& request);

// Finds the request's session and asks whether it may use the route. Blocks on the database. Errors:
// unauthenticated, not_permitted, csrf, unavailable; asked in this order: session, role, CSRF token.
Result<ledger::StaffSession> authorize(ledger::PeopleStore& people, const Request& request, const Route& route,
                                       Timestamp now);

}  // namespace suara::http
