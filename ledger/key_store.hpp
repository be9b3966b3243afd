#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/crypto/group.hpp"
#include "core/crypto/signature.hpp"
#include "core/log/vkey.hpp"
#include "ledger/key_files.hpp"

namespace suara::ledger {

using SigningKeyPtr = std::shared_ptr<const crypto::SigningKey>;

// The service's secret keys, one folder an election (key_files.hpp): <uuid>/ledger.key (hexadecimal Ed25519 seed), for
// each key that took its place <uuid>/ledger-<key id>.key, and, under the policy live, <uuid>/trustee.key (decimal
// scalar). Thread-safe; keys are loaded once and stay in guarded memory.
class KeyStore {
 public:
  explicit KeyStore(std::filesystem::path dir) : KeyStore(std::make_shared<KeyFiles>(std::move(dir))) {}
  explicit KeyStore(std::shared_ptr<KeyFiles> files) : files_(std::move(files)) {}

  // The first key of a ledger. Errors: conflict (exists), internal (cannot write).
  Result<SigningKeyPtr> create_ledger_key(const ElectionUuid& uuid);
  // A key to take over; it is durable when this succeeds. Errors: internal, malformed (origin).
  Result<SigningKeyPtr> create_next_ledger_key(const ElectionUuid& uuid, const Origin& origin);
  // The first key. Errors: not_found, integrity (unreadable, wrong mode or shape).
  Result<SigningKeyPtr> ledger_key(const ElectionUuid& uuid);
  // The key that `wanted` names. Errors: not_found (says which file is missing and what to do), integrity.
  Result<SigningKeyPtr> ledger_key(const ElectionUuid& uuid, const log::VerifierKey& wanted);

  Result<std::shared_ptr<const crypto::SecretScalar>> create_trustee_key(const ElectionUuid& uuid);
  Result<std::shared_ptr<const crypto::SecretScalar>> trustee_key(const ElectionUuid& uuid);

 private:
  Result<SigningKeyPtr> load(const ElectionUuid& uuid, const std::string& name);
  Result<SigningKeyPtr> create(const ElectionUuid& uuid, const std::string& name, crypto::SigningKey made);

  const std::shared_ptr<KeyFiles> files_;
  std::mutex mutex_;
  std::map<std::pair<ElectionUuid, std::string>, SigningKeyPtr> ledger_keys_;  // by the file's name
  std::map<ElectionUuid, std::shared_ptr<const crypto::SecretScalar>> trustee_keys_;
};

}  // namespace suara::ledger
