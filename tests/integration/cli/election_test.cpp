#include <catch2/catch.hpp>
#include <optional>

#include "core/audit/audit.hpp"
#include "core/ballot/credential.hpp"
#include "tests/integration/cli/ballot_box.hpp"
#include "tests/integration/cli/draft.hpp"
#include "tests/integration/cli/running_service.hpp"
#include "tests/support/vectors.hpp"

namespace fs = std::filesystem;
using namespace suara;
using Catch::Matchers::Contains;
using suara::test::draft_election;
using suara::test::mode_of;
using suara::test::read_credentials;
using suara::test::RunningService;
using suara::test::succeed;
using suara::test::text_of;
using suara::test::vote;

namespace {

class FolderSource : public audit::Source {
 public:
  explicit FolderSource(fs::path folder) : folder_(std::move(folder)) {}
  Result<std::string> read(std::string_view path, std::size_t max_bytes) override {
    const auto file = folder_ / path;
    if (!fs::exists(file)) return fail(ErrorCode::not_found, std::string(path) + " is missing.");
    if (fs::file_size(file) > max_bytes) return fail(ErrorCode::too_large, std::string(path) + " is too large.");
    return test::read_file(file);
  }

 private:
  fs::path folder_;
};

}  // namespace

TEST_CASE("an election under the policy sealed is held from the command line") {
  const auto& service = RunningService::shared();
  const std::string uuid = draft_election(service, "sealed", 2);
  const auto roll =
      service.file("roll.csv",
                   "id,name,class,place\n"
                   "1,Ani <b>,X-A,tps-1\n2,\"Budi, Jr\",X-A,tps-1\n3,Citra,X-B,tps-2\n4,Dewi,X-B,tps-2\n");
  succeed(service.as("reni", {"roll", "import", uuid, roll.string()}));

  const auto cards = service.fresh("cards");
  const auto generated = service.as("reni", {"credentials", "generate", uuid, "--out", cards.string(), "--public-url",
                                             "https://pemilu.example", "--json"});
  succeed(generated);
  CHECK(text_of(generated.out, "uuid") == uuid);
  CHECK(mode_of(cards) == 0700);
  CHECK(mode_of(cards / "credentials.csv") == 0600);
  CHECK(mode_of(cards / "cards.html") == 0600);
  const auto html = test::read_file(cards / "cards.html");
  CHECK_THAT(html, Contains("Ani &lt;b&gt;") && !Contains("Ani <b>") && Contains("<svg") && Contains("TPS 2"));
  CHECK_THAT(test::read_file(cards / "credentials.csv"), Contains("\"Budi, Jr\""));
  auto lines = read_credentials(cards / "credentials.csv");
  REQUIRE(lines.size() == 4);
  const auto first = lines.front();
  CHECK(first.link == "https://pemilu.example/vote/" + uuid + "#" + first.code);
  CHECK_THAT(html, Contains(first.code));
  const auto list = test::read_file(cards / "public.json");
  CHECK_THAT(list, !Contains(first.code));
  CHECK_THAT(list, Contains(ballot::public_credential(
                                ballot::credential_secret(*ballot::normalize_code(first.code), ElectionUuid{uuid}))
                                .to_text()));

  const auto again = service.as("reni", {"credentials", "generate", uuid, "--out", service.fresh("cards").string()});
  CHECK(again.status == 1);
  CHECK_THAT(again.err, Contains("has its public credentials already"));

  const auto key1 = service.fresh("1.key"), key2 = service.fresh("2.key");
  succeed(service.as("tini", {"trustee", "keygen", "--out", key1.string(), "--publish", uuid}));
  const auto early = service.as("ani", {"election", "seal", uuid, "--json"});
  CHECK(early.status == 1);
  succeed(test::run_suara({"trustee", "keygen", "--out", key2.string()}));
  succeed(service.as("tini", {"trustee", "publish", uuid, "--key", key2.string()}));
  succeed(service.as("ani", {"election", "seal", uuid}));
  succeed(service.as("ani", {"election", "open", uuid}));

  vote(service, uuid, lines[0].code, {{1, 0}});
  vote(service, uuid, lines[2].code, {{0, 1}});
  succeed(service.as("ani", {"key", "rotate", uuid}));  // trustees and readers follow it
  vote(service, uuid, lines[3].code, {{0, 1}});
  vote(service, uuid, lines[3].code, {{1, 0}});  // the last one counts
  close_and_count(service, uuid);

  const auto stranger = service.fresh("stranger.key");
  succeed(test::run_suara({"trustee", "keygen", "--out", stranger.string()}));
  const auto foreign = service.as("tini", {"trustee", "decrypt", uuid, "--key", stranger.string()});
  CHECK(foreign.status == 1);
  CHECK_THAT(foreign.err, Contains("not that of a trustee of this election"));
  const auto first_share = service.as("tini", {"trustee", "decrypt", uuid, "--key", key1.string()});
  succeed(first_share);
  CHECK_THAT(first_share.out, Contains("the ballots of 3 voters") && Contains("Trustee 1 has decrypted"));
  const auto repeated = service.as("tini", {"trustee", "decrypt", uuid, "--key", key1.string(), "--json"});
  CHECK(repeated.status == 1);
  CHECK_THAT(repeated.out, Contains(R"("code":"conflict")"));
  CHECK(service.as("ani", {"tally", "publish", uuid}).status == 1);
  succeed(service.as("tini", {"trustee", "decrypt", uuid, "--key", key2.string()}));
  succeed(service.as("ani", {"tally", "publish", uuid}));
  succeed(service.as("ani", {"result", "certify", uuid, "--json"}));
  CHECK_THAT(service.anyone({"election", "list"}).out, Contains(uuid + "  certified"));

  SECTION("the export of its ledger verifies") {
    const auto folder = service.fresh("bundle");
    // The last checkpoint may come a moment after the last command.
    audit::Options options;
    std::optional<audit::Report> report;
    for (int i = 0; i < 600 && (!report || report->phase != election::Phase::certified); ++i) {
      fs::remove_all(folder);
      succeed(service.anyone({"export", uuid, "--out", folder.string(), "--json"}));
      FolderSource source(folder);
      auto audited = audit::audit_bundle(source, options);
      REQUIRE(audited);
      report = std::move(*audited);
    }
    CHECK(report->verified());
    CHECK(report->phase == election::Phase::certified);
    CHECK(report->ballots == 4);
    CHECK(report->result == ballot::Counts{{2, 1}});

    const auto tar = service.fresh("bundle.tar");
    const auto exported = service.anyone({"export", uuid, "--out", tar.string()});
    succeed(exported);
    const auto bytes = test::read_file(tar);
    CHECK_THAT(bytes, Contains("tile/entries/000.p/") && Contains(test::read_file(folder / "checkpoint")));
    const auto kept = service.anyone({"export", uuid, "--out", tar.string()});
    CHECK(kept.status == 2);
    CHECK(test::read_file(tar) == bytes);
    CHECK(std::distance(fs::directory_iterator(tar.parent_path()), fs::directory_iterator()) == 1);
  }
}
