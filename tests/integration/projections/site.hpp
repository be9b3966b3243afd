#pragma once
#include "ledger/mariadb/maria_store.hpp"
#include "ledger/mariadb/pool.hpp"
#include "projections/runner.hpp"
#include "tests/support/mariadb_server.hpp"
#include "tests/support/stored_ledger.hpp"
#include "tests/support/temp_folder.hpp"

namespace suara::test {

inline const std::vector<std::string> projection_tables = {
    "activity",          "attendance",          "bulletin_board", "live_tally",           "live_tally_candidates",
    "live_tally_voters", "live_tally_contests", "turnout_alerts", "turnout_credentials",  "turnout_hours",
    "turnout_ledgers",   "turnout_paces",       "turnout_places", "turnout_voters",       "projection_positions"};
constexpr std::size_t projection_count = 4;

// An empty database, a store over it, and one drafted election whose events are stored as a test wants.
struct Site {
  TempFolder folder;
  MariadbServer& server = shared_mariadb();
  ledger::mariadb::MariaStore store;
  ledger::mariadb::Pool pool;
  ledger::KeyStore keys;
  HeldElection election;
  std::unique_ptr<StoredLedger> stored;

  explicit Site(const election::Draft& draft = small_draft());

  LedgerId id() const { return stored->info().id; }
  const ElectionUuid& uuid() const { return stored->info().uuid; }
  std::unique_ptr<projections::Runner> runner(std::size_t batch_entries = 4096);

  // As the database's root account: what the service cannot do.
  void as_root(const std::string& script) const;
  // Every row of the projections' tables, as text.
  std::map<std::string, std::vector<std::string>> rows() const;
};

// Two places, five voters at each, with ballots, re-votes and live tallies; closed and certified.
void hold_live_election(Site& site);
// At two polling places: a revised draft, a corrected roll, codes made again with a reserve, attendance of which one was
// corrected away, more votes than attendance at one place; closed.
void hold_polling_day(Site& site);
election::Draft polling_day_draft();
election::Draft two_places(election::TallyPolicy policy);

}  // namespace suara::test
