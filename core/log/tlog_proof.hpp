#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/log/checkpoint.hpp"
#include "core/log/vkey.hpp"

// A receipt that verifies offline for ever (C2SP tlog-proof):
//   proof = "c2sp.org/tlog-proof@v1" LF ["extra " base64 LF] "index " N LF *(base64 hash LF) LF note
// The hashes lead from the leaf's sibling up; the note is a signed checkpoint (checkpoint.hpp). In our receipts `extra`
// is the whole entry, so that the file needs nothing beside it but keys.
namespace suara::log {

struct TlogProof {
  std::uint64_t index = 0;
  std::vector<Hash> hashes;
  std::string checkpoint;              // the whole note
  std::optional<std::string> extra{};  // bytes; proves nothing by itself
};

std::string write_tlog_proof(const TlogProof& proof);
Result<TlogProof> parse_tlog_proof(std::string_view text);  // malformed, too_large

// That the leaf stands at `index` of a tree that one of `keys` signed. Gives that tree's checkpoint.
// Errors: those of open_checkpoint and verify_inclusion.
Result<Checkpoint> verify_tlog_proof(const TlogProof& proof, const Hash& leaf, std::span<const VerifierKey> keys);

}  // namespace suara::log
