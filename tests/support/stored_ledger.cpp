#include "tests/support/stored_ledger.hpp"

#include "core/codec/entry_body.hpp"
#include "core/log/entry.hpp"
#include "core/log/merkle.hpp"

namespace suara::test {

StoredLedger::StoredLedger(ledger::EventStore& store, ledger::KeyStore& keys, HeldElection& election)
    : store_(store), election_(election) {
  const ElectionUuid uuid = election.state.summary.uuid;
  info_ = must(store.create_ledger(uuid, Origin{"suara.example/" + uuid.value}));
  key_ = must(keys.create_ledger_key(uuid));
  name_ = must(log::make_verifier_key(info_.origin.value, key_->public_key()));
}

std::uint64_t StoredLedger::store_new(std::size_t limit) {
  auto transaction = must(store_.begin_append(info_.id));
  ledger::Head head = transaction->head();
  auto edge = must(log::RightEdge::restore(head.size, head.edge));
  std::vector<ledger::EntryRow> rows;
  for (; stored_ < election_.recorded.size() && rows.size() < limit; ++stored_) {
    const auto& recorded = election_.recorded[stored_];
    codec::EntryBody body;
    body.actor = recorded.actor.text();
    body.data = codec::write_event_data(recorded.event);
    body.ledger = info_.origin;
    body.prev = head.last_leaf;
    body.seq = Seq{head.size};
    body.time = recorded.time;
    body.type = election::type_name(recorded.event);
    body.v = codec::event_version;
    ledger::EntryRow row;
    row.seq = body.seq;
    row.bytes = must(log::seal_entry(codec::encode_entry_body(body), *key_, name_));
    row.leaf = log::leaf_hash(row.bytes);
    row.type = body.type;
    row.time = body.time;
    edge.append(row.leaf);
    head = {head.size + 1, row.leaf, row.time, edge.edge()};
    rows.push_back(std::move(row));
  }
  if (!rows.empty()) {
    must(transaction->append(rows, head));
    must(transaction->commit());
  }
  return head.size;
}

}  // namespace suara::test
