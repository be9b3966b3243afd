#include "tests/integration/projections/site.hpp"

#include "core/crypto/encoding.hpp"

namespace suara::test {

using ledger::mariadb::Connection;

Site::Site(const election::Draft& draft)
    : store((server.empty_tables(), server.service()), 4), pool(server.service(), 4), keys(folder.path() / "keys") {
  election.draft(draft);
  stored = std::make_unique<StoredLedger>(store, keys, election);
  stored->store_new();
}

std::unique_ptr<projections::Runner> Site::runner(std::size_t batch_entries) {
  projections::RunnerOptions options;
  options.poll = std::chrono::milliseconds(50);
  options.batch_entries = batch_entries;
  auto out = std::make_unique<projections::Runner>(store, pool, options);
  projections::add_all(*out);
  return out;
}

void Site::as_root(const std::string& script) const {
  auto connection = must(Connection::open(server.root()));
  must(connection->execute_script(script));
}

std::map<std::string, std::vector<std::string>> Site::rows() const {
  auto connection = must(Connection::open(server.root()));
  std::map<std::string, std::vector<std::string>> out;
  for (const auto& table : projection_tables) {
    std::string columns;
    const auto names = must(connection->query(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'suara' AND table_name = ? "
        "ORDER BY ordinal_position",
        {table}));
    for (const auto name : names)
      columns += (columns.empty() ? "" : ",'|',") + ("IFNULL(HEX(" + std::string(name.text(0)) + "),'null')");
    auto& rows = out[table];
    for (const auto row : must(connection->query("SELECT CONCAT(" + columns + ") FROM " + table)))
      rows.emplace_back(row.text(0));
    std::sort(rows.begin(), rows.end());
  }
  return out;
}

election::Draft two_places(election::TallyPolicy policy) {
  auto draft = small_draft(policy);
  draft.places = {{PlaceId{"tps-1"}, "TPS 1"}, {PlaceId{"tps-2"}, "TPS 2"}};
  draft.policies.min_batch = 3;
  return draft;
}

election::Draft polling_day_draft() {
  auto draft = two_places(election::TallyPolicy::sealed);
  draft.policies.verification = election::VerificationPolicy::polling_place;
  return draft;
}

void hold_polling_day(Site& site) {
  auto& election = site.election;
  const PlaceId one{"tps-1"}, two{"tps-2"};
  const auto voter_at = HeldElection::commitment_of;
  election.must(election.new_trustee_key(), trustee);
  election.enrol(3, one);
  auto revised = polling_day_draft();
  revised.places = {{two, "TPS 2"}, {one, "Aula"}, {PlaceId{"tps-3"}, "TPS 3"}};
  revised.contests[0].candidates[0].vision = "Maju bersama";
  election.must(election::ReviseDraft{revised}, administrator);
  election.must(election::WithdrawCredentials{"Dicetak ulang"}, administrator);
  election.voters.clear();
  for (std::size_t i = 0; i < 3; ++i) election.must(election::RemoveVoter{voter_at(i), "Daftar baru"}, registrar);
  election.enrol(3, one);
  election.enrol(2, two);
  election.must(election::CorrectVoter{voter_at(2), {voter_at(10), one}, "Nama salah"}, registrar);
  election.import_reserve(1, one);
  revised.places.pop_back();
  election.must(election::ReviseDraft{revised}, administrator);
  election.seal();
  election.must(election::OpenElection{}, committee);
  election.must(election::VerifyAtPlace{voter_at(0), one}, committee);
  const Seq wrong = election.recorded.back().seq;
  election.must(election.ballot_of(0, 0), voter);
  election.now.ms += 3'600'000;
  election.must(election::VerifyAtPlace{voter_at(1), one}, committee);
  election.must(election::VerifyAtPlace{voter_at(3), two}, committee);
  election.must(election::RecordCorrection{wrong, "Orang yang salah"}, committee);
  election.must(election::VerifyAtPlace{voter_at(0), one}, committee);
  election.must(election.ballot_of(3, 1), voter);
  election.must(election.ballot_of(4, 1), voter);
  election.must(election::NoteIncident{"Listrik padam", {wrong}}, committee);
  election.must(election::CloseElection{}, committee);
  election.must(election::RecordCorrection{Seq{election.recorded.size() - 5}, "Catatan"}, committee);
}

void hold_live_election(Site& site) {
  auto& election = site.election;
  election.must(election.new_trustee_key(), service);
  election.enrol(5, PlaceId{"tps-1"});
  election.enrol(5, PlaceId{"tps-2"});
  election.seal();
  election.must(election::OpenElection{}, committee);
  const auto cast = [&](std::size_t index, std::size_t answer) {
    election.must(election.ballot_of(index, answer), voter);
  };
  cast(0, 0);
  cast(6, 1);
  cast(0, 1);
  cast(1, 1);
  election.must(election.live_tally(), service);
  election.now.ms += 3'600'000;
  cast(7, 0);
  cast(8, 0);
  cast(6, 0);
  election.must(election.live_tally(), service);
  cast(2, 1);
  election.finish();
}

}  // namespace suara::test
