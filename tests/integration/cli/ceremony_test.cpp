#include <catch2/catch.hpp>

#include "tests/integration/cli/ballot_box.hpp"
#include "tests/integration/cli/draft.hpp"
#include "tests/integration/cli/running_service.hpp"
#include "tests/support/vectors.hpp"

namespace fs = std::filesystem;
using namespace suara;
using namespace suara::test;
using Catch::Matchers::Contains;

namespace {

// One question with a blank vote, one of up to three marks; one mandatory trustee and 2 of 3.
std::string draft_rich(const RunningService& service) {
  const std::string draft = R"({
    "name": "Pemilihan <Pengurus>", "description": "", "administrator": "Panitia", "credential_authority": "Petugas",
    "trustees": 1, "threshold": {"needed": 2, "trustees": 3},
    "policies": {"tally": "sealed", "revote": "last-counts", "verification": "online", "min_batch": 2},
    "places": [{"id": "tps-1", "name": "TPS 1"}, {"id": "tps-2", "name": "TPS 2"}],
    "contests": [
      {"question": "Ketua", "min": 1, "max": 1, "blank": true, "candidates": [
        {"number": 1, "name": "A & B", "vision": "", "mission": []},
        {"number": 2, "name": "C & D", "vision": "", "mission": []}]},
      {"question": "Pengurus", "min": 0, "max": 3, "candidates": [
        {"number": 1, "name": "E", "vision": "", "mission": []},
        {"number": 2, "name": "F", "vision": "", "mission": []},
        {"number": 3, "name": "G", "vision": "", "mission": []},
        {"number": 4, "name": "H", "vision": "", "mission": []}]}]
  })";
  const auto drafted = service.as("ani", {"election", "draft", service.file("draft.json", draft).string(), "--json"});
  succeed(drafted);
  return text_of(drafted.out, "uuid");
}

class Trustees {
 public:
  Trustees(const RunningService& service, std::string uuid) : service_(service), uuid_(std::move(uuid)) {}

  // Of threshold trustee 1, 2 or 3; the first two have one login.
  Ended act(const std::string& step, std::size_t trustee, std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments{"trustee", step, uuid_, "--key", keys_[trustee - 1].string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return service_.as(trustee < 3 ? "tini" : "ani", arguments);
  }
  Ended status() const { return service_.anyone({"trustee", "status", uuid_}); }
  std::string file(std::size_t trustee) const { return test::read_file(keys_[trustee - 1]); }
  const fs::path& key(std::size_t trustee) const { return keys_[trustee - 1]; }

  void hold() const {
    for (const auto* step : {"join", "share", "confirm"}) {
      for (std::size_t trustee = 1; trustee <= 3; ++trustee) succeed(act(step, trustee));
    }
  }

 private:
  const RunningService& service_;
  std::string uuid_;
  std::vector<fs::path> keys_{service_.fresh("1.key"), service_.fresh("2.key"), service_.fresh("3.key")};
};

void refused(const Ended& ended, const std::string& complaint, int status = 1) {
  INFO(ended.out << ended.err);
  CHECK(ended.status == status);
  CHECK_THAT(ended.err, Contains(complaint));
}

// Exports until the ledger's last checkpoint has come to this phase, as suara-verify tells it.
std::string export_at(const RunningService& service, const std::string& uuid, const std::string& phase,
                      const std::string& name, std::vector<std::string> more = {}) {
  for (int i = 0; i < 200; ++i) {
    const auto out = service.fresh(name).string();
    std::vector<std::string> arguments{"export", uuid, "--out", out};
    arguments.insert(arguments.end(), more.begin(), more.end());
    succeed(service.anyone(arguments));
    const auto verified = run_verify({out, "--json"});
    INFO(verified.out << verified.err);
    REQUIRE(verified.status == 0);
    if (verified.out.find(R"("phase":")" + phase + '"') != std::string::npos) return out;
  }
  FAIL("the ledger never came to the phase " << phase);
  return {};
}

std::string export_bel(const RunningService& service, const std::string& uuid, const std::string& phase) {
  return export_at(service, uuid, phase, "election.bel", {"--belenios"});
}

}  // namespace

TEST_CASE("an election with weights, blank votes and threshold trustees is held, one trustee lost") {
  const auto& service = RunningService::shared();
  const std::string uuid = draft_rich(service);
  const auto roll = service.file("roll.csv",
                                 "id,name,class,place,weight\n"
                                 "1,Ani,X-A,tps-1,\n2,Budi,X-A,tps-1,3\n3,Citra,X-B,tps-2,1\n4,Dewi,X-B,tps-2,12\n");
  succeed(service.as("reni", {"roll", "import", uuid, roll.string()}));
  const auto cards = service.fresh("cards");
  succeed(service.as("reni", {"credentials", "generate", uuid, "--out", cards.string()}));
  CHECK_THAT(test::read_file(cards / "public.json"), Contains(",3\"") && Contains(",12\"") && !Contains(",1\""));
  const auto lines = read_credentials(cards / "credentials.csv");
  REQUIRE(lines.size() == 4);

  const Trustees trustees(service, uuid);
  const auto single = service.fresh("single.key");
  succeed(service.as("tini", {"trustee", "keygen", "--out", single.string(), "--publish", uuid}));
  refused(service.as("ani", {"election", "seal", uuid}), "");
  CHECK_THAT(trustees.status().out, Contains("2 of 3") && Contains("3 more must join"));
  succeed(trustees.act("join", 1));
  CHECK(mode_of(trustees.key(1)) == 0600);
  CHECK_THAT(trustees.file(1), Contains(R"("kind":"threshold","election":")" + uuid) && !Contains("secret"));
  refused(trustees.act("share", 1), "1 of 3 trustees have joined");
  const auto again = trustees.act("join", 1);
  succeed(again);
  CHECK_THAT(again.out, Contains("published already, as that of trustee 1 (trustee:tini)"));
  succeed(trustees.act("join", 2));
  succeed(trustees.act("join", 3));
  const auto fourth = service.fresh("4.key");
  refused(service.as("tini", {"trustee", "join", uuid, "--key", fourth.string()}), "All 3 trustees have joined");
  CHECK(!fs::exists(fourth));

  const auto shared = trustees.act("share", 1);
  succeed(shared);
  CHECK_THAT(shared.out, Contains("The ledger verifies") && Contains("root "));
  refused(trustees.act("confirm", 1), "trustee 2 (trustee:tini) has not yet");
  succeed(trustees.act("share", 2));
  CHECK_THAT(trustees.status().out, Contains("Missing: trustee 3 (committee:ani) has not shared yet"));
  succeed(trustees.act("share", 3));
  CHECK_THAT(trustees.act("share", 1).out, Contains("published already"));

  refused(trustees.act("decrypt", 1), "Its share of the secret is missing", 2);
  succeed(trustees.act("confirm", 1));
  CHECK(mode_of(trustees.key(1)) == 0600);
  CHECK_THAT(trustees.file(1), Contains(R"("trustee":1,"secret":")"));
  succeed(trustees.act("confirm", 2));
  CHECK_THAT(trustees.status().out, Contains("Missing: trustee 3 (committee:ani) has not confirmed yet"));
  succeed(trustees.act("confirm", 3));
  CHECK_THAT(trustees.act("confirm", 2).out, Contains("had confirmed already"));
  CHECK_THAT(trustees.status().out, Contains("the key is complete"));

  const auto too_early = service.fresh("early.bel");
  refused(service.anyone({"export", uuid, "--belenios", "--out", too_early.string()}), "is not sealed yet");
  CHECK(!fs::exists(too_early));
  succeed(service.as("ani", {"election", "seal", uuid}));
  succeed(service.as("ani", {"election", "open", uuid}));
  vote(service, uuid, lines[0].code, {{0, 1, 0}, {1, 1, 0, 1}});
  vote(service, uuid, lines[1].code, {{1, 0, 0}, {0, 0, 0, 0}});
  vote(service, uuid, lines[3].code, {{0, 1, 0}, {1, 0, 0, 0}});
  vote(service, uuid, lines[3].code, {{0, 0, 1}, {0, 1, 0, 0}});  // the last one counts
  export_bel(service, uuid, "open");
  close_and_count(service, uuid);

  succeed(trustees.act("decrypt", 1));
  refused(service.as("ani", {"tally", "publish", uuid}), "");
  const auto second = trustees.act("decrypt", 3);  // trustee 2 is lost
  succeed(second);
  CHECK_THAT(second.out, Contains("Trustee 4 has decrypted"));
  refused(trustees.act("decrypt", 2), "all the decryptions it needs of this group");
  refused(service.as("ani", {"tally", "publish", uuid}), "trustee 1 (trustee:tini)");
  succeed(service.as("tini", {"trustee", "decrypt", uuid, "--key", single.string()}));
  succeed(service.as("ani", {"tally", "publish", uuid}));

  const auto bel = export_bel(service, uuid, "tallied");
  const std::string result = R"("result":[[3,1,12],[1,13,0,1]])";
  CHECK_THAT(run_verify({bel, "--json"}).out,
             Contains(result) && Contains(R"("kind":"bel")") && Contains(R"("weight":16)"));
  CHECK(test::read_file(bel) == test::read_file(export_bel(service, uuid, "tallied")));
  const auto bundle = export_at(service, uuid, "tallied", "bundle.tar");
  CHECK_THAT(run_verify({bundle, "--json"}).out, Contains(result) && Contains(R"("kind":"bundle")"));

  SECTION("suara-verify and its page") {
    const auto page = service.fresh("laporan.html").string();
    succeed(run_verify({bundle, "--report", page, "--quiet"}));
    const auto html = test::read_file(page);
    CHECK_THAT(html, Contains("TERVERIFIKASI") && Contains("Pemilihan &lt;Pengurus&gt;") && Contains("A &amp; B"));
    CHECK(run_verify({bundle, "--report", page}).status == 2);
    CHECK(test::read_file(page) == html);
    const auto english = service.fresh("report.html").string();
    succeed(run_verify({bel, "--report", english, "--lang", "en"}));
    CHECK_THAT(test::read_file(english), Contains("VERIFIED") && Contains("Blank votes"));
    const auto keyed = run_verify({bel, "--key", "suara.example/x+00000000+AQ"});
    CHECK(keyed.status == 2);
    CHECK_THAT(keyed.err, Contains("has no ledger"));
    CHECK(run_verify({}).status == 2);
    CHECK(run_verify({bundle, "--lang", "fr"}).status == 2);
    auto bytes = test::read_file(bel);
    bytes[bytes.size() / 2] ^= 1;
    const auto broken = service.file("broken.bel", bytes);
    const auto verdict = run_verify({broken.string()});
    CHECK(verdict.status == 1);
    CHECK_THAT(verdict.out, Contains("NOT VERIFIED"));
  }
}

TEST_CASE("a ceremony that begins again asks for new key files") {
  const auto& service = RunningService::shared();
  const std::string uuid = draft_rich(service);
  const Trustees first(service, uuid);
  succeed(first.act("join", 1));
  succeed(first.act("join", 2));
  refused(service.as("tini", {"trustee", "restart", uuid, "--reason", "Kunci hilang"}), "");
  succeed(service.as("ani", {"trustee", "restart", uuid, "--reason", "Kunci hilang"}));
  CHECK_THAT(first.status().out, Contains("3 more must join"));
  refused(first.act("join", 1), "must not be used a second time");
  refused(first.act("share", 2), "must not be used a second time");
  const Trustees second(service, uuid);
  second.hold();
  CHECK_THAT(second.status().out, Contains("the key is complete"));
}

TEST_CASE("a key file of another kind or election is refused") {
  const auto& service = RunningService::shared();
  const std::string uuid = draft_rich(service);
  const std::string other = draft_rich(service);
  const Trustees trustees(service, uuid);
  succeed(trustees.act("join", 1));
  refused(service.as("tini", {"trustee", "join", other, "--key", trustees.key(1).string()}),
          "was made for the election", 2);
  refused(service.as("tini", {"trustee", "publish", uuid, "--key", trustees.key(1).string()}), "is not a key file", 2);
  const auto single = service.fresh("single.key");
  succeed(run_suara({"trustee", "keygen", "--out", single.string()}));
  refused(service.as("tini", {"trustee", "share", uuid, "--key", single.string()}), "is not a key file", 2);
  const auto plain = draft_election(service, "sealed");
  const auto none = service.fresh("none.key");
  refused(service.as("tini", {"trustee", "join", plain, "--key", none.string()}), "no threshold trustees");
  CHECK(!fs::exists(none));
  refused(service.anyone({"trustee", "status", plain}), "no threshold trustees");
}
