#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"

// The body of an entry (core/log/entry.hpp): RFC 8785 canonical JSON of exactly
//   {"actor":A,"data":D,"ledger":O,"prev":P,"seq":N,"time":T,"type":Y,"v":V}
//   A = role or role ":" id, both of [a-z0-9._-], 1 to 64 characters each
//   D = an object; what it holds is the type's own (schema/events)
//   O = the ledger's origin, 1 to 200 bytes
//   P = leaf hash of the entry before, 64 lower-case hex digits; zeros where N is 0
//   N = position in the ledger, from 0          V = version of the type, from 1
//   T = "2026-11-23T06:57:15.123Z"              Y = a letter A-Z, then letters and digits, at most 64 together
namespace suara::codec {

struct EntryBody {
  std::string actor;
  std::string data;  // canonical JSON text of the member, byte for byte
  Origin ledger;
  Hash prev;
  Seq seq;
  Timestamp time;
  std::string type;
  std::uint32_t v = 1;
  bool operator==(const EntryBody&) const = default;
};

// `data` must be canonical already (JsonWriter with Order::canonical gives such): it is taken as it is. Throws
// std::invalid_argument where another member has not the form above.
std::string encode_entry_body(const EntryBody& body);

// Accepts exactly what the encoder gives for some body whose data is canonical. Error: malformed.
Result<EntryBody> decode_entry_body(std::string_view bytes);

// What the next entry of a ledger has to continue.
struct ChainHead {
  Origin ledger;
  std::uint64_t size = 0;
  Hash last_leaf;       // zeros while size is 0
  Timestamp last_time;  // of the last entry
};

// That a body is the next one: its ledger, `seq`, `prev`, and a `time` not before the last. Error: integrity.
Result<void> check_follows(const EntryBody& body, const ChainHead& head);

}  // namespace suara::codec
