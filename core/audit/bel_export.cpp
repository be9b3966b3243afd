#include "core/audit/bel_export.hpp"

#include <algorithm>

#include "core/audit/published_keys.hpp"
#include "core/codec/belenios.hpp"
#include "core/codec/event.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "core/election/overloaded.hpp"
#include "core/log/checkpoint.hpp"
#include "core/log/entry.hpp"
#include "core/log/merkle.hpp"
#include "core/log/tiles.hpp"

namespace suara::audit {
namespace {

using codec::BelEventType;


Result<log::Checkpoint> signed_checkpoint(Source& source) {
  const auto json = source.read("keys.json", max_keys_json);
  if (!json) return fail(json.error());
  const auto keys = read_published_keys(*json);
  if (!keys) return fail(keys.error());
  const auto note = source.read("checkpoint", log::max_note_size);
  if (!note) return fail(note.error());
  return log::open_checkpoint(*note, keys->ledger);
}

Error at_entry(std::uint64_t number, Error error) {
  error.detail = "Entry " + std::to_string(number) + ": " + error.detail;
  return error;
}

// Gives the entries of one bundle to the export; appends their leaves to the tree.
Result<void> take_bundle(Source& source, const log::EntryBundle& bundle, log::RightEdge& tree, BelExport& archive) {
  const auto bytes = source.read(log::tile_path(bundle), log::max_bundle_size);
  if (!bytes) return fail(bytes.error());
  const auto entries = log::decode_bundle(*bytes, bundle.width);
  if (!entries) return fail(entries.error());
  std::uint64_t number = bundle.n * log::tile_width;
  for (const auto entry : *entries) {
    tree.append(log::leaf_hash(entry));
    const auto recorded = codec::read_recorded(entry, codec::Trust::trusted);
    if (!recorded) return fail(at_entry(number, recorded.error()));
    if (auto taken = archive.take(*recorded); !taken) return fail(at_entry(number, std::move(taken).error()));
    ++number;
  }
  return {};
}

}  // namespace

Result<void> BelExport::next(BelEventType type) {
  if (!writer_ || !codec::may_follow(last_, type)) {
    return fail(ErrorCode::integrity, "The event may not stand here: the ledger is out of order.");
  }
  last_ = type;
  return {};
}

Result<void> BelExport::listed(const std::vector<ballot::PublicCredential>& credentials) {
  credentials_.insert(credentials_.end(), credentials.begin(), credentials.end());
  return {};
}

Result<void> BelExport::sealed(Timestamp time, const election::ElectionSealed& sealed) {
  if (writer_) return fail(ErrorCode::integrity, "The election is sealed a second time.");
  std::sort(credentials_.begin(), credentials_.end(),
            [](const auto& a, const auto& b) { return a.key.to_text() < b.key.to_text(); });
  const std::string credentials = codec::write_public_credentials(credentials_);
  if (crypto::sha256(credentials) != sealed.credentials_hash) {
    return fail(ErrorCode::integrity,
                "The credentials in the ledger are not the ones that the election was sealed with.");
  }
  credentials_ = {};
  writer_.emplace(static_cast<std::uint64_t>(time.ms / 1000), out_);
  writer_->setup(sealed.election, sealed.trustees, credentials);
  return {};
}

Result<void> BelExport::take(const election::Recorded& recorded) {
  return std::visit(election::overloaded{
                        [&](const election::RollImported& e) { return listed(e.credentials); },
                        [&](const election::ReserveImported& e) { return listed(e.credentials); },
                        [&](const election::CredentialsWithdrawn&) -> Result<void> {
                          credentials_.clear();
                          return {};
                        },
                        [&](const election::ElectionSealed& e) { return sealed(recorded.time, e); },
                        [&](const election::BallotCast& e) {
                          return next(BelEventType::ballot).map([&] { writer_->ballot(e.ballot); });
                        },
                        [&](const election::ElectionClosed&) {
                          return next(BelEventType::end_ballots).map([&] { writer_->end_ballots(); });
                        },
                        [&](const election::TallyComputed& e) {
                          return next(BelEventType::encrypted_tally).map([&] {
                            writer_->encrypted_tally(e.encrypted_tally, e.sized_tally);
                          });
                        },
                        [&](const election::TallyDecrypted& e) {
                          return next(BelEventType::partial_decryption).map([&] {
                            writer_->partial_decryption(e.share.owner, e.share.partial_decryption);
                          });
                        },
                        [&](const election::ResultPublished& e) {
                          return next(BelEventType::result).map([&] { writer_->result(e.result); });
                        },
                        [](const auto&) -> Result<void> { return {}; },
                    },
                    recorded.event);
}

Result<void> BelExport::finish() const {
  if (writer_) return {};
  return fail(ErrorCode::wrong_phase,
              "The election is not sealed yet: there is nothing that such an archive could hold.");
}

Result<BelExported> export_bel(Source& source, std::function<void(std::string_view)> out) {
  const auto checkpoint = signed_checkpoint(source);
  if (!checkpoint) return fail(checkpoint.error());
  BelExport archive(std::move(out));
  log::RightEdge tree;
  for (const auto& bundle : log::bundles_of(checkpoint->size)) {
    if (auto taken = take_bundle(source, bundle, tree, archive); !taken) return fail(std::move(taken).error());
  }
  if (tree.root() != checkpoint->root) {
    return fail(ErrorCode::integrity, "The entries do not give the root that the ledger's checkpoint signs.");
  }
  if (auto done = archive.finish(); !done) return fail(std::move(done).error());
  return BelExported{checkpoint->size, crypto::to_base64(checkpoint->root.view())};
}

}  // namespace suara::audit
