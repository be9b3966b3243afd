#include "core/audit/bel_audit.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "core/codec/bel_write.hpp"
#include "core/codec/belenios.hpp"
#include "core/crypto/hash.hpp"
#include "tests/support/bel_parts.hpp"
#include "tests/support/vectors.hpp"
#include "tests/unit/audit/report.hpp"

using namespace suara;
using audit::Check;
using test::check;
using test::require_clean;
using test::BelParts;

namespace {

std::string vector_bytes(const std::string& name) {
  return test::read_file(test::vector_path("belenios/" + name + "/election.bel"));
}

audit::Report audit_of(std::string_view bytes) {
  audit::Options options;
  options.parallel = [](std::size_t n, const std::function<void(std::size_t)>& task) {
    for (std::size_t i = n; i-- > 0;) task(i);
  };
  return audit::audit_bel(bytes, options);
}

// With the writer of core, up to the first `events` events.
std::string written(const BelParts& parts, std::size_t events) {
  std::string out;
  codec::BelWriter writer(parts.timestamp, [&](std::string_view bytes) { out += bytes; });
  std::size_t left = events;
  const auto more = [&] { return left > 0 && left-- > 0; };
  if (more()) writer.setup(parts.election, parts.trustees, parts.credentials);
  for (const auto& ballot : parts.ballots) {
    if (more()) writer.ballot(ballot);
  }
  if (parts.ended && more()) writer.end_ballots();
  if (parts.tally && more()) {
    const auto& [encrypted, num_tallied, total_weight] = *parts.tally;
    writer.encrypted_tally(encrypted, codec::write_sized_tally({num_tallied, total_weight, crypto::sha256(encrypted)}));
  }
  for (const auto& [owner, text] : parts.partials) {
    if (more()) writer.partial_decryption(owner, text);
  }
  if (parts.result && more()) writer.result(*parts.result);
  return out;
}

}  // namespace

TEST_CASE("both independent archives are written again byte for byte from their texts") {
  for (const char* name : {"basic", "threshold"}) {
    const std::string bytes = vector_bytes(name);
    const BelParts parts = test::bel_parts(bytes);
    CHECK(written(parts, 100) == bytes);
    CHECK(test::bel_bytes(parts) == bytes);  // or mutants of these parts would prove nothing
  }
}

TEST_CASE("texts of an archive in another order are a bug") {
  codec::BelWriter writer(1, [](std::string_view) {});
  CHECK_THROWS_AS(writer.ballot("{}"), std::logic_error);
  writer.setup("{}", "[]", "[]");
  CHECK_THROWS_AS(writer.encrypted_tally("[]", "{}"), std::logic_error);
  CHECK_THROWS_AS(writer.setup("{}", "[]", "[]"), std::logic_error);
  writer.end_ballots();
  CHECK_THROWS_AS(writer.ballot("{}"), std::logic_error);
  CHECK_THROWS_AS(writer.result("{}"), std::logic_error);
}

TEST_CASE("the basic archive verifies, with its result") {
  const auto report = audit_of(vector_bytes("basic"));
  require_clean(report);
  CHECK(report.verified());
  CHECK(report.result == ballot::Counts{{1, 5, 2, 1}});
  CHECK(report.ballots == 10);
  CHECK(report.counted == 9);
  CHECK(report.weight == 9);
  CHECK(report.size == 17);
  CHECK(report.election_name == "Ketua OSIS 2026");
  CHECK(report.phase == election::Phase::tallied);
  CHECK(check(report, Check::roll).count == 13);
  CHECK(check(report, Check::trustees).count == 3);
  CHECK(check(report, Check::ballots).count == 10);
  CHECK(check(report, Check::tally).count == 1);
  CHECK(check(report, Check::decryption).count == 3);
  CHECK(check(report, Check::result).count == 1);
  CHECK(report.contests.at(0).candidates.at(3).name == "Gita & Hadi");
}

TEST_CASE("the archive with blank votes, weights and threshold trustees verifies") {
  const auto report = audit_of(vector_bytes("threshold"));
  require_clean(report);
  CHECK(report.result == ballot::Counts{{6, 4, 10, 5, 4}, {12, 9, 14}});
  CHECK(report.ballots == 7);
  CHECK(report.counted == 6);
  CHECK(report.weight == 21);
  CHECK(check(report, Check::trustees).count == 4);
  CHECK(check(report, Check::decryption).count == 3);
}

TEST_CASE("a report tells which checks an archive has, and what it cannot prove") {
  const auto report = audit_of(vector_bytes("basic"));
  std::vector<std::string> without;
  for (const auto& each : report.checks) {
    if (!each.applies) without.emplace_back(audit::check_name(each.check));
    CHECK((each.applies || each.count == 0));
  }
  CHECK(without ==
        std::vector<std::string>{"keys", "checkpoint", "signatures", "tree", "live_tallies", "trackers", "witnesses"});
  REQUIRE(report.notes.size() == 1);
  CHECK(report.notes[0].find("decryption proofs") != std::string::npos);
}

TEST_CASE("an archive that ends early is verified as far as it goes") {
  const BelParts parts = test::bel_parts(vector_bytes("threshold"));
  for (std::size_t events = 1; events <= 14; ++events) {
    INFO(events << " events");
    const auto report = audit_of(written(parts, events));
    require_clean(report);
    CHECK(report.size == events);
    CHECK(report.ballots == std::min<std::size_t>(events - 1, 7));
    CHECK(report.result.has_value() == (events == 14));
    const auto phase = events <= 8    ? election::Phase::open
                       : events == 14 ? election::Phase::tallied
                                      : election::Phase::closed;
    CHECK(report.phase == phase);
  }
}

TEST_CASE("what is no archive is told to be none") {
  CHECK(audit::looks_like_bel(vector_bytes("basic")));
  for (const std::string bytes : {"", "BELENIOS", "PK\3\4 something else"}) {
    CHECK_FALSE(audit::looks_like_bel(bytes));
    const auto report = audit_of(bytes);
    REQUIRE(report.first_fault());
    CHECK(report.first_fault()->check == Check::entries);
  }
}
