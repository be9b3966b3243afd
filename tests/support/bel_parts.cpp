#include "tests/support/bel_parts.hpp"

#include <unordered_set>

#include "core/codec/bel_tar.hpp"
#include "core/codec/belenios.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"

namespace suara::test {

using codec::BelEventType;

BelParts bel_parts(std::string_view bytes) {
  const auto archive = codec::read_bel_archive(bytes).value();
  const auto data = [&](const Hash& hash) { return std::string(archive.data.at(hash)); };
  BelParts parts;
  parts.timestamp = archive.timestamp;
  for (const auto& event : archive.events) {
    const std::string payload = event.payload ? data(*event.payload) : "";
    switch (event.type) {
      case BelEventType::setup: {
        const auto setup = codec::read_setup_data(payload).value();
        parts.election = data(setup.election);
        parts.trustees = data(setup.trustees);
        parts.credentials = data(setup.credentials);
        break;
      }
      case BelEventType::ballot:
        parts.ballots.push_back(payload);
        break;
      case BelEventType::end_ballots:
        parts.ended = true;
        break;
      case BelEventType::encrypted_tally: {
        const auto sized = codec::read_sized_tally(payload).value();
        parts.tally = {data(sized.encrypted_tally), sized.num_tallied, sized.total_weight};
        break;
      }
      case BelEventType::partial_decryption: {
        const auto owned = codec::read_owned_partial_decryption(payload).value();
        parts.partials.push_back({owned.owner, data(owned.payload)});
        break;
      }
      case BelEventType::result:
        parts.result = payload;
        break;
    }
  }
  return parts;
}

std::vector<BelStep> bel_steps(const BelParts& parts) {
  const auto hash = [](const std::string& text) { return crypto::sha256(text); };
  const codec::SetupData setup{hash(parts.election), hash(parts.trustees), hash(parts.credentials)};
  std::vector<BelStep> steps{
      {BelEventType::setup, {parts.election, parts.trustees, parts.credentials, codec::write_setup_data(setup)}}};
  for (const auto& ballot : parts.ballots) steps.push_back({BelEventType::ballot, {ballot}});
  if (parts.ended) steps.push_back({BelEventType::end_ballots, {}});
  if (parts.tally) {
    const auto& [encrypted, num_tallied, total_weight] = *parts.tally;
    steps.push_back({BelEventType::encrypted_tally,
                     {encrypted, codec::write_sized_tally({num_tallied, total_weight, hash(encrypted)})}});
  }
  for (const auto& [owner, text] : parts.partials) {
    steps.push_back(
        {BelEventType::partial_decryption, {text, codec::write_owned_partial_decryption({owner, hash(text)})}});
  }
  if (parts.result) steps.push_back({BelEventType::result, {*parts.result}});
  return steps;
}

BelItem bel_datum(const std::string& content) {
  return {crypto::to_hex(crypto::sha256(content).view()) + ".data.json", content};
}

std::vector<BelItem> bel_items(const std::vector<BelStep>& steps, std::uint64_t timestamp,
                               const std::function<void(codec::BelEvent&)>& edit) {
  std::vector<BelItem> items{{"BELENIOS", codec::write_bel_head(timestamp)}};
  std::unordered_set<Hash> written;
  std::optional<Hash> last;
  std::uint64_t height = 0;
  for (const auto& step : steps) {
    for (const auto& text : step.data) {
      if (written.insert(crypto::sha256(text)).second) items.push_back(bel_datum(text));
    }
    codec::BelEvent event;
    event.parent = last;
    event.height = height++;
    event.type = step.type;
    if (!step.data.empty()) event.payload = crypto::sha256(step.data.back());
    if (edit) edit(event);
    const std::string text = codec::write_bel_event(event);
    last = crypto::sha256(text);
    items.push_back({crypto::to_hex(last->view()) + ".event.json", text});
  }
  return items;
}

std::string bel_bytes(const std::vector<BelItem>& items, std::uint64_t timestamp) {
  std::string out;
  for (const auto& [name, content] : items) codec::append_tar_entry(out, name, content, timestamp);
  return out;
}

std::string bel_bytes(const BelParts& parts) {
  return bel_bytes(bel_items(bel_steps(parts), parts.timestamp), parts.timestamp);
}

}  // namespace suara::test
