#include "http/handlers/devices.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "core/codec/json_reader.hpp"
#include "core/crypto/hash.hpp"
#include "http/device_code.hpp"
#include "http/handlers/lookup.hpp"
#include "http/passwords.hpp"
#include "http/views.hpp"
#include "http/views_officials.hpp"

namespace suara::http {
namespace {

constexpr std::int64_t token_lifetime_s = 30 * 24 * 3600;

Result<std::string> new_code(ledger::DeviceStore& devices, LedgerId ledger, const std::string& device, Timestamp now) {
  const std::string code = device_code::random_code();
  auto set = devices.set_code(ledger, device, device_code::hash(code), {now.ms + device_code::lifetime_ms});
  if (!set) return fail(std::move(set.error()));
  return code;
}

// An officer has a say over the devices of the officer's own places only.
Result<void> may_command(const Call& call, const PlaceId& place) {
  if (call.role != election::Role::officer || call.officer_at().contains(place)) return {};
  return fail(ErrorCode::not_permitted, "You are an officer of another polling place than this device.");
}

Result<election::Device> known_device(const election::Summary& summary, const std::string& id) {
  for (const election::Device& device : summary.devices) {
    if (device.id == id) return device;
  }
  return fail(ErrorCode::not_found, "This election has no device with this id.");
}

}  // namespace

Handler list_devices(ledger::CommandHandler& commands, ledger::DeviceStore& devices, Ledgers& ledgers, Clock clock) {
  return at_once([&commands, &devices, &ledgers, clock = std::move(clock)](const Call& call) -> Result<Response> {
    const auto summary = find_election(commands, call.uuid);
    if (!summary) return fail(summary.error());
    const auto ledger = ledgers.find(call.uuid);
    if (!ledger) return fail(ledger.error());
    const auto claimed = devices.claimed(ledger->id, clock());
    if (!claimed) return fail(claimed.error());
    return json_response(200, views::devices(**summary, *claimed));
  });
}

Handler enrol_device(ledger::CommandHandler& commands, ledger::DeviceStore& devices, Ledgers& ledgers, Clock clock) {
  return at_once([&commands, &devices, &ledgers, clock = std::move(clock)](const Call& call) -> Result<Response> {
    const auto document = codec::JsonDocument::parse(call.request.body, "device");
    if (!document) return fail(document.error());
    codec::JsonFields fields(document->root(), {"name", "place"});
    const election::EnrolDevice command{device_code::random_device_id(), std::string(fields.text("name")),
                                        PlaceId{std::string(fields.text("place"))}};
    if (fields.failed()) return fail(fields.error());
    const auto ledger = ledgers.find(call.uuid);
    if (!ledger) return fail(ledger.error());
    const auto receipt = commands.call(call.uuid, election::Command(command), call.actor());
    if (!receipt) return fail(receipt.error());
    const auto code = new_code(devices, ledger->id, command.device, clock());
    if (!code) return fail(code.error());
    return json_response(201, views::device_code(command.device, *code, &*receipt));
  });
}

Handler renew_device_code(ledger::CommandHandler& commands, ledger::DeviceStore& devices, Ledgers& ledgers,
                          Clock clock) {
  return at_once([&commands, &devices, &ledgers, clock = std::move(clock)](const Call& call) -> Result<Response> {
    const auto document = codec::JsonDocument::parse(call.request.body, "device");
    if (!document) return fail(document.error());
    codec::JsonFields fields(document->root(), {"device"});
    const std::string id(fields.text("device"));
    if (fields.failed()) return fail(fields.error());
    const auto summary = find_election(commands, call.uuid);
    if (!summary) return fail(summary.error());
    const auto device = known_device(**summary, id);
    if (!device) return fail(device.error());
    if (auto allowed = may_command(call, device->place); !allowed) return fail(std::move(allowed.error()));
    if (device->revoked) {
      return fail(ErrorCode::conflict, "This device was revoked; enrol the machine anew to use it again.");
    }
    const auto ledger = ledgers.find(call.uuid);
    if (!ledger) return fail(ledger.error());
    const auto code = new_code(devices, ledger->id, id, clock());
    if (!code) return fail(code.error());
    return json_response(201, views::device_code(id, *code, nullptr));
  });
}

Handler revoke_device(ledger::CommandHandler& commands, ledger::DeviceStore& devices, Ledgers& ledgers) {
  return at_once([&commands, &devices, &ledgers](const Call& call) -> Result<Response> {
    const auto document = codec::JsonDocument::parse(call.request.body, "device");
    if (!document) return fail(document.error());
    codec::JsonFields fields(document->root(), {"device", "reason"});
    const election::RevokeDevice command{std::string(fields.text("device")), std::string(fields.text("reason"))};
    if (fields.failed()) return fail(fields.error());
    const auto ledger = ledgers.find(call.uuid);
    if (!ledger) return fail(ledger.error());
    const auto receipt = commands.call(call.uuid, election::Command(command), call.actor());
    if (!receipt) return fail(receipt.error());
    // The ledger's word alone holds the device off; its row is only not needed any more.
    if (const auto removed = devices.remove(ledger->id, command.device); !removed) {
      spdlog::warn("a revoked device's row was not removed: {}", removed.error().detail);
    }
    return json_response(201, views::recorded(*receipt));
  });
}

Handler claim_device(ledger::CommandHandler& commands, ledger::DeviceStore& devices, Ledgers& ledgers,
                     LoginGuard& claims, Clock clock, bool tls) {
  return at_once([&commands, &devices, &ledgers, &claims, clock = std::move(clock),
                  tls](const Call& call) -> Result<Response> {
    const auto document = codec::JsonDocument::parse(call.request.body, "device");
    if (!document) return fail(document.error());
    codec::JsonFields fields(document->root(), {"code"});
    const std::string code = device_code::tidied(fields.text("code").substr(0, 4 * device_code::length));
    if (fields.failed()) return fail(fields.error());
    const Timestamp now = clock();
    if (const unsigned wait = claims.begin({}, call.request.peer, now); wait > 0) {
      return error_response(too_many_tries(wait), wait);
    }
    const std::string token = random_token();
    const auto claimed =
        devices.claim(device_code::hash(code), crypto::sha256(token), now, {now.ms + token_lifetime_s * 1000});
    if (!claimed || *claimed) claims.forgive({}, call.request.peer, now);
    if (!claimed) return fail(claimed.error());
    if (!*claimed) {
      return fail(ErrorCode::not_found,
                  "This code is wrong, was used, or is older than 15 minutes; ask for a new one and type it again.");
    }
    const auto ledger = ledgers.find((*claimed)->ledger);
    if (!ledger) return fail(ledger.error());
    const auto summary = find_election(commands, ledger->uuid);
    if (!summary) return fail(summary.error());
    const auto device = known_device(**summary, (*claimed)->device);
    if (!device || device->revoked) {
      return fail(ErrorCode::not_found, "This device was revoked; ask for it to be enrolled anew.");
    }
    Response response = json_response(200, views::own_device({ledger->uuid, device->place, device->id}, **summary));
    response.headers.emplace_back("Set-Cookie", set_cookie(device_cookie, token, token_lifetime_s, tls));
    return response;
  });
}

Handler show_own_device(ledger::CommandHandler& commands) {
  return at_once([&commands](const Call& call) -> Result<Response> {
    if (!call.device) return fail(ErrorCode::not_found, "This device is not enrolled, or no longer.");
    const auto summary = find_election(commands, call.device->election);
    if (!summary) return fail(summary.error());
    return json_response(200, views::own_device(*call.device, **summary));
  });
}

Handler release_device(ledger::DeviceStore& devices, bool tls) {
  return at_once([&devices, tls](const Call& call) -> Result<Response> {
    const std::string_view token = cookie_value(call.request, device_cookie);
    if (!token.empty()) {
      if (auto released = devices.release(crypto::sha256(token)); !released) return fail(std::move(released.error()));
    }
    Response response;
    response.status = 204;
    response.headers.emplace_back("Set-Cookie", set_cookie(device_cookie, "", 0, tls));
    return response;
  });
}

}  // namespace suara::http
