#include <catch2/catch.hpp>

#include "core/crypto/encoding.hpp"
#include "core/crypto/signature.hpp"
#include "core/log/vkey.hpp"
#include "tests/integration/cli/ballot_box.hpp"
#include "tests/integration/cli/draft.hpp"
#include "tests/integration/cli/running_service.hpp"
#include "tests/support/vectors.hpp"

namespace fs = std::filesystem;
using namespace suara;
using Catch::Matchers::Contains;
using suara::test::mode_of;
using suara::test::read_file;
using suara::test::run_suara;
using suara::test::RunningService;
using suara::test::succeed;
using suara::test::text_of;

namespace {

const std::string origin = "suara.example/2026/ucSijHEHGk8LHG";

// A ledger's key file and its verifier key.
struct LedgerKey {
  std::string content;
  std::string verifier;
};
LedgerKey ledger_key() {
  const auto key = crypto::SigningKey::generate();
  return {crypto::to_hex(key.seed()) + "\n",
          log::verifier_key_text(log::make_verifier_key(origin, key.public_key()).value())};
}

}  // namespace

TEST_CASE("key files are sealed and opened in their place, by a key or a passphrase") {
  const auto& service = RunningService::shared();
  const auto key = ledger_key();
  const auto ledger = service.file("ledger.key", key.content);
  const auto trustee = service.file("trustee.key", "12345678901234567890\n");
  const fs::path seal = service.fresh("suara.seal");
  const auto made = run_suara({"key", "new", seal.string(), "--json"});
  succeed(made);
  CHECK(mode_of(seal) == 0600);
  CHECK(run_suara({"key", "new", seal.string()}).status == 2);  // never replaced
  const std::string id = text_of(made.out, "key_id");
  CHECK_THAT(run_suara({"key", "show", seal.string()}).out, Contains(id));
  CHECK_THAT(made.out, !Contains(read_file(seal).substr(21, 64)));

  const auto words = service.file("words", "empat kata yang panjang\n");
  const auto with = GENERATE_COPY(values<std::vector<std::string>>(
      {{"--seal", seal.string()}, {"--passphrase-file", words.string()}}));
  std::vector<std::string> files{ledger.string(), trustee.string()};
  std::vector<std::string> seal_all{"key", "seal"}, open_all{"key", "open"};
  for (auto* command : {&seal_all, &open_all}) {
    command->insert(command->end(), files.begin(), files.end());
    command->insert(command->end(), with.begin(), with.end());
  }
  succeed(run_suara(seal_all));
  for (const auto& file : {ledger, trustee}) {
    CHECK_THAT(read_file(file), Catch::StartsWith("suara-sealed v1\n"));
    CHECK(mode_of(file) == 0600);
  }
  CHECK_THAT(run_suara({"key", "show", ledger.string()}).out, Contains(with[0] == "--seal" ? id : "a passphrase"));
  std::vector<std::string> show{"key", "show", ledger.string(), "--origin", origin, "--json"};
  show.insert(show.end(), with.begin(), with.end());
  CHECK(text_of(run_suara(show).out, "key") == key.verifier);
  CHECK(run_suara(seal_all).status == 2);  // sealed already
  succeed(run_suara(open_all));
  CHECK(read_file(ledger) == key.content);
  CHECK(read_file(trustee) == "12345678901234567890\n");
  CHECK(mode_of(ledger) == 0600);
  CHECK(std::distance(fs::directory_iterator(ledger.parent_path()), fs::directory_iterator()) == 1);  // no draft left
}

TEST_CASE("where one file cannot be sealed or opened, none is changed") {
  const auto& service = RunningService::shared();
  const auto key = ledger_key();
  const auto ledger = service.file("ledger.key", key.content);
  const fs::path seal = service.fresh("a.seal"), other = service.fresh("b.seal");
  succeed(run_suara({"key", "new", seal.string()}));
  succeed(run_suara({"key", "new", other.string()}));

  const auto text = service.file("notes.txt", "not a key\n");
  const auto refused = run_suara({"key", "seal", ledger.string(), text.string(), "--seal", seal.string()});
  CHECK(refused.status == 2);
  CHECK_THAT(refused.err, Contains("notes.txt is no key file") && !Contains("not a key\n"));
  CHECK(read_file(ledger) == key.content);
  CHECK_THAT(run_suara({"key", "seal", seal.string(), "--seal", seal.string()}).err, Contains("is a sealing key itself"));
  CHECK_THAT(run_suara({"key", "seal", ledger.string()}).err, Contains("--passphrase-file FILE or --seal FILE"));
  CHECK_THAT(run_suara({"key", "seal", ledger.string(), "--seal", ledger.string()}).err,
             Contains("Sealing key") && !Contains(key.content.substr(0, 64)));
  CHECK_THAT(run_suara({"key", "show", ledger.string()}).err, Contains("--origin"));

  succeed(run_suara({"key", "seal", ledger.string(), "--seal", seal.string()}));
  const std::string sealed = read_file(ledger);
  const auto wrong = run_suara({"key", "open", ledger.string(), "--seal", other.string()});
  CHECK(wrong.status == 2);
  CHECK_THAT(wrong.err, Contains("was sealed with the sealing key"));
  const auto words = service.file("words", "empat kata yang panjang\n");
  CHECK_THAT(run_suara({"key", "open", ledger.string(), "--passphrase-file", words.string()}).err,
             Contains("not with a passphrase"));
  CHECK(read_file(ledger) == sealed);
}

TEST_CASE("a ledger is given a new key by whoever runs the election") {
  const auto& service = RunningService::shared();
  const std::string uuid = test::draft_election(service, "live");
  const std::string before = service.anyone({"election", "show", uuid, "--json"}).out;
  const auto rotated = service.as("ani", {"key", "rotate", uuid, "--json"});
  succeed(rotated);
  const std::string key = text_of(rotated.out, "key");
  CHECK_THAT(before, !Contains(key));
  CHECK_THAT(service.anyone({"election", "show", uuid, "--json"}).out, Contains(key));
  CHECK(service.as("sari", {"key", "rotate", uuid}).status == 1);
  CHECK(service.as("ani", {"key", "rotate", "11111111111111"}).status == 1);
}
