#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "core/log/checkpoint.hpp"
#include "core/log/vkey.hpp"
#include "ledger/checkpoint_files.hpp"
#include "ledger/witness_client.hpp"

namespace suara::ledger {

// A witness whom this service tells of its checkpoints.
struct Witness {
  std::string name;      // as the operator's file calls it
  log::VerifierKey key;  // of a cosigner
  std::string url;       // its submission prefix; shown, and the client's matter otherwise
  std::string key_text() const { return log::verifier_key_text(key); }
};

// What came of asking a witness to cosign one head.
struct WitnessAnswer {
  enum class Kind {
    cosigned,     // `cosignature` is verified
    ahead,        // it has cosigned a larger head: of `known` entries
    refused,      // it answered, and will not; or what it answered is worth nothing
    unreachable,  // no answer, or one that asks for another try
    not_ready,    // the log's own files do not give a proof at the moment
  };
  Kind kind = Kind::unreachable;
  std::optional<std::uint64_t> known;  // entries of the head that it cosigned last, where it is known
  std::optional<log::NoteSignature> cosignature;
  std::string detail;  // why it did not cosign, as a sentence
};

// Asks once, and as often again as the witness says from which size to prove (C2SP: 409), within a few tries. `known`
// is what it cosigned last, as far as that is known. Blocks as long as the client does. `ledger_key` is for a sentence
// that tells the witness's operator what to do.
WitnessAnswer ask_witness(WitnessClient& client, const Witness& witness, const LogFolder& log,
                          const log::SignedCheckpoint& head, std::uint64_t known, const std::string& ledger_key);

// When a cosignature was made, in seconds since 1970 as the witness says; nothing where it is none.
std::optional<std::uint64_t> cosignature_time(const log::NoteSignature& line);

}  // namespace suara::ledger
