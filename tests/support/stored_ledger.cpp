#include "tests/support/stored_ledger.hpp"

#include "core/codec/entry_body.hpp"
#include "core/log/entry.hpp"
#include "core/log/merkle.hpp"

namespace suara::test {

StoredLedger::StoredLedger(ledger::EventStore& store, ledger::KeyStore& keys, HeldElection& election)
    : store_(store), election_(election), key_store_(keys) {
  const ElectionUuid uuid = election.state.summary.uuid;
  info_ = must(store.create_ledger(uuid, Origin{"suara.example/" + uuid.value}));
  keys_.push_back(must(keys.create_ledger_key(uuid)));
  names_.push_back(must(log::make_verifier_key(info_.origin.value, keys_[0]->public_key())));
  const std::string key = log::verifier_key_text(names_[0]);
  std::get<election::LedgerOpened>(election.recorded.at(0).event).key = key;
  election.state.summary.key = key;
}

void StoredLedger::rotate() {
  keys_.push_back(must(key_store_.create_next_ledger_key(info_.uuid, info_.origin)));
  names_.push_back(must(log::make_verifier_key(info_.origin.value, keys_.back()->public_key())));
  election_.must(election_.rotation(*keys_.back()), committee);
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
    row.bytes = must(log::seal_entry(codec::encode_entry_body(body), *keys_[in_force_], names_[in_force_]));
    row.leaf = log::leaf_hash(row.bytes);
    row.type = body.type;
    row.time = body.time;
    edge.append(row.leaf);
    head = {head.size + 1, row.leaf, row.time, edge.edge()};
    rows.push_back(std::move(row));
    if (std::holds_alternative<election::KeyRotated>(recorded.event)) ++in_force_;
  }
  if (!rows.empty()) {
    must(transaction->append(rows, head));
    must(transaction->commit());
  }
  return head.size;
}

}  // namespace suara::test
