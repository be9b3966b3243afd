#include "projections/runner.hpp"

#include <catch2/catch.hpp>
#include <future>

#include "ledger/mariadb/connection.hpp"
#include "projections/bulletin_board/fold.hpp"
#include "projections/bulletin_board/rows.hpp"
#include "projections/turnout/queries.hpp"
#include "tests/integration/projections/site.hpp"

using namespace suara;
using namespace std::chrono_literals;
using projections::Runner;
using test::Site;

namespace {

// A projection that fails when it is told to, after it has written; its one table is the board's.
class Failing : public projections::Projection {
 public:
  explicit Failing(std::shared_ptr<bool> fail) : fail_(std::move(fail)) {}
  std::string_view name() const override { return "bulletin_board"; }
  std::uint32_t version() const override { return projections::bulletin_board::version; }
  std::vector<std::string_view> tables() const override { return {"bulletin_board"}; }
  Result<std::unique_ptr<projections::LedgerFold>> load(ledger::mariadb::Connection& connection,
                                                        LedgerId ledger) const override {
    auto inner = board_->load(connection, ledger);
    if (!inner) return inner;
    return std::make_unique<Fold>(std::move(*inner), fail_);
  }

 private:
  struct Fold : projections::LedgerFold {
    Fold(std::unique_ptr<projections::LedgerFold> board, std::shared_ptr<bool> when)
        : inner(std::move(board)), failing(std::move(when)) {}
    void fold(const projections::Fact& fact) override { inner->fold(fact); }
    void discard() override { inner->discard(); }
    Result<void> write(ledger::mariadb::Connection& connection, LedgerId ledger) override {
      auto done = inner->write(connection, ledger);
      if (done && *failing) return fail(ErrorCode::internal, "told to fail");
      return done;
    }
    std::unique_ptr<projections::LedgerFold> inner;
    std::shared_ptr<bool> failing;
  };
  std::unique_ptr<projections::Projection> board_ = projections::bulletin_board::make_projection();
  std::shared_ptr<bool> fail_;
};

// The same board, as a later version of the program would have it.
class NextVersion : public projections::Projection {
 public:
  std::string_view name() const override { return "bulletin_board"; }
  std::uint32_t version() const override { return projections::bulletin_board::version + 1; }
  std::vector<std::string_view> tables() const override { return {"bulletin_board"}; }
  Result<std::unique_ptr<projections::LedgerFold>> load(ledger::mariadb::Connection& connection,
                                                        LedgerId ledger) const override {
    return board_->load(connection, ledger);
  }

 private:
  std::unique_ptr<projections::Projection> board_ = projections::bulletin_board::make_projection();
};

std::uint64_t position_of(const Runner& runner, const Site& site, const std::string& name) {
  for (const auto& status : runner.status(site.uuid()))
    if (status.name == name) return status.position;
  return UINT64_MAX;
}

}  // namespace

TEST_CASE("live, in one go, in small batches and rebuilt: the rows are the same") {
  Site site(test::two_places(election::TallyPolicy::live));
  test::hold_live_election(site);
  {
    auto runner = site.runner();
    for (std::uint64_t size = 0;;) {
      const std::uint64_t next = site.stored->store_new(1);
      REQUIRE(runner->run_once());
      if (next == size) break;
      size = next;
    }
    for (const auto& status : runner->status(site.uuid())) {
      CHECK(status.position == site.election.recorded.size());
      CHECK(status.lag == 0);
      CHECK_FALSE(status.stopped);
    }
  }
  const auto live = site.rows();
  CHECK(live.at("bulletin_board").size() == 8);
  CHECK(live.at("turnout_credentials").size() == 10);
  CHECK(live.at("live_tally_voters").size() == 6);
  CHECK(live.at("projection_positions").size() == test::projection_count);

  // Each runner finds rows of another version.
  for (const std::size_t batch : {4096, 1, 3, 7}) {
    CAPTURE(batch);
    site.as_root("UPDATE projection_positions SET version = 99");
    auto again = site.runner(batch);
    std::map<std::string, std::vector<std::uint64_t>> progress;
    again->on_rebuilding([&](const projections::RebuildProgress& at) {
      CHECK(at.total == site.election.recorded.size());
      progress[at.projection].push_back(at.done);
    });
    REQUIRE(again->run_once());
    CHECK(site.rows() == live);
    REQUIRE(progress.size() == test::projection_count);
    for (const auto& [name, done] : progress) {
      CHECK(done.front() == 0);
      CHECK(done.back() == site.election.recorded.size());
      CHECK(std::is_sorted(done.begin(), done.end()));
    }
  }
}

TEST_CASE("a polling day with corrections of all kinds: rebuilt rows are the live ones") {
  Site site(test::polling_day_draft());
  test::hold_polling_day(site);
  for (std::uint64_t size = 0;;) {
    // A new runner each time: what a fold remembers comes from its rows.
    const std::uint64_t next = site.stored->store_new(1);
    REQUIRE(site.runner()->run_once());
    if (next == size) break;
    size = next;
  }
  const auto live = site.rows();
  CHECK(live.at("attendance").size() == 3);
  CHECK(live.at("turnout_credentials").size() == 6);
  CHECK(live.at("turnout_voters").empty());
  for (const std::size_t batch : {4096, 1, 4}) {
    CAPTURE(batch);
    site.as_root("UPDATE projection_positions SET version = 99");
    REQUIRE(site.runner(batch)->run_once());
    CHECK(site.rows() == live);
  }
}

TEST_CASE("a version change rebuilds that projection alone") {
  Site site(test::two_places(election::TallyPolicy::live));
  test::hold_live_election(site);
  site.stored->store_new();
  REQUIRE(site.runner()->run_once());
  const auto before = site.rows();
  site.as_root("UPDATE bulletin_board SET time = 0");  // what an older version may have written
  Runner runner(site.store, site.pool);
  runner.add(std::make_unique<NextVersion>());
  REQUIRE(runner.run_once());
  const auto after = site.rows();
  for (const auto& [table, rows] : before)
    if (table != "projection_positions") CHECK(after.at(table) == rows);
  CHECK(after.at("projection_positions") != before.at("projection_positions"));
}

TEST_CASE("rows and position are written together or not at all") {
  Site site(test::two_places(election::TallyPolicy::live));
  test::hold_live_election(site);
  const auto failing = std::make_shared<bool>(true);
  Runner runner(site.store, site.pool);
  runner.add(std::make_unique<Failing>(failing));
  site.stored->store_new();
  CHECK_FALSE(runner.run_once());
  CHECK(site.rows().at("bulletin_board").empty());
  REQUIRE(runner.status(site.uuid()).size() == 1);
  CHECK(runner.status(site.uuid())[0].position == 0);
  CHECK(runner.status(site.uuid())[0].stopped == "told to fail");

  *failing = false;
  REQUIRE(runner.run_once());
  CHECK(site.rows().at("bulletin_board").size() == 8);
  CHECK(runner.status(site.uuid())[0].position == site.election.recorded.size());
  CHECK_FALSE(runner.status(site.uuid())[0].stopped);
}

TEST_CASE("a restart resumes where the rows are") {
  Site site(test::two_places(election::TallyPolicy::live));
  test::hold_live_election(site);
  const std::uint64_t half = site.stored->store_new(12);
  REQUIRE(site.runner()->run_once());
  site.stored->store_new();
  auto runner = site.runner();
  std::vector<std::uint64_t> positions;
  runner->on_advanced([&](const ElectionUuid& uuid, std::string_view, std::uint64_t position) {
    CHECK(uuid == site.uuid());
    positions.push_back(position);
  });
  bool rebuilt = false;
  runner->on_rebuilding([&](const projections::RebuildProgress&) { rebuilt = true; });
  REQUIRE(runner->run_once());
  CHECK(positions == std::vector<std::uint64_t>(test::projection_count, site.election.recorded.size()));
  CHECK(half < site.election.recorded.size());
  CHECK_FALSE(rebuilt);
  const auto resumed = site.rows();
  site.as_root("UPDATE projection_positions SET version = 99");
  REQUIRE(site.runner()->run_once());
  CHECK(site.rows() == resumed);
}

TEST_CASE("two runners over one database write each entry once") {
  Site site(test::two_places(election::TallyPolicy::live));
  test::hold_live_election(site);
  auto one = site.runner(2);
  auto two = site.runner(3);
  for (std::uint64_t size = 0, turn = 0;; ++turn) {
    const std::uint64_t next = site.stored->store_new(5);
    REQUIRE((turn % 2 == 0 ? one : two)->run_once());
    if (turn % 3 == 0) REQUIRE((turn % 2 == 0 ? two : one)->run_once());
    if (next == size) break;
    size = next;
  }
  REQUIRE(one->run_once());
  const auto rows = site.rows();
  site.as_root("UPDATE projection_positions SET version = 99");
  REQUIRE(site.runner()->run_once());
  CHECK(site.rows() == rows);

  // Running at once, they wait for each other at the position's row.
  site.as_root("UPDATE projection_positions SET version = 99");
  auto first = site.runner(2);
  auto second = site.runner(3);
  first->start();
  second->start();
  const auto deadline = std::chrono::steady_clock::now() + 20s;
  const auto done = [&](const Runner& runner) {
    const auto all = runner.status(site.uuid());
    return all.size() == test::projection_count && std::all_of(all.begin(), all.end(), [](const auto& s) { return s.lag == 0; });
  };
  while (!(done(*first) && done(*second)) && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
  CHECK(site.rows() == rows);
}

TEST_CASE("a gap stops the fold with a reason, and it goes on once the gap is gone") {
  Site site(test::two_places(election::TallyPolicy::live));
  test::hold_live_election(site);
  const std::uint64_t size = site.stored->store_new();
  const auto hide = [&](const std::string& which) {
    site.as_root("DROP TRIGGER entries_refuse_delete; CREATE TABLE hidden AS SELECT * FROM entries WHERE " + which +
                 "; DELETE FROM entries WHERE " + which + ";");
  };
  const auto put_back = [&] {
    site.as_root(
        "INSERT INTO entries SELECT * FROM hidden; DROP TABLE hidden; CREATE TRIGGER entries_refuse_delete "
        "BEFORE DELETE ON entries FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = "
        "'Entries of a ledger are never deleted or replaced.';");
  };
  std::uint64_t missing = 0;
  SECTION("in the middle") { missing = 11; }
  SECTION("the first") { missing = 0; }
  SECTION("the last") { missing = size - 1; }
  hide("seq = " + std::to_string(missing));
  auto runner = site.runner();
  REQUIRE(runner->run_once());
  for (const auto& status : runner->status(site.uuid())) {
    CHECK(status.position == missing);
    CHECK(status.lag == size - missing);
    REQUIRE(status.stopped);
    CHECK_THAT(*status.stopped, Catch::Contains("Entry " + std::to_string(missing)));
  }
  CHECK(test::must(projections::turnout::read_turnout(site.pool, site.id())).as_of.entries == missing);
  put_back();
  REQUIRE(runner->run_once());
  for (const auto& status : runner->status(site.uuid())) {
    CHECK(status.position == size);
    CHECK_FALSE(status.stopped);
  }
}

TEST_CASE("an entry that cannot be read stops the fold and is named") {
  Site site(test::two_places(election::TallyPolicy::live));
  test::hold_live_election(site);
  site.stored->store_new();
  site.as_root(
      "DROP TRIGGER entries_refuse_update; UPDATE entries SET entry = 'nonsense' WHERE seq = 1; "
      "CREATE TRIGGER entries_refuse_update BEFORE UPDATE ON entries FOR EACH ROW SIGNAL SQLSTATE '45000' "
      "SET MESSAGE_TEXT = 'Entries of a ledger are never changed.';");
  auto runner = site.runner();
  REQUIRE(runner->run_once());
  for (const auto& status : runner->status(site.uuid())) {
    CHECK(status.position == 1);
    REQUIRE(status.stopped);
    CHECK_THAT(*status.stopped, Catch::Contains("Entry 1 cannot be read"));
  }
}

TEST_CASE("a running runner follows what is told and what is not") {
  Site site(test::two_places(election::TallyPolicy::live));
  test::hold_live_election(site);
  std::mutex mutex;
  std::condition_variable told;
  std::map<std::string, std::uint64_t> positions;
  auto runner = site.runner();
  runner->on_advanced([&](const ElectionUuid&, std::string_view name, std::uint64_t position) {
    const std::lock_guard lock(mutex);
    positions[std::string(name)] = position;
    told.notify_all();
  });
  runner->start();
  const auto reached = [&](std::uint64_t size) {
    std::unique_lock lock(mutex);
    return told.wait_for(lock, 30s, [&] {
      return positions.size() == test::projection_count &&
             std::all_of(positions.begin(), positions.end(), [&](const auto& p) { return p.second == size; });
    });
  };
  CHECK(reached(site.stored->store_new(5)));  // found by polling
  const std::uint64_t size = site.stored->store_new();
  runner->notify(site.stored->info(), size);
  CHECK(reached(size));
}

TEST_CASE("a lost database stops nothing for good") {
  Site site(test::two_places(election::TallyPolicy::live));
  test::hold_live_election(site);
  site.stored->store_new(10);
  auto runner = site.runner();
  REQUIRE(runner->run_once());
  site.stored->store_new();
  site.server.kill9();
  const auto lost = runner->run_once();
  REQUIRE_FALSE(lost);
  CHECK(lost.error().code == ErrorCode::unavailable);
  site.server.restart();
  // A connection that idled for a moment only is not tried before it is used: the first use may find it lost.
  if (!runner->run_once()) REQUIRE(runner->run_once());
  CHECK(position_of(*runner, site, "turnout") == site.election.recorded.size());
  const auto rows = site.rows();
  site.as_root("UPDATE projection_positions SET version = 99");
  REQUIRE(site.runner()->run_once());
  CHECK(site.rows() == rows);
}
