#pragma once
#include <string>
#include <vector>

#include "core/ballot/types.hpp"
#include "tools/cli/api.hpp"
#include "tools/cli/outcome.hpp"

// What a trustee is asked to decrypt, and whether it should. A trustee that decrypts whatever it is handed can be
// made to open a single ballot; so everything is checked that can be.
namespace suara::cli {

struct DecryptionRequest {
  ballot::Election election;
  ballot::EncryptedTally tally;
  std::string tally_text;
  ballot::Trustees trustees;
  std::vector<std::uint64_t> submitted;  // owners, 1-based
  std::string shown_fingerprint;         // of the election as everybody sees it
};

// Faults: refused; unreachable.
Outcome<DecryptionRequest> fetch_decryption_request(Api& api, const std::string& uuid);

// The trustee's number, 1-based, where the request is sound: the uuid and fingerprint are the election's, the keys are
// proven and multiply to its public key, this one is among them, has not decrypted yet and is still needed, and the
// tally has the shape of the questions.
Outcome<std::uint64_t> check_decryption_request(const DecryptionRequest& request, const std::string& uuid,
                                                const crypto::Element& key);

// The API's request body: the partial decryption with both proofs.
std::string decryption_body(const DecryptionRequest& request, std::uint64_t owner, const crypto::SecretScalar& secret);

}  // namespace suara::cli
