#pragma once
#include <filesystem>
#include <string>

#include "core/crypto/sealer.hpp"
#include "tools/cli/outcome.hpp"

// The service's key files as its key folder holds them (ledger/README.md): a seed of 64 hexadecimal digits or a decimal
// number, plain or sealed. Faults: usage ("file", or what is wrong with the content; secrets are never named).
namespace suara::cli {

struct SealOptions {
  std::string passphrase_file;
  std::string seal_file;  // one of the two
};

// Fault: usage where neither is named.
Outcome<crypto::Sealer> read_sealer(const SealOptions& options);

// What the file will hold once it is sealed, or plain. A sealed text was opened again before it is given.
Outcome<crypto::SecretBytes> sealed_service_key(const std::filesystem::path& file, crypto::Sealer& sealer);
Outcome<crypto::SecretBytes> opened_service_key(const std::filesystem::path& file, crypto::Sealer& sealer);

// What may be told of a key file.
struct ServiceKey {
  std::string kind;  // "sealing-key", "ledger", "trustee", "sealed"
  std::string name;  // of the value in JSON; may be empty
  std::string value;
  std::string sentence;
};
// A sealed one is opened where something is named to open it with; a ledger's key is told with the ledger's `origin`.
Outcome<ServiceKey> describe_service_key(const std::filesystem::path& file, const SealOptions& options,
                                         const std::string& origin);

}  // namespace suara::cli
