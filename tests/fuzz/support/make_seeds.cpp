#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>

#include "core/codec/bel_archive.hpp"
#include "core/codec/belenios.hpp"
#include "core/codec/opening.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "core/log/entry.hpp"
#include "core/log/merkle.hpp"
#include "core/log/tiles.hpp"
#include "core/log/tlog_proof.hpp"
#include "tests/fuzz/support/simple_tar.hpp"
#include "tests/support/paper_ledger.hpp"
#include "tests/support/vectors.hpp"

// fuzz-seeds FOLDER: writes FOLDER/<target>/<name>, inputs that are valid or nearly so.
namespace {

using namespace suara;
namespace fs = std::filesystem;

class Seeds {
 public:
  explicit Seeds(fs::path folder) : folder_(std::move(folder)) {}

  void add(const std::string& target, std::string_view bytes) {
    fs::create_directories(folder_ / target);
    std::ofstream out(folder_ / target / ("seed-" + std::to_string(++count_[target])), std::ios::binary);
    out << bytes;
    if (!out.flush()) throw std::runtime_error("cannot write a seed of " + target);
  }

 private:
  fs::path folder_;
  std::map<std::string, int> count_;
};

template <class T>
T value(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().detail);
  return std::move(*result);
}

// What each trustee published by itself.
void add_parts(Seeds& seeds, const ballot::Trustees& trustees) {
  for (const auto& item : trustees) {
    if (const auto* key = std::get_if<ballot::TrusteePublicKey>(&item)) {
      seeds.add("trustees", codec::write_trustee_public_key(*key));
      continue;
    }
    const auto& group = std::get<ballot::ThresholdParameters>(item);
    for (const auto& certificate : group.certs) seeds.add("trustees", codec::write_certificate(certificate));
    for (const auto& coefexps : group.coefexps) seeds.add("trustees", codec::write_coefexps(coefexps));
  }
}

// An opening of the right shape; that its randomness opens nothing is no matter to a reader.
void add_opening(Seeds& seeds, std::string_view election, std::string_view text) {
  codec::OpeningFile opening;
  opening.election = election;
  opening.ballot = text;
  for (const auto& answer : value(codec::read_ballot(text)).answers) {
    opening.randomness.emplace_back(answer.choices.size(), crypto::Scalar::from_u64(7));
  }
  seeds.add("opening", codec::write_opening(opening));
}

// The objects of an election that another program made.
void take_apart(Seeds& seeds, const std::string& bytes) {
  seeds.add("bel_archive", bytes);
  seeds.add("bel_audit", bytes);
  seeds.add("bel_tar", bytes.substr(0, 3 * 512));
  const auto archive = value(codec::read_bel_archive(bytes));
  const auto data = [&](const Hash& hash) { return archive.data.at(hash); };
  std::string_view election;
  for (const auto& event : archive.events) {
    if (!event.payload) continue;
    const std::string_view payload = data(*event.payload);
    switch (event.type) {
      case codec::BelEventType::setup: {
        const auto setup = value(codec::read_setup_data(payload));
        election = data(setup.election);
        seeds.add("election", election);
        seeds.add("trustees", data(setup.trustees));
        add_parts(seeds, value(codec::read_trustees(data(setup.trustees))));
        seeds.add("credentials", data(setup.credentials));
        break;
      }
      case codec::BelEventType::ballot:
        seeds.add("ballot", payload);
        add_opening(seeds, election, payload);
        break;
      case codec::BelEventType::encrypted_tally:
        seeds.add("tally", payload);
        seeds.add("tally", data(value(codec::read_sized_tally(payload)).encrypted_tally));
        break;
      case codec::BelEventType::partial_decryption:
        seeds.add("partial_decryption", data(value(codec::read_owned_partial_decryption(payload)).payload));
        break;
      case codec::BelEventType::result:
        seeds.add("tally", payload);
        break;
      case codec::BelEventType::end_ballots:
        break;
    }
  }
}

// Every kind of event, and the files of a bundle.
void hold_election(Seeds& seeds, election::TallyPolicy policy) {
  test::PaperLedger ledger(
      {.policy = policy, .trustees = policy == election::TallyPolicy::live ? 1u : 2u, .voters = 4});
  for (std::size_t voter = 0; voter < 4; ++voter) ledger.cast(voter, voter % 3);
  if (policy == election::TallyPolicy::live) ledger.publish_live();
  ledger.close_and_certify();
  for (const auto& entry : ledger.entries()) {
    seeds.add("event", entry.type + "\n" + entry.data);
    seeds.add("json", entry.data);
  }
  const auto files = ledger.bundle().files;
  std::vector<fuzz::TarMember> members;
  for (const auto& [path, content] : files) {
    members.push_back({path, content});
    if (path == "checkpoint") {
      seeds.add("checkpoint", content);
      seeds.add("checkpoint", content.substr(0, content.find("\n\n") + 1));
    } else if (path == "keys.json") {
      seeds.add("keys", content);
    } else {
      seeds.add("tile", path + "\n" + content);
    }
  }
  seeds.add("bundle_tar", fuzz::write_tar(members, 0));
  seeds.add("vkey", log::verifier_key_text(ledger.key()));

  const auto width = static_cast<std::uint32_t>(ledger.entries().size());
  std::vector<Hash> leaves;
  for (const auto entry : value(log::decode_bundle(files.at(log::tile_path(log::EntryBundle{0, width})), width))) {
    seeds.add("entry", entry);
    leaves.push_back(log::leaf_hash(entry));
  }
  const auto read = [&](const log::Node& node) -> Result<Hash> { return log::node_in_tile(node, leaves); };
  const log::TlogProof receipt{1, value(log::inclusion_proof(1, width, read)), files.at("checkpoint")};
  seeds.add("tlog_proof", log::write_tlog_proof(receipt));
}

// What other programs and other times wrote of the log's formats.
void read_kept_files(Seeds& seeds) {
  const fs::path root(SUARA_SOURCE_DIR);
  const auto golden = [&](const std::string& name) { return test::read_file(root / "tests/golden/log" / name); };
  for (const char* name : {"0.entry", "1.entry", "2.entry"}) seeds.add("entry", golden(name));
  seeds.add("checkpoint", golden("checkpoint"));
  seeds.add("tlog_proof", golden("1.tlog-proof"));
  for (const char* name : {"by-key.key", "by-passphrase.key", "sealing.key"})
    seeds.add("sealed_text", test::read_file(root / "tests/golden/keys" / name));
  seeds.add("tile", "tile/entries/000.p/3\n" + golden("000.p_3.bundle"));
  seeds.add("tile", "tile/0/000.p/3\n" + golden("000.p_3.tile"));
  for (const char* name : {"checkpoint", "checkpoint.0", "checkpoint.15"}) {
    seeds.add("checkpoint", test::read_file(test::vector_path("tlog/log/" + std::string(name))));
  }
  seeds.add("draft", test::read_file(root / "tools/sample/election.json"));
  seeds.add("json", test::read_file(root / "tools/sample/election.json"));
  const std::string roll = test::read_file(root / "tools/sample/roll.csv");
  seeds.add("roll_csv", roll.substr(0, roll.find('\n', 300) + 1));
}

void write_small_ones(Seeds& seeds) {
  seeds.add("voter_code", "0123-4567-89AB-CDEF-GHJT");
  seeds.add("voter_code", "ol23456789abcdefghjt");
  seeds.add("roll_csv",
            "\xEF\xBB\xBFnomor;nama;kelas;tps\r\n1;\"Ayu \"\"A\"\"; dkk\";X;tps-1\r\n\r\n2; Bima ;X;tps-2\r\n");
  seeds.add("json",
            R"({"a":[null,true,-9007199254740991,"\u20ac\ud83d\ude00\n"],"":{"b":{}},"\ue000":0,"\ud800\udc00":[]})");
  seeds.add("encoding", "2026-11-23T06:57:15.123Z");
  seeds.add("encoding", crypto::Element::generator().to_text());
  seeds.add("encoding", (crypto::Scalar::zero() - crypto::Scalar::from_u64(1)).to_decimal());
  const Hash hash = crypto::sha256("suara");
  for (const auto& text : {crypto::to_hex(hash.view()), crypto::to_base64(hash.view()),
                           crypto::to_base64_unpadded(hash.view()), std::string(as_text(hash.view()))}) {
    seeds.add("encoding", text);
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("usage: fuzz-seeds FOLDER\n", stderr);
    return 2;
  }
  Seeds seeds{fs::path(arguments[1])};
  for (const char* name : {"belenios/basic/election.bel", "belenios/threshold/election.bel"}) {
    take_apart(seeds, test::read_file(test::vector_path(name)));
  }
  hold_election(seeds, election::TallyPolicy::live);
  hold_election(seeds, election::TallyPolicy::sealed);
  read_kept_files(seeds);
  write_small_ones(seeds);
  return 0;
}
