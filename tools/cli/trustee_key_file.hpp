#pragma once
#include <filesystem>
#include <string>

#include "core/ballot/trustee.hpp"
#include "tools/cli/outcome.hpp"

// A trustee's key file, readable by its owner alone:
//   {"version":1,"public_key":"<Belenios trustee_public_key, exact text>","secret":"<decimal scalar>"}
namespace suara::cli {

struct TrusteeKeyFile {
  crypto::SecretScalar secret;
  ballot::TrusteePublicKey key;
  std::string public_text;  // as published
};

// Refuses to replace a file: a lost secret key means an election that can never be counted.
Outcome<TrusteeKeyFile> create_trustee_key(const std::filesystem::path& path);

// Faults: usage ("file", or what is wrong with the content; the secret is never named).
Outcome<TrusteeKeyFile> read_trustee_key(const std::filesystem::path& path);

}  // namespace suara::cli
