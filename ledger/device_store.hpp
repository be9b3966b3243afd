#pragma once
#include <optional>
#include <set>
#include <string>

#include "core/base/bytes.hpp"
#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"

// How a polling place's device shows that it is one: a code once, then a token. Which devices there are the ledger
// says.
namespace suara::ledger {

struct ClaimedDevice {
  LedgerId ledger;
  std::string device;
};

// Errors of every call: unavailable. Thread-safe; calls block.
class DeviceStore {
 public:
  virtual ~DeviceStore() = default;
  // The code that the device can be claimed with, in place of an earlier one. Error: conflict (the same code is in
  // use).
  virtual Result<void> set_code(LedgerId ledger, const std::string& device, const Hash& code_hash,
                                Timestamp expires) = 0;
  // Uses the code up and gives the device this token, in place of an earlier one. Nothing where there is no such code.
  virtual Result<std::optional<ClaimedDevice>> claim(const Hash& code_hash, const Hash& token_hash, Timestamp now,
                                                     Timestamp expires) = 0;
  virtual Result<std::optional<ClaimedDevice>> device(const Hash& token_hash, Timestamp now) = 0;
  virtual Result<std::set<std::string>> claimed(LedgerId ledger, Timestamp now) = 0;
  virtual Result<void> release(const Hash& token_hash) = 0;  // the device itself logs off
  virtual Result<void> remove(LedgerId ledger, const std::string& device) = 0;
};

}  // namespace suara::ledger
