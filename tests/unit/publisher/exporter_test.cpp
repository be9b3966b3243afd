#include "ledger/exporter.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "core/codec/bel_tar.hpp"
#include "ledger/checkpoint_files.hpp"
#include "ledger/memory_store.hpp"
#include "ledger/publisher.hpp"
#include "tests/support/election_fixture.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/unit/publisher/paper_witness.hpp"

using namespace suara;
using ledger::Exporter;
using ledger::ExportKind;
namespace fs = std::filesystem;

namespace {

// A service whose one election is open, with two ballots.
struct Service {
  test::TempFolder folder;
  ledger::MemoryStore store;
  ledger::KeyStore keys{folder.path() / "keys"};
  ledger::CommandHandler handler{store, keys, [] { return Timestamp{1'790'000'000'000}; }};
  ledger::Publisher publisher{store, keys, {.log_dir = folder.path() / "log"}};
  std::unique_ptr<test::ServedElection> election;

  explicit Service(const test::ElectionPlan& plan = {}) {
    REQUIRE(handler.start());
    election = std::make_unique<test::ServedElection>(handler, keys, plan);
    election->must(election->ballot(0, 0), test::voter);
    election->must(election->ballot(1, 1), test::voter);
  }
  const ElectionUuid& uuid() const { return election->uuid(); }
  fs::path log() const { return publisher.folder(uuid()); }
  fs::path exports() const { return folder.path() / "exports" / uuid().value; }
  std::unique_ptr<Exporter> exporter(std::chrono::milliseconds witness_patience = std::chrono::hours(1)) {
    ledger::ExporterOptions options;
    options.witness_patience = witness_patience;
    options.dir = folder.path() / "exports";
    options.log = [this](const ElectionUuid& of) { return publisher.folder(of); };
    return std::make_unique<Exporter>(handler, std::move(options));
  }
  void publish() { REQUIRE(publisher.publish(store.ledgers()->front())); }
  void cancel() {
    election->must(election::CancelElection{"Listrik padam seharian"}, test::committee);
    publish();
  }
};

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  if (!fs::exists(folder)) return names;
  for (const auto& each : fs::directory_iterator(folder)) names.push_back(each.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

ErrorCode refusal(const Result<fs::path>& file) { return file ? ErrorCode::internal : file.error().code; }

}  // namespace

TEST_CASE("nothing is written of an election that goes on") {
  Service service;
  service.publish();
  const auto exporter = service.exporter();
  REQUIRE(exporter->write_now(service.uuid()));
  CHECK(names_in(service.exports()).empty());
  CHECK(refusal(exporter->file(service.uuid(), ExportKind::bundle)) == ErrorCode::wrong_phase);
  CHECK(refusal(exporter->file(ElectionUuid{"ucSijHEHGk8LHG"}, ExportKind::bundle)) == ErrorCode::not_found);
}

TEST_CASE("the files of an election that is over are written once for each state of its ledger") {
  Service service;
  service.cancel();
  auto exporter = service.exporter();
  CHECK(refusal(exporter->file(service.uuid(), ExportKind::bundle)) == ErrorCode::unavailable);
  REQUIRE(exporter->write_now(service.uuid()));
  const std::string size = std::to_string(service.handler.counts(service.uuid()).entries);
  CHECK(names_in(service.exports()) == std::vector<std::string>{size});
  CHECK(names_in(service.exports() / size) == std::vector<std::string>{"bundle.tar", "election.bel"});
  CHECK(refusal(exporter->file(service.uuid(), ExportKind::result_csv)) == ErrorCode::not_found);
  const auto tar = exporter->file(service.uuid(), ExportKind::bundle);
  REQUIRE(tar);
  const std::string bytes = content_of(*tar);
  CHECK(codec::read_bel_tar(std::string_view(bytes).substr(0, bytes.size() - 1024)).entries[0].name == "checkpoint");

  // After a restart they are found, not written again.
  const auto written = fs::last_write_time(*tar);
  exporter = service.exporter();
  REQUIRE(exporter->write_now(service.uuid()));
  CHECK(fs::last_write_time(exporter->file(service.uuid(), ExportKind::bundle).value()) == written);

  // A further entry makes others, which take their place.
  service.election->must(election::NoteIncident{"Listrik menyala lagi", {}}, test::supervisor);
  service.publish();
  REQUIRE(exporter->write_now(service.uuid()));
  const std::string next = std::to_string(service.handler.counts(service.uuid()).entries);
  CHECK(names_in(service.exports()) == std::vector<std::string>{next});
  CHECK(content_of(exporter->file(service.uuid(), ExportKind::bundle).value()) != bytes);
}

TEST_CASE("the files wait for the witnesses, but not for ever, and take them in when they come") {
  const test::PaperWitness saksi("saksi.example");
  test::ElectionPlan plan;
  plan.draft.policies.witnesses = election::WitnessPolicy{1, {saksi.key_text()}};
  Service service(plan);
  service.cancel();
  const ledger::CheckpointFiles heads{ledger::LogFolder(service.log())};
  const auto witness = [&] {
    const auto head = heads.newest().value();
    REQUIRE(heads.keep(head, saksi.cosign(head.note.text), *plan.draft.policies.witnesses).value());
  };
  const std::string size = std::to_string(service.handler.counts(service.uuid()).entries);
  const auto members = [&](Exporter& exporter) {
    const std::string bytes = content_of(exporter.file(service.uuid(), ExportKind::bundle).value());
    std::vector<std::string> names;
    for (const auto& entry : codec::read_bel_tar(std::string_view(bytes).substr(0, bytes.size() - 1024)).entries)
      names.emplace_back(entry.name);
    return names;
  };
  SECTION("in time") {
    const auto exporter = service.exporter();
    CHECK(exporter->write_now(service.uuid()).error().code == ErrorCode::unavailable);
    CHECK(names_in(service.exports()).empty());
    witness();
    REQUIRE(exporter->write_now(service.uuid()));
    CHECK(names_in(service.exports()) == std::vector<std::string>{size + ".witnessed"});
    CHECK(members(*exporter)[0] == "checkpoint");
    CHECK(members(*exporter)[1] == "checkpoint.witnessed");
  }
  SECTION("late") {
    const auto exporter = service.exporter(std::chrono::milliseconds(0));
    REQUIRE(exporter->write_now(service.uuid()));
    CHECK(names_in(service.exports()) == std::vector<std::string>{size});
    CHECK(members(*exporter)[1] == "keys.json");
    witness();
    REQUIRE(exporter->write_now(service.uuid()));
    CHECK(names_in(service.exports()) == std::vector<std::string>{size + ".witnessed"});
    CHECK(members(*exporter)[1] == "checkpoint.witnessed");
  }
}

TEST_CASE("what does not pass its audit is not offered, and nothing of it stays") {
  Service service;
  service.cancel();
  const auto lie = [&](const std::string& file, std::size_t at) {
    std::string bytes = content_of(service.log() / file);
    bytes.at(at) = static_cast<char>(bytes.at(at) ^ 1);
    std::ofstream(service.log() / file, std::ios::binary) << bytes;
  };
  const std::string width = std::to_string(service.handler.counts(service.uuid()).entries);
  SECTION("an entry") { lie("tile/entries/000.p/" + width, 40); }
  SECTION("a hash of the tree") { lie("tile/0/000.p/" + width, 0); }
  SECTION("the checkpoint") { lie("checkpoint", 60); }
  const auto exporter = service.exporter();
  CHECK_FALSE(exporter->write_now(service.uuid()));
  CHECK(names_in(service.exports()).empty());
  CHECK(refusal(exporter->file(service.uuid(), ExportKind::bundle)) == ErrorCode::unavailable);
}
