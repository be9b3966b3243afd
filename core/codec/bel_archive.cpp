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

constexpr std::size_t max_small_bytes = 4096;
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

std::string write_event(const BelEvent& event) {
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

Result<BelEvent> read_event(std::string_view json) {
  const auto document = parts::parse(json, "event", max_small_bytes);
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
  if (auto same = parts::require_same(json, write_event(event), "event"); !same) return fail(std::move(same).error());
  event.id = crypto::sha256(json);
  return event;
}

// What may follow an event: ballots repeat until the end, then partial decryptions until the result.
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

// Reads the entries in order; `waiting` holds the data that no event has needed so far.
class ArchiveReader {
 public:
  Result<BelArchive> read(std::string_view bytes) {
    const auto tar = read_bel_tar(bytes);
    if (!tar) return fail(tar.error());
    for (std::size_t i = 0; i < tar->entries.size(); ++i) {
      if (auto done = i == 0 ? read_head(*tar) : read_entry(tar->entries[i]); !done) {
        Error error = std::move(done).error();
        error.detail = "archive: entry " + std::to_string(i + 1) + ": " + error.detail;
        return fail(std::move(error));
      }
    }
    if (archive_.events.empty()) return fail(ErrorCode::malformed, "archive: it has no events.");
    if (!waiting_.empty()) return fail(ErrorCode::integrity, "archive: data stand after the last event.");
    return std::move(archive_);
  }

 private:
  Result<void> read_head(const TarFile& tar) {
    if (tar.entries[0].name != "BELENIOS") {
      return fail(ErrorCode::malformed, "the first entry must be BELENIOS.");
    }
    const auto document = parts::parse(tar.entries[0].content, "BELENIOS", max_small_bytes);
    if (!document) return fail(document.error());
    JsonFields f(document->root(), {"version", "timestamp"});
    if (f.uint("version") != 1) f.refuse("version", ErrorCode::unsupported, "must be 1.");
    f.text("timestamp");
    if (f.failed()) return fail(f.error());
    archive_.timestamp = tar.mtime;
    return parts::require_same(tar.entries[0].content,
                               "{\"version\":1,\"timestamp\":\"" + std::to_string(tar.mtime) + "\"}", "BELENIOS");
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
    if (is_event) return take_event(entry.content);
    if (!archive_.data.emplace(*hash, entry.content).second)
      return fail(ErrorCode::integrity, "the same data stand twice.");
    waiting_.push_back(*hash);
    return {};
  }

  Result<void> take_event(std::string_view json) {
    auto event = read_event(json);
    if (!event) return fail(std::move(event).error());
    const auto& events = archive_.events;
    if (event->height != events.size()) return fail(ErrorCode::integrity, "the event's height is not its place.");
    if (event->parent != (events.empty() ? std::nullopt : std::optional(events.back().id))) {
      return fail(ErrorCode::integrity, "the event's parent is not the event before it.");
    }
    if (events.empty() ? event->type != BelEventType::setup : !may_follow(events.back().type, event->type)) {
      return fail(ErrorCode::integrity, "the event may not stand here.");
    }
    if ((event->type == BelEventType::end_ballots) == event->payload.has_value()) {
      return fail(ErrorCode::malformed, "every event but EndBallots has a payload.");
    }
    const auto needed = needed_by(*event);
    if (!needed) return fail(needed.error());
    // Data needed by an earlier event are not repeated; all others stand right before, in the order of need.
    if (waiting_ != *needed) return fail(ErrorCode::integrity, "not exactly the data the event needs stand before it.");
    used_.insert(needed->begin(), needed->end());
    waiting_.clear();
    archive_.events.push_back(*event);
    return {};
  }

  Result<std::string_view> datum(const Hash& hash) const {
    const auto found = archive_.data.find(hash);
    if (found == archive_.data.end()) return fail(ErrorCode::integrity, "data that the event refers to are missing.");
    return found->second;
  }

  // The data an event refers to, directly or through its payload, that no event before needed.
  Result<std::vector<Hash>> needed_by(const BelEvent& event) const {
    if (!event.payload) return std::vector<Hash>{};
    const auto payload = datum(*event.payload);
    if (!payload) return fail(payload.error());
    std::vector<Hash> all;
    if (event.type == BelEventType::setup) {
      const auto setup = read_setup_data(*payload);
      if (!setup) return fail(setup.error());
      all = {setup->election, setup->trustees, setup->credentials};
    } else if (event.type == BelEventType::encrypted_tally) {
      const auto sized = read_sized_tally(*payload);
      if (!sized) return fail(sized.error());
      all = {sized->encrypted_tally};
    } else if (event.type == BelEventType::partial_decryption) {
      const auto owned = read_owned_partial_decryption(*payload);
      if (!owned) return fail(owned.error());
      all = {owned->payload};
    }
    all.push_back(*event.payload);
    std::vector<Hash> fresh;
    for (const auto& hash : all) {
      if (const auto there = datum(hash); !there) return fail(there.error());
      if (!used_.contains(hash) && std::find(fresh.begin(), fresh.end(), hash) == fresh.end()) fresh.push_back(hash);
    }
    return fresh;
  }

  BelArchive archive_;
  std::vector<Hash> waiting_;
  std::unordered_set<Hash> used_;
};

}  // namespace

Result<BelArchive> read_bel_archive(std::string_view bytes) { return ArchiveReader().read(bytes); }

Result<SetupData> read_setup_data(std::string_view json) {
  const auto document = parts::parse(json, "setup data", max_small_bytes);
  if (!document) return fail(document.error());
  JsonFields f(document->root(), {"election", "trustees", "credentials"});
  SetupData setup;
  setup.election = f.parsed("election", crypto::hash_from_hex);
  setup.trustees = f.parsed("trustees", crypto::hash_from_hex);
  setup.credentials = f.parsed("credentials", crypto::hash_from_hex);
  if (f.failed()) return fail(f.error());
  const auto hex = [](const Hash& hash) { return crypto::to_hex(hash.view()); };
  const std::string written = "{\"election\":\"" + hex(setup.election) + "\",\"trustees\":\"" + hex(setup.trustees) +
                              "\",\"credentials\":\"" + hex(setup.credentials) + "\"}";
  if (auto same = parts::require_same(json, written, "setup data"); !same) return fail(std::move(same).error());
  return setup;
}

Result<OwnedPartialDecryption> read_owned_partial_decryption(std::string_view json) {
  const auto document = parts::parse(json, "owned partial decryption", max_small_bytes);
  if (!document) return fail(document.error());
  JsonFields f(document->root(), {"owner", "payload"});
  OwnedPartialDecryption owned;
  owned.owner = f.uint32("owner");
  owned.payload = f.parsed("payload", crypto::hash_from_hex);
  if (f.failed()) return fail(f.error());
  const std::string written =
      "{\"owner\":" + std::to_string(owned.owner) + ",\"payload\":\"" + crypto::to_hex(owned.payload.view()) + "\"}";
  if (auto same = parts::require_same(json, written, "owned partial decryption"); !same) {
    return fail(std::move(same).error());
  }
  return owned;
}

}  // namespace suara::codec
