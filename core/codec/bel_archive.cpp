#include "core/codec/bel_archive.hpp"

#include <algorithm>
#include <unordered_set>

#include "core/codec/bel_tar.hpp"
#include "core/codec/belenios.hpp"
#include "core/codec/belenios_parts.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"

namespace suara::codec {
namespace {

constexpr std::string_view data_suffix = ".data.json";
constexpr std::string_view event_suffix = ".event.json";

struct EventName {
  BelEventType type;
  std::string_view name;
};
constexpr EventName event_names[] = {
    {BelEventType::setup, "Setup"},
    {BelEventType::ballot, "Ballot"},
    {BelEventType::end_ballots, "EndBallots"},
    {BelEventType::encrypted_tally, "EncryptedTally"},
    {BelEventType::partial_decryption, "PartialDecryption"},
    {BelEventType::result, "Result"},
};

Result<BelEventType> event_type(const JsonNode& node) {
  const auto text = node.text();
  if (!text) return fail(text.error());
  for (const auto& [type, name] : event_names) {
    if (name == *text) return type;
  }
  return fail(node.error(ErrorCode::unsupported, "names a kind of event that is not supported."));
}

Result<BelEvent> read_event(std::string_view json) {
  const auto document = parts::parse(json, "event", parts::max_small_bytes);
  if (!document) return fail(document.error());
  const JsonNode root = document->root();
  JsonFields f(root, {"height", "type"}, {"parent", "payload"});
  BelEvent event;
  event.height = f.uint("height");
  if (f.has("parent")) event.parent = f.parsed("parent", crypto::hash_from_hex);
  if (f.has("payload")) event.payload = f.parsed("payload", crypto::hash_from_hex);
  if (f.failed()) return fail(f.error());
  const auto type = event_type(*root.member("type"));
  if (!type) return fail(type.error());
  event.type = *type;
  if (auto same = parts::require_same(json, write_bel_event(event), "event"); !same)
    return fail(std::move(same).error());
  event.id = crypto::sha256(json);
  return event;
}

// Reads the entries in order; `waiting_` holds the data that no event has needed so far.
class ArchiveReader {
 public:
  BelReading read(std::string_view bytes) {
    auto tar = read_bel_tar(bytes);
    out_.entries = tar.entries.size();
    for (std::size_t i = 0; i < tar.entries.size(); ++i) {
      if (auto done = i == 0 ? read_head(tar) : read_entry(tar.entries[i]); !done) {
        Error error = std::move(done).error();
        error.detail = "archive: entry " + std::to_string(i + 1) + ": " + error.detail;
        note(BelFaultKind::form, std::move(error));
      }
    }
    if (tar.fault) {
      note(BelFaultKind::form, std::move(*tar.fault));
    } else if (out_.events_seen == 0) {
      note(BelFaultKind::form, {ErrorCode::malformed, "archive: it has no events."});
    } else if (!waiting_.empty()) {
      note(BelFaultKind::form, {ErrorCode::integrity, "archive: data stand after the last event."});
    }
    return std::move(out_);
  }

 private:
  void note(BelFaultKind kind, Error error, std::optional<BelEventType> event = std::nullopt) {
    out_.faults.push_back({kind, out_.events_seen, std::move(error), event});
  }
  void note_event(BelFaultKind kind, const BelEvent& event, Error error) {
    error.detail = "archive: event " + std::to_string(event.place) + ": " + error.detail;
    note(kind, std::move(error), event.type);
  }

  Result<void> read_head(const TarFile& tar) {
    if (tar.entries[0].name != "BELENIOS") {
      return fail(ErrorCode::malformed, "the first entry must be BELENIOS.");
    }
    out_.archive.timestamp = tar.mtime;
    const auto document = parts::parse(tar.entries[0].content, "BELENIOS", parts::max_small_bytes);
    if (!document) return fail(document.error());
    JsonFields f(document->root(), {"version", "timestamp"});
    if (f.uint("version") != 1) f.refuse("version", ErrorCode::unsupported, "must be 1.");
    f.text("timestamp");
    if (f.failed()) return fail(f.error());
    return parts::require_same(tar.entries[0].content, write_bel_head(tar.mtime), "BELENIOS");
  }

  Result<void> read_entry(const TarEntry& entry) {
    const bool is_event = entry.name.ends_with(event_suffix);
    if (!is_event && !entry.name.ends_with(data_suffix)) {
      return fail(ErrorCode::malformed, "its name is neither a data nor an event name.");
    }
    const auto suffix = is_event ? event_suffix.size() : data_suffix.size();
    const auto hash = crypto::hash_from_hex(entry.name.substr(0, entry.name.size() - suffix));
    if (!hash) return fail(ErrorCode::malformed, "its name is not a hash: " + hash.error().detail);
    if (crypto::sha256(entry.content) != *hash) {
      return fail(ErrorCode::integrity, "its name is not the hash of its bytes.");
    }
    if (is_event) {
      auto event = read_event(entry.content);
      if (!event) return fail(std::move(event).error());
      take_event(std::move(*event));
      return {};
    }
    if (!out_.archive.data.emplace(*hash, entry.content).second) {
      return fail(ErrorCode::integrity, "the same data stand twice.");
    }
    waiting_.push_back(*hash);
    return {};
  }

  void take_event(BelEvent event) {
    event.place = out_.events_seen;
    if (event.height != event.place) {
      note_event(BelFaultKind::chain, event, {ErrorCode::integrity, "its height is not its place."});
    }
    if (event.parent != last_) {
      note_event(BelFaultKind::chain, event, {ErrorCode::integrity, "its parent is not the event before it."});
    }
    last_ = event.id;
    const auto& legal = out_.archive.events;
    const bool may = legal.empty() ? event.type == BelEventType::setup : may_follow(legal.back().type, event.type);
    if (!may) note_event(BelFaultKind::order, event, {ErrorCode::integrity, "it may not stand here."});
    const bool whole = take_data(event);
    ++out_.events_seen;
    waiting_.clear();
    if (may && whole) out_.archive.events.push_back(event);
  }

  // False where the event cannot be judged: its payload is missing.
  bool take_data(const BelEvent& event) {
    if ((event.type == BelEventType::end_ballots) == event.payload.has_value()) {
      note_event(BelFaultKind::form, event, {ErrorCode::malformed, "every event but EndBallots has a payload."});
      return false;
    }
    auto needed = needed_by(event);
    if (!needed) {
      note_event(BelFaultKind::payload, event, std::move(needed).error());
      return true;
    }
    std::vector<Hash> fresh;
    for (const auto& hash : *needed) {
      if (!out_.archive.data.contains(hash)) {
        note_event(BelFaultKind::form, event, {ErrorCode::integrity, "data that it refers to are missing."});
        return false;
      }
      if (used_.insert(hash).second) fresh.push_back(hash);
    }
    // Data needed by an earlier event are not repeated; all others stand right before, in the order of need.
    if (waiting_ != fresh) {
      note_event(BelFaultKind::form, event, {ErrorCode::integrity, "not exactly the data it needs stand before it."});
    }
    return true;
  }

  // The data an event refers to, directly or through its payload, in the order they stand in. Error: the payload does
  // not read.
  Result<std::vector<Hash>> needed_by(const BelEvent& event) const {
    if (!event.payload) return std::vector<Hash>{};
    const auto payload = out_.archive.data.find(*event.payload);
    if (payload == out_.archive.data.end()) return std::vector<Hash>{*event.payload};
    if (event.type == BelEventType::setup) {
      const auto setup = read_setup_data(payload->second);
      if (!setup) return fail(setup.error());
      return std::vector<Hash>{setup->election, setup->trustees, setup->credentials, *event.payload};
    }
    if (event.type == BelEventType::encrypted_tally) {
      const auto sized = read_sized_tally(payload->second);
      if (!sized) return fail(sized.error());
      return std::vector<Hash>{sized->encrypted_tally, *event.payload};
    }
    if (event.type == BelEventType::partial_decryption) {
      const auto owned = read_owned_partial_decryption(payload->second);
      if (!owned) return fail(owned.error());
      return std::vector<Hash>{owned->payload, *event.payload};
    }
    return std::vector<Hash>{*event.payload};
  }

  BelReading out_;
  std::optional<Hash> last_;  // the event before
  std::vector<Hash> waiting_;
  std::unordered_set<Hash> used_;
};

}  // namespace

bool may_follow(BelEventType before, BelEventType after) {
  switch (before) {
    case BelEventType::setup:
    case BelEventType::ballot:
      return after == BelEventType::ballot || after == BelEventType::end_ballots;
    case BelEventType::end_ballots:
      return after == BelEventType::encrypted_tally;
    case BelEventType::encrypted_tally:
    case BelEventType::partial_decryption:
      return after == BelEventType::partial_decryption || after == BelEventType::result;
    case BelEventType::result:
      return false;
  }
  return false;
}

std::string write_bel_head(std::uint64_t timestamp) {
  return "{\"version\":1,\"timestamp\":\"" + std::to_string(timestamp) + "\"}";
}

std::string write_bel_event(const BelEvent& event) {
  const auto quoted = [](const Hash& hash) { return '"' + crypto::to_hex(hash.view()) + '"'; };
  std::string out = "{";
  if (event.parent) out += "\"parent\":" + quoted(*event.parent) + ",";
  out += "\"height\":" + std::to_string(event.height) + ",\"type\":\"";
  for (const auto& [type, name] : event_names) {
    if (type == event.type) out += name;
  }
  out += '"';
  if (event.payload) out += ",\"payload\":" + quoted(*event.payload);
  return out + "}";
}

BelReading read_bel_leniently(std::string_view bytes) { return ArchiveReader().read(bytes); }

Result<BelArchive> read_bel_archive(std::string_view bytes) {
  auto reading = read_bel_leniently(bytes);
  if (!reading.faults.empty()) return fail(std::move(reading.faults.front().error));
  return std::move(reading.archive);
}

std::string write_setup_data(const SetupData& setup) {
  const auto hex = [](const Hash& hash) { return crypto::to_hex(hash.view()); };
  return "{\"election\":\"" + hex(setup.election) + "\",\"trustees\":\"" + hex(setup.trustees) +
         "\",\"credentials\":\"" + hex(setup.credentials) + "\"}";
}

std::string write_owned_partial_decryption(const OwnedPartialDecryption& owned) {
  return "{\"owner\":" + std::to_string(owned.owner) + ",\"payload\":\"" + crypto::to_hex(owned.payload.view()) + "\"}";
}

Result<SetupData> read_setup_data(std::string_view json) {
  const auto document = parts::parse(json, "setup data", parts::max_small_bytes);
  if (!document) return fail(document.error());
  JsonFields f(document->root(), {"election", "trustees", "credentials"});
  SetupData setup;
  setup.election = f.parsed("election", crypto::hash_from_hex);
  setup.trustees = f.parsed("trustees", crypto::hash_from_hex);
  setup.credentials = f.parsed("credentials", crypto::hash_from_hex);
  if (f.failed()) return fail(f.error());
  if (auto same = parts::require_same(json, write_setup_data(setup), "setup data"); !same) {
    return fail(std::move(same).error());
  }
  return setup;
}

Result<OwnedPartialDecryption> read_owned_partial_decryption(std::string_view json) {
  const auto document = parts::parse(json, "owned partial decryption", parts::max_small_bytes);
  if (!document) return fail(document.error());
  JsonFields f(document->root(), {"owner", "payload"});
  OwnedPartialDecryption owned;
  owned.owner = f.uint32("owner");
  owned.payload = f.parsed("payload", crypto::hash_from_hex);
  if (f.failed()) return fail(f.error());
  if (auto same = parts::require_same(json, write_owned_partial_decryption(owned), "owned partial decryption"); !same) {
    return fail(std::move(same).error());
  }
  return owned;
}

}  // namespace suara::codec
