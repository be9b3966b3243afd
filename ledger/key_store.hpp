#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/crypto/group.hpp"
#include "core/crypto/signature.hpp"

namespace suara::ledger {

// The service's secret keys, one folder an election, files of mode 0600 in folders of mode 0700:
// <dir>/<uuid>/ledger.key (hexadecimal Ed25519 seed) and, under the policy live, <dir>/<uuid>/trustee.key (decimal
// scalar). A file that others can read is refused. Thread-safe; keys are loaded once and stay in guarded memory.
class KeyStore {
 public:
  explicit KeyStore(std::filesystem::path dir);
  // Errors: conflict (exists), internal (cannot write).
  Result<std::shared_ptr<const crypto::SigningKey>> create_ledger_key(const ElectionUuid& uuid);
  // Errors: not_found, integrity (unreadable, wrong mode or shape).
  Result<std::shared_ptr<const crypto::SigningKey>> ledger_key(const ElectionUuid& uuid);
  Result<std::shared_ptr<const crypto::SecretScalar>> create_trustee_key(const ElectionUuid& uuid);
  Result<std::shared_ptr<const crypto::SecretScalar>> trustee_key(const ElectionUuid& uuid);

 private:
  std::filesystem::path dir_;
  std::mutex mutex_;
  std::map<ElectionUuid, std::shared_ptr<const crypto::SigningKey>> ledger_keys_;
  std::map<ElectionUuid, std::shared_ptr<const crypto::SecretScalar>> trustee_keys_;
};

}  // namespace suara::ledger
