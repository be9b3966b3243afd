#pragma once
#include <cstdint>
#include <optional>
#include <string>
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
  std::uint64_t place = 0;      // where it stands among the events, from 0; its height says the same or is a fault
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

// Views point into the bytes that were read.
struct BelArchive {
  std::uint64_t timestamp = 0;
  std::vector<BelEvent> events;
  std::unordered_map<Hash, std::string_view> data;
};

// Names are the hashes of their bytes, the events form one chain without gaps in the protocol's order, and exactly the
// data an event refers to stand before it. What the data mean (proofs, tally) is not looked at.
// Errors: malformed (the form), integrity (a hash, the chain, missing or surplus data), unsupported (version, an event
// of another kind). An election that is still open, whose archive ends early, is accepted.
Result<BelArchive> read_bel_archive(std::string_view bytes);

// The same for a judge, who wants to know all that is wrong and what can be read all the same.
enum class BelFaultKind {
  form,     // tar, names, hashes, the text of an event, missing or surplus data
  chain,    // an event's height or parent
  order,    // an event of a type that may not stand there
  payload,  // an event's payload that should name other data does not read
};
struct BelFault {
  BelFaultKind kind;
  std::uint64_t place;  // of the event it was found at, from 0; data belong to the event they stand before
  Error error;
  std::optional<BelEventType> event;  // where one was read
};
struct BelReading {
  std::size_t entries = 0;       // of the tar, as far as its form goes
  std::size_t events_seen = 0;   // those that read as an event, whether they may stand where they do or not
  BelArchive archive;            // without the events that may not stand where they do
  std::vector<BelFault> faults;  // in order of place
};
BelReading read_bel_leniently(std::string_view bytes);

// Whether an event of type `after` may stand after one of type `before`: ballots repeat until the end, then partial
// decryptions until the result. The first is setup.
bool may_follow(BelEventType before, BelEventType after);

std::string write_bel_head(std::uint64_t timestamp);  // BELENIOS
std::string write_bel_event(const BelEvent& event);

std::string write_setup_data(const SetupData& setup);
Result<SetupData> read_setup_data(std::string_view json);
std::string write_owned_partial_decryption(const OwnedPartialDecryption& owned);
Result<OwnedPartialDecryption> read_owned_partial_decryption(std::string_view json);

}  // namespace suara::codec
