#pragma once
#include "ledger/mariadb/maria_store.hpp"
#include "ledger/mariadb/pool.hpp"
#include "projections/runner.hpp"
#include "tests/support/mariadb_server.hpp"
#include "tests/support/stored_ledger.hpp"
#include "tests/support/temp_folder.hpp"

namespace suara::test {

inline const std::vector<std::string> projection_tables = {
    "bulletin_board", "live_tally",     "live_tally_candidates", "live_tally_contests", "live_tally_voters",
    "turnout_hours",  "turnout_places", "turnout_credentials",   "projection_positions"};

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
election::Draft two_places(election::TallyPolicy policy);

}  // namespace suara::test
