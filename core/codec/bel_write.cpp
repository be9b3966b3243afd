#include "core/codec/bel_write.hpp"

#include <stdexcept>

#include "core/codec/bel_tar.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"

namespace suara::codec {

BelWriter::BelWriter(std::uint64_t timestamp, std::function<void(std::string_view)> out)
    : timestamp_(timestamp), out_(std::move(out)) {
  entry("BELENIOS", write_bel_head(timestamp));
}

void BelWriter::entry(std::string_view name, std::string_view content) {
  std::string bytes;
  append_tar_entry(bytes, name, content, timestamp_);
  out_(bytes);
}

Hash BelWriter::datum(std::string_view content) {
  const Hash hash = crypto::sha256(content);
  if (written_.insert(hash).second) entry(crypto::to_hex(hash.view()) + ".data.json", content);
  return hash;
}

void BelWriter::event(BelEventType type, std::optional<Hash> payload) {
  if (last_ ? !may_follow(last_->type, type) : type != BelEventType::setup) {
    throw std::logic_error("an event of a .bel archive is written out of its order");
  }
  BelEvent event;
  event.height = last_ ? last_->height + 1 : 0;
  if (last_) event.parent = last_->id;
  event.type = type;
  event.payload = payload;
  const std::string text = write_bel_event(event);
  event.id = crypto::sha256(text);
  entry(crypto::to_hex(event.id.view()) + ".event.json", text);
  last_ = event;
}

void BelWriter::setup(std::string_view election, std::string_view trustees, std::string_view credentials) {
  const SetupData setup{datum(election), datum(trustees), datum(credentials)};
  event(BelEventType::setup, datum(write_setup_data(setup)));
}

void BelWriter::ballot(std::string_view ballot) { event(BelEventType::ballot, datum(ballot)); }

void BelWriter::end_ballots() { event(BelEventType::end_ballots, std::nullopt); }

void BelWriter::encrypted_tally(std::string_view tally, std::string_view sized_tally) {
  datum(tally);
  event(BelEventType::encrypted_tally, datum(sized_tally));
}

void BelWriter::partial_decryption(std::uint32_t owner, std::string_view partial_decryption) {
  const OwnedPartialDecryption owned{owner, datum(partial_decryption)};
  event(BelEventType::partial_decryption, datum(write_owned_partial_decryption(owned)));
}

void BelWriter::result(std::string_view result) { event(BelEventType::result, datum(result)); }

}  // namespace suara::codec
