#include "tests/support/store_contract.hpp"

#include <catch2/catch.hpp>
#include <thread>

#include "core/crypto/hash.hpp"
#include "core/log/merkle.hpp"

namespace suara::test {
using namespace ledger;

std::vector<EntryRow> rows_after(const Head& head, std::size_t count, std::size_t bytes) {
  std::vector<EntryRow> rows;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t seq = head.size + i;
    std::string text = "entry " + std::to_string(seq) + '\n' + '\0' + "\xff'\\";
    text.resize(std::max(bytes, text.size()), '.');
    const Hash leaf = log::hash_leaf(as_bytes(text));
    rows.push_back(
        {Seq{seq}, std::move(text), leaf, "VoterVerified", Timestamp{1'790'000'000'000 + static_cast<int>(seq)}});
  }
  return rows;
}

Head head_after(const Head& head, const std::vector<EntryRow>& rows) {
  auto tree = log::RightEdge::restore(head.size, head.edge).value();
  for (const auto& row : rows) tree.append(row.leaf);
  return {head.size + rows.size(), rows.back().leaf, rows.back().time, tree.edge()};
}

namespace {

void append(EventStore& store, LedgerId ledger, std::size_t count, std::size_t bytes = 40) {
  auto transaction = store.begin_append(ledger);
  REQUIRE(transaction);
  const auto rows = rows_after((*transaction)->head(), count, bytes);
  REQUIRE((*transaction)->append(rows, head_after((*transaction)->head(), rows)));
  REQUIRE((*transaction)->commit());
}

void check_ledgers(EventStore& store) {
  CHECK(store.ledgers()->empty());
  const auto first = store.create_ledger(ElectionUuid{"AAAAAAAAAAAAAA"}, Origin{"suara.test/A"});
  const auto second = store.create_ledger(ElectionUuid{"aaaaaaaaaaaaaa"}, Origin{"suara.test/a"});
  REQUIRE(first);
  REQUIRE(second);
  CHECK(first->id != second->id);
  CHECK(store.create_ledger(ElectionUuid{"AAAAAAAAAAAAAA"}, Origin{"suara.test/B"}).error().code ==
        ErrorCode::conflict);
  const auto all = store.ledgers();
  REQUIRE(all->size() == 2);
  CHECK((*all)[0].uuid.value == "AAAAAAAAAAAAAA");
  CHECK((*all)[1].origin.value == "suara.test/a");
  const auto head = store.head(first->id);
  REQUIRE(head);
  CHECK(head->size == 0);
  CHECK(head->last_leaf == Hash{});
  CHECK(head->edge.empty());
  CHECK(store.read(first->id, Seq{0}, 10, 1000)->empty());
}

void check_appending(EventStore& store, LedgerId ledger, LedgerId other) {
  append(store, ledger, 3);
  append(store, ledger, 4);
  const auto head = store.head(ledger);
  REQUIRE(head);
  const auto expected = rows_after({}, 7);
  const Head wanted = head_after({}, expected);
  CHECK(head->size == 7);
  CHECK(head->last_leaf == wanted.last_leaf);
  CHECK(head->last_time == wanted.last_time);
  CHECK(head->edge == wanted.edge);
  const auto rows = store.read(ledger, Seq{0}, 100, 1 << 20);
  REQUIRE(rows->size() == 7);
  for (std::size_t i = 0; i < 7; ++i) {
    CHECK((*rows)[i].seq == expected[i].seq);
    CHECK((*rows)[i].bytes == expected[i].bytes);
    CHECK((*rows)[i].leaf == expected[i].leaf);
    CHECK((*rows)[i].type == expected[i].type);
    CHECK((*rows)[i].time == expected[i].time);
  }
  CHECK(store.head(other)->size == 0);
  const auto sizes = store.sizes();
  REQUIRE(sizes->size() == 2);
  CHECK((*sizes)[0].size == 7);
  CHECK((*sizes)[1].size == 0);
}

void check_reading_in_bounds(EventStore& store, LedgerId ledger) {
  CHECK(store.read(ledger, Seq{5}, 100, 1 << 20)->front().seq == Seq{5});
  CHECK(store.read(ledger, Seq{2}, 3, 1 << 20)->size() == 3);
  CHECK(store.read(ledger, Seq{7}, 3, 1 << 20)->empty());
  CHECK(store.read(ledger, Seq{0}, 100, 1)->size() == 1);  // at least one
  CHECK(store.read(ledger, Seq{0}, 100, 100)->size() == 2);
}

void check_rolling_back(EventStore& store, LedgerId ledger) {
  {
    auto transaction = store.begin_append(ledger);
    REQUIRE(transaction);
    const auto rows = rows_after((*transaction)->head(), 2);
    REQUIRE((*transaction)->append(rows, head_after((*transaction)->head(), rows)));
  }
  CHECK(store.head(ledger)->size == 7);
  CHECK(store.read(ledger, Seq{7}, 10, 1000)->empty());
  auto transaction = store.begin_append(ledger);
  REQUIRE(transaction);
  const auto gap = rows_after({9, {}, {}, {}}, 1);
  CHECK_THROWS_AS((*transaction)->append(gap, Head{10, gap[0].leaf, gap[0].time, {}}), std::logic_error);
}

// While one holds the head, another waits, and then sees what the first appended.
void check_lock(EventStore& store, LedgerId ledger) {
  auto first = store.begin_append(ledger);
  REQUIRE(first);
  const auto before = (*first)->head();
  const auto rows = rows_after(before, 1);
  std::uint64_t seen = 0;
  std::thread waiting([&] {
    if (auto second = store.begin_append(ledger)) {
      if (auto last = (*second)->read(Seq{before.size}, 1, 1000); last && last->size() == 1)
        seen = (*second)->head().size;
    }
  });
  REQUIRE((*first)->append(rows, head_after(before, rows)));
  REQUIRE((*first)->commit());
  first->reset();
  waiting.join();
  CHECK(seen == before.size + 1);
}

void check_large(EventStore& store, LedgerId ledger) {
  append(store, ledger, 100, 65535);  // more than one packet may hold
  const auto head = store.head(ledger);
  const auto last = store.read(ledger, Seq{head->size - 1}, 1, 1);
  REQUIRE(last->size() == 1);
  CHECK(last->front().bytes.size() == 65535);
  CHECK(last->front().leaf == head->last_leaf);
}

void check_checkpoints(EventStore& store, LedgerId ledger, LedgerId other) {
  CHECK_FALSE(store.latest_checkpoint(ledger)->has_value());
  REQUIRE(store.save_checkpoint(ledger, 5, "five — é\n"));
  REQUIRE(store.save_checkpoint(ledger, 12, "twelve"));
  REQUIRE(store.save_checkpoint(ledger, 12, "another twelve"));
  REQUIRE(store.save_checkpoint(ledger, 7, "seven"));
  CHECK(**store.latest_checkpoint(ledger) == "twelve");
  CHECK_FALSE(store.latest_checkpoint(other)->has_value());
}

}  // namespace

void check_event_store(EventStore& store) {
  check_ledgers(store);
  const LedgerId ledger = (*store.ledgers())[0].id, other = (*store.ledgers())[1].id;
  check_appending(store, ledger, other);
  check_reading_in_bounds(store, ledger);
  check_rolling_back(store, ledger);
  check_lock(store, ledger);
  check_large(store, other);
  check_checkpoints(store, ledger, other);
}

namespace {

std::vector<Bytes> texts_of(const std::vector<SealedShare>& shares) {
  std::vector<Bytes> out;
  for (const auto& share : shares) out.push_back(share.sealed);
  return out;
}

void check_shares(ShareStore& shares, LedgerId ledger) {
  const std::vector<Bytes> first{Bytes(80, 1), Bytes(80, 2)}, second{Bytes(80, 3), Bytes(80, 4)};
  const std::vector<Bytes> other{Bytes(80, 5), Bytes(80, 6)};
  CHECK(shares.shares_for(ledger, 1)->empty());
  REQUIRE(shares.add_shares(ledger, 1, first));
  REQUIRE(shares.add_shares(ledger, 1, first));  // a retry
  CHECK(shares.shares_for(ledger, 1)->size() == 1);
  REQUIRE(shares.add_shares(ledger, 1, second));  // another attempt, beside the first
  REQUIRE(shares.add_shares(ledger, 2, other));
  CHECK(texts_of(*shares.shares_for(ledger, 2)) == std::vector<Bytes>{first[1], second[1], other[1]});
  REQUIRE(shares.keep_shares(ledger, 1, second));
  const auto kept = shares.shares_for(ledger, 1);
  CHECK(texts_of(*kept) == std::vector<Bytes>{second[0], other[0]});
  CHECK((*kept)[0].sender == 1);
  CHECK((*kept)[1].sender == 2);
  REQUIRE(shares.remove_shares(ledger));
  CHECK(shares.shares_for(ledger, 1)->empty());
  CHECK(shares.shares_for(ledger, 2)->empty());
}

}  // namespace

void check_share_store(ShareStore& shares, LedgerId ledger) { check_shares(shares, ledger); }

}  // namespace suara::test
