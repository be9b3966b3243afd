#include "ledger/folded_ledger.hpp"

#include <algorithm>

#include "core/codec/entry_body.hpp"
#include "core/codec/event.hpp"
#include "core/election/evolve.hpp"
#include "core/log/entry.hpp"
#include "ledger/named_key.hpp"

namespace suara::ledger {
namespace {

constexpr std::size_t page_entries = 1024;

tl::unexpected<Error> broken(const LedgerInfo& info, std::string what) {
  return fail(ErrorCode::integrity, "The ledger of election " + info.uuid.value + " contradicts itself: " + what +
                                        " Nothing is appended to it; compare it with a published checkpoint.");
}

bool shows_in_summary(const election::Event& event) {
  return !std::holds_alternative<election::BallotCast>(event) &&
         !std::holds_alternative<election::BallotChallenged>(event) &&
         !std::holds_alternative<election::VoterVerified>(event);
}

}  // namespace

FoldedLedger::FoldedLedger(LedgerInfo info) : info_(std::move(info)) {}

Head FoldedLedger::head() const {
  Head head;
  head.size = size();
  head.last_leaf = last_leaf();
  head.last_time = state_.last_time;
  head.edge = tree_.edge();
  return head;
}

void FoldedLedger::advance(const Hash& leaf, const election::Recorded& recorded) {
  signed_by_ = key_;
  if (const auto* text = named_key(recorded.event)) {
    if (auto key = log::parse_verifier_key(*text)) key_ = std::move(*key);  // fold() and seal() refuse any other
    if (!signed_by_) signed_by_ = key_;
  }
  election::evolve(state_, recorded);
  tree_.append(leaf);
  leaves_.push_back(leaf);
  times_.push_back(recorded.time);
  summary_changed_ = summary_changed_ || shows_in_summary(recorded.event);
}

Result<void> FoldedLedger::fold(std::span<const EntryRow> rows) {
  for (const EntryRow& row : rows) {
    const std::string name = "entry " + std::to_string(size());
    const Hash leaf = log::leaf_hash(row.bytes);
    if (row.seq.value != size()) return broken(info_, name + " is missing.");
    if (leaf != row.leaf) return broken(info_, name + " does not have the hash that was recorded for it.");
    const auto split = log::split_entry(row.bytes);
    if (!split) return broken(info_, name + " cannot be read: " + split.error().detail);
    const auto body = codec::decode_entry_body(split->body);
    if (!body) return broken(info_, name + " cannot be read: " + body.error().detail);
    const codec::ChainHead head{info_.origin, size(), last_leaf(), state_.last_time};
    if (auto follows = codec::check_follows(*body, head); !follows) return broken(info_, follows.error().detail);
    const auto actor = election::Actor::parse(body->actor);
    if (!actor) return broken(info_, name + " cannot be read: " + actor.error().detail);
    auto event = codec::read_event(body->type, body->v, body->data, codec::Trust::trusted);
    if (!event) return broken(info_, name + " cannot be read: " + event.error().detail);
    if (const auto* text = named_key(*event)) {
      if (auto key = log::parse_verifier_key(*text); !key) return broken(info_, name + ": " + key.error().detail);
      if (key_) {
        if (auto by_old = log::verify_entry_signature(*split, *key_); !by_old)
          return broken(info_, name + " changes the key: " + by_old.error().detail);
      }
    }
    advance(leaf, {body->seq, body->time, *actor, std::move(*event)});
  }
  return {};
}

Result<void> FoldedLedger::check_head(const Head& stored) const {
  if (stored.size != size())
    return broken(info_, "its head counts " + std::to_string(stored.size) + " entries, there are " +
                             std::to_string(size()) + ".");
  const Head computed = head();
  if (stored.last_leaf != computed.last_leaf)
    return broken(info_, "its head does not name the hash of the last entry.");
  if (stored.edge != computed.edge) return broken(info_, "its head does not hold the tree of its entries.");
  if (stored.last_time != computed.last_time) return broken(info_, "its head does not hold the last entry's time.");
  return {};
}

Result<void> FoldedLedger::check_signed(std::string_view last_entry) const {
  if (!signed_by_) return broken(info_, "its first entry names no key.");
  const auto split = log::split_entry(last_entry);
  if (!split) return broken(info_, split.error().detail);
  if (auto good = log::verify_entry_signature(*split, *signed_by_); !good) return broken(info_, good.error().detail);
  return {};
}

Result<SealedEvents> FoldedLedger::seal(std::vector<election::Event> events, const election::Actor& actor,
                                        Timestamp now, const KeySource& keys) {
  SealedEvents sealed;
  codec::EntryBody body;
  body.actor = actor.text();
  body.ledger = info_.origin;
  body.prev = last_leaf();
  body.seq = Seq{size()};
  body.time = now;
  body.v = codec::event_version;
  std::optional<log::VerifierKey> in_force = key_;
  const auto take_key = [&]() -> Result<void> {
    if (signer_ && signer_->public_key() == in_force->key) return {};
    auto key = keys(*in_force);
    if (!key) return fail(ErrorCode::integrity, std::move(key).error().detail);
    signer_ = std::move(*key);
    return {};
  };
  for (election::Event& event : events) {
    std::optional<log::VerifierKey> next;
    if (const auto* text = named_key(event)) {
      auto named = log::parse_verifier_key(*text);
      if (!named) return fail(std::move(named).error());
      next = std::move(*named);
      if (!in_force) in_force = next;
    }
    if (!in_force) return fail(ErrorCode::malformed, "The ledger names no key yet: it must be opened first.");
    if (auto taken = take_key(); !taken) return fail(std::move(taken).error());
    body.type = election::type_name(event);
    body.data = codec::write_event_data(event);
    auto entry = log::seal_entry(codec::encode_entry_body(body), *signer_, *in_force);
    if (!entry) return fail(std::move(entry).error());
    body.prev = log::leaf_hash(*entry);
    sealed.bytes += entry->size();
    sealed.rows.push_back({body.seq, std::move(*entry), body.prev, body.type, now});
    sealed.events.push_back({body.seq, now, actor, std::move(event)});
    ++body.seq.value;
    if (next) {
      in_force = std::move(next);
      if (auto taken = take_key(); !taken) return fail(std::move(taken).error());
    }
  }
  return sealed;
}

void FoldedLedger::accept(const SealedEvents& sealed) {
  for (std::size_t i = 0; i < sealed.rows.size(); ++i) advance(sealed.rows[i].leaf, sealed.events[i]);
}

Result<void> catch_up(FoldedLedger& ledger, const Head& head, const EntryReader& reader, bool recheck) {
  const auto read = [&](Seq from, std::size_t max_entries) {
    auto rows = reader(from, max_entries);
    if (!rows && rows.error().code == ErrorCode::integrity)
      return Result<std::vector<EntryRow>>(broken(ledger.info(), rows.error().detail));
    return rows;
  };
  if (head.size < ledger.size())
    return broken(ledger.info(), "it had " + std::to_string(ledger.size()) + " entries and now has " +
                                     std::to_string(head.size) + ".");
  if (recheck && ledger.size() > 0) {
    const Seq last{ledger.size() - 1};
    auto rows = read(last, 1);
    if (!rows) return fail(std::move(rows).error());
    if (rows->empty() || log::leaf_hash(rows->front().bytes) != ledger.leaf(last))
      return broken(ledger.info(), "entry " + std::to_string(last.value) + " is not what was recorded.");
  }
  std::string last_entry;
  while (ledger.size() < head.size) {
    auto rows = read(Seq{ledger.size()}, std::min<std::uint64_t>(page_entries, head.size - ledger.size()));
    if (!rows) return fail(std::move(rows).error());
    if (rows->empty()) return broken(ledger.info(), "entry " + std::to_string(ledger.size()) + " is missing.");
    if (auto folded = ledger.fold(*rows); !folded) return folded;
    last_entry = std::move(rows->back().bytes);
  }
  if (auto good = ledger.check_head(head); !good) return good;
  if (!last_entry.empty()) return ledger.check_signed(last_entry);
  return {};
}

}  // namespace suara::ledger
