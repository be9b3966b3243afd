#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

// The public record of one election as other programs of the Belenios protocol write and verify it: a `.bel` file.
// Old-style tar, nothing after the last entry:
//   header[512]   name[100] "0000644\0" "0000000\0" "0000000\0" size[11 octal]\0 mtime[11 octal]\0
//                 checksum[6 octal]\0' ' '0', all else zero
//   content, padded with zeros to 512 bytes
// First `BELENIOS` {"version":1,"timestamp":"<unix seconds>"}, the mtime of all; then <sha256>.data.json and
// <sha256>.event.json, where the data an event needs stand right before it unless they stood earlier already.
namespace suara::codec {

enum class BelEventType { setup, ballot, end_ballots, encrypted_tally, partial_decryption, result };

struct BelEvent {
  Hash id;                     // of the event's bytes
  std::optional<Hash> parent;  // absent in the first
  std::uint64_t height = 0;
  BelEventType type = BelEventType::setup;
  std::optional<Hash> payload;  // absent for end_ballots
};

struct SetupData {
  Hash election;
  Hash trustees;
  Hash credentials;
};

struct OwnedPartialDecryption {
  std::uint32_t owner = 0;  // 1-based place in `trustees`
  Hash payload;
};

// Names are the hashes of their bytes, the events form one chain without gaps in the protocol's order, and all data
// an event refers to are there. What the data mean (proofs, tally) is not looked at. Views point into the bytes
// that were read.
struct BelArchive {
  std::uint64_t timestamp = 0;
  std::vector<BelEvent> events;
  std::unordered_map<Hash, std::string_view> data;
};

// Errors: malformed (the form), integrity (a hash, the chain, missing or surplus data), unsupported (version, an event
// of another kind). An election that is still open, whose archive ends early, is accepted.
Result<BelArchive> read_bel_archive(std::string_view bytes);

Result<SetupData> read_setup_data(std::string_view json);
Result<OwnedPartialDecryption> read_owned_partial_decryption(std::string_view json);

}  // namespace suara::codec
