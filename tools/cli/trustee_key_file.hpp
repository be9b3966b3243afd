#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "core/ballot/threshold.hpp"
#include "core/ballot/trustee.hpp"
#include "tools/cli/outcome.hpp"

// A trustee's key file, readable by its owner alone; the page /trustee reads and writes the same. Of a mandatory
// trustee:
//   {"version":1,"public_key":"<Belenios trustee_public_key, exact text>","secret":"<decimal scalar>"}
// Of a threshold trustee, the last two members once the trustee's share of the secret is complete:
//   {"version":1,"kind":"threshold","election":"<uuid>","seed":"<64 hex>","trustee":j,"secret":"<decimal scalar>"}
// Faults of reading: usage ("file", or what is wrong with the content; secrets are never named).
namespace suara::cli {

struct TrusteeKeyFile {
  crypto::SecretScalar secret;
  ballot::TrusteePublicKey key;
  std::string public_text;  // as published
};

// Refuses to replace a file: a lost secret key means an election that can never be counted.
Outcome<TrusteeKeyFile> create_trustee_key(const std::filesystem::path& path);
Outcome<TrusteeKeyFile> read_trustee_key(const std::filesystem::path& path);

struct CeremonyKeyFile {
  ElectionUuid election;
  crypto::SecretBytes seed;
  struct Share {
    std::uint32_t trustee = 0;
    crypto::SecretScalar secret;
  };
  std::optional<Share> share;
};

// A fresh seed; refuses to replace a file.
Outcome<CeremonyKeyFile> create_ceremony_key(const std::filesystem::path& path, const ElectionUuid& election);
Outcome<CeremonyKeyFile> read_ceremony_key(const std::filesystem::path& path);
// Replaces the file by what it holds with its share.
Outcome<void> write_ceremony_key(const std::filesystem::path& path, const CeremonyKeyFile& key);

// What a trustee of either kind decrypts with.
struct DecryptionKeyFile {
  crypto::SecretScalar secret;
  crypto::Element key;
  std::optional<ElectionUuid> election;  // of a threshold trustee, whose key is for one election
};
Outcome<DecryptionKeyFile> read_decryption_key(const std::filesystem::path& path);

}  // namespace suara::cli
