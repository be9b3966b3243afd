#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/election/state.hpp"
#include "http/caller.hpp"
#include "http/ledgers.hpp"
#include "http/message.hpp"
#include "http/route.hpp"
#include "ledger/device_store.hpp"

namespace suara::http {

using Clock = std::function<Timestamp()>;

constexpr std::string_view session_cookie = "suara_session";
constexpr std::string_view device_cookie = "suara_device";
constexpr std::int64_t session_lifetime_ms = 12 * 3600 * 1000;

// 32 random bytes, base64url without padding.
std::string random_token();
std::string base64url(ByteView bytes);
Result<Bytes> from_base64url(std::string_view text);  // error: malformed

// The value of a cookie, empty where there is none.
std::string_view cookie_value(const Request& request, std::string_view name);
// A Set-Cookie header's value: sent by no other site, read by no script. `tls`: it may then travel over TLS only.
std::string set_cookie(std::string_view name, std::string_view value, std::int64_t seconds, bool tls);

// Who sends a request, and whether they may use its route. Blocks on the database. Thread-safe.
class Access {
 public:
  // Errors: not_found, unavailable.
  using Elections = std::function<Result<std::shared_ptr<const election::Summary>>(const ElectionUuid&)>;

  // `devices` and `ledgers` may be null where no route asks for devices.
  Access(ledger::StaffStore& staff, ledger::DeviceStore* devices, Ledgers* ledgers, Elections elections)
      : staff_(staff), devices_(devices), ledgers_(ledgers), elections_(std::move(elections)) {}

  // Errors, asked in this order: unauthenticated, not_found (the election), not_permitted, csrf; and unavailable.
  Result<Caller> admit(const Request& request, const Route& route, const ElectionUuid& uuid, Timestamp now) const;

  // The claimed device whose cookie the request shows. The ledger says at every request whether it still is one.
  Result<std::optional<CallingDevice>> device(const Request& request, Timestamp now) const;

 private:
  Result<ledger::StaffSession> session(const Request& request, Timestamp now) const;

  ledger::StaffStore& staff_;
  ledger::DeviceStore* devices_;
  Ledgers* ledgers_;
  Elections elections_;
};

}  // namespace suara::http
