#include "tests/integration/http/ceremony.hpp"

#include <catch2/catch.hpp>

#include "core/codec/json_writer.hpp"
#include "ledger/mariadb/connection.hpp"

// The key ceremony's messages over HTTP: each wrong one has its error and changes nothing.
namespace suara::test {
namespace {

using Step = WebCeremony::Step;

struct Begun {
  TestSite& site = shared_site();
  WebElection election;
  const WebCeremony& ceremony;
  explicit Begun(Step step)
      : election(site, rich_draft(), {}, WebElection::Until::drafted), ceremony(election.ceremony()) {
    ceremony.run_until(step);
  }

  void refused(const std::string& step, const std::string& body, unsigned status, const std::string& code) const {
    const auto before = election.size();
    const auto shown = site.get(ceremony.path()).body;
    const HttpReply reply = ceremony.post(step, body);
    CAPTURE(step, body, reply.body);
    CHECK(reply.status == status);
    CHECK(error_code(reply) == code);
    CHECK(election.size() == before);
    CHECK(site.get(ceremony.path()).body == shown);
  }

  HttpReply shares(const std::string& number, election::Role role = election::Role::trustee) const {
    return site.get(ceremony.path("/shares/" + number), site.staff(role).read());
  }

  HttpReply restart(const std::string& reason, election::Role role = election::Role::committee) const {
    return site.post(ceremony.path("/restart"), site.staff(role), R"({"reason":")" + reason + R"("})");
  }
};

// Rows of this election's shares in the shared database.
std::uint64_t stored_shares(const WebElection& election) {
  const auto connection = ledger::mariadb::Connection::open(shared_mariadb().root()).value();
  return (
             *connection->query("SELECT COUNT(*) FROM sealed_shares WHERE ledger_id = "
                                "(SELECT id FROM ledgers WHERE uuid = ?)",
                                {election.uuid()}))[0]
      .u64(0);
}

}  // namespace

TEST_CASE("the ceremony shows each step, and its members as they publish") {
  const Begun begun(Step::certificates);
  CHECK(begun.site.get(begun.ceremony.path()).body ==
        R"({"needed":2,"trustees":3,"step":"certificates","members":[]})");
  const auto first = begun.ceremony.post("/certificate", begun.ceremony.certificate_body(1));
  CHECK(first.status == 201);
  CHECK(json_number(first.body, "trustee") == 1);
  CHECK(json_number(begun.ceremony.post("/certificate", begun.ceremony.certificate_body(2)).body, "trustee") == 2);
  CHECK(begun.ceremony.step() == "certificates");
  CHECK(begun.ceremony.post("/certificate", begun.ceremony.certificate_body(3)).status == 201);
  CHECK(begun.ceremony.step() == "coefexps");
  for (const std::uint32_t number : {3, 1, 2})  // in any order
    CHECK(begun.ceremony.post("/coefexps", begun.ceremony.coefexps_body(number)).status == 201);
  CHECK(begun.ceremony.step() == "confirmations");
  for (const std::uint32_t number : {2, 3, 1})
    CHECK(begun.ceremony.post("/confirmation", begun.ceremony.confirmation_body(number)).status == 201);
  CHECK(begun.ceremony.step() == "done");
  const auto shown = begun.site.get(begun.ceremony.path()).body;
  CHECK(shown.find(R"("trustee":3,"actor":"trustee:trustee","certificate":")") != std::string::npos);
  CHECK(shown.find(R"("confirmed":false)") == std::string::npos);
  CHECK(json_text(begun.site.get(begun.election.path()).body, "threshold.step") == "done");
}

TEST_CASE("an election without threshold trustees has no ceremony") {
  TestSite& site = shared_site();
  const Begun begun(Step::certificates);
  const WebElection election(site, 1, WebElection::Until::drafted);
  const auto shown = site.get(election.path("/ceremony"));
  CHECK(shown.status == 404);
  CHECK(error_code(shown) == "not_found");
  CHECK(site.get(election.path()).body.find(R"("threshold":null)") != std::string::npos);
  const auto access = site.staff(election::Role::trustee);
  CHECK(error_code(site.get(election.path("/ceremony/shares/1"), access.read())) == "not_found");
  const auto reply = site.post(election.path("/ceremony/certificate"), access, begun.ceremony.certificate_body(1));
  CHECK(error_code(reply) == "conflict");
}

TEST_CASE("certificates that are refused") {
  const Begun begun(Step::certificates);
  const std::string good = begun.ceremony.certificate_body(1);
  begun.refused("/certificate", "{}", 400, "malformed");
  begun.refused("/certificate", R"({"certificate":"{}","coefexps_hash":"00"})", 400, "malformed");
  begun.refused("/certificate", replaced(good, R"("coefexps_hash":")", R"("coefexps_hash":"00)"), 400, "malformed");
  begun.refused("/certificate", replaced(good, R"("coefexps_hash":)", R"("more":1,"coefexps_hash":)"), 400,
                "malformed");
  const std::string other = begun.ceremony.certificate_body(2);
  const auto signature = [](const std::string& body) {
    const auto at = body.find(R"(\"signature\":)");
    return body.substr(at, body.find(R"(","coefexps_hash")") - at);
  };
  begun.refused("/certificate", replaced(good, signature(good), signature(other)), 422, "invalid_proof");
  REQUIRE(begun.ceremony.post("/certificate", good).status == 201);
  begun.refused("/certificate", good, 409, "conflict");                          // twice
  begun.refused("/coefexps", begun.ceremony.coefexps_body(1), 409, "conflict");  // too early
  CHECK(error_code(begun.shares("1")) == "conflict");
  REQUIRE(begun.ceremony.post("/certificate", other).status == 201);
  REQUIRE(begun.ceremony.post("/certificate", begun.ceremony.certificate_body(3)).status == 201);
  const Begun another(Step::certificates);
  begun.refused("/certificate", another.ceremony.certificate_body(1), 409, "conflict");  // all are there
}

TEST_CASE("coefexps and shares that are refused") {
  const Begun begun(Step::coefexps);
  const std::string good = begun.ceremony.coefexps_body(1);
  const auto shares = begun.ceremony.shares_of(1);
  const auto with = [&](const std::vector<std::string>& sent) { return begun.ceremony.coefexps_body(1, sent); };
  begun.refused("/coefexps", "[]", 400, "malformed");
  begun.refused("/coefexps", with({shares[0], shares[1], "not base64"}), 400, "malformed");
  begun.refused("/coefexps", with({shares[0], shares[1], crypto::to_base64(Bytes(79, 1))}), 400, "malformed");
  begun.refused("/coefexps", with({shares[0], shares[1], crypto::to_base64(Bytes(81, 1))}), 400, "malformed");
  begun.refused("/coefexps", with({}), 400, "malformed");
  begun.refused("/coefexps", with({shares[0], shares[1]}), 422, "wrong_choices");
  begun.refused("/coefexps", with({shares[0], shares[1], shares[2], shares[0]}), 422, "wrong_choices");
  begun.refused("/coefexps", replaced(good, R"("trustee":1)", R"("trustee":2)"), 409, "conflict");  // another hash
  begun.refused("/coefexps", replaced(good, R"("trustee":1)", R"("trustee":4)"), 404, "not_found");
  begun.refused("/coefexps", replaced(good, R"("trustee":1)", R"("trustee":0)"), 404, "not_found");
  begun.refused("/coefexps", replaced(good, R"("trustee":1)", R"("trustee":21)"), 400, "malformed");
  CHECK(stored_shares(begun.election) == 0);  // nothing is kept of what was refused

  REQUIRE(begun.ceremony.post("/coefexps", good).status == 201);
  CHECK(stored_shares(begun.election) == 3);
  begun.refused("/coefexps", good, 409, "conflict");  // twice
  // Other shares under the same coefexps do not take the place of those that are recorded.
  begun.refused("/coefexps", begun.ceremony.coefexps_body(1), 409, "conflict");
  CHECK(stored_shares(begun.election) == 3);
  CHECK(error_code(begun.shares("1")) == "conflict");  // until all have published theirs
}

TEST_CASE("shares are handed out to trustees alone, as they were sent") {
  const Begun begun(Step::confirmations);
  CHECK(begun.shares("1").status == 200);
  CHECK(begun.shares("3", election::Role::committee).status == 200);
  CHECK(error_code(begun.shares("1", election::Role::supervisor)) == "not_permitted");
  CHECK(error_code(begun.site.get(begun.ceremony.path("/shares/1"))) == "unauthenticated");
  for (const char* number : {"0", "4", "x", "1x", "01/2", "-1"}) {
    CAPTURE(number);
    CHECK(begun.shares(number).status == 404);
  }
  // What was changed behind the service's back is not handed out.
  const auto root = ledger::mariadb::Connection::open(shared_mariadb().root()).value();
  REQUIRE(
      root->run("UPDATE sealed_shares SET sealed = REPEAT('x', 80) WHERE sender = 2 AND recipient = 1 AND "
                "ledger_id = (SELECT id FROM ledgers WHERE uuid = ?)",
                {begun.election.uuid()}));
  const auto changed = begun.shares("1");
  CHECK(changed.status == 500);
  CHECK(error_code(changed) == "integrity");
  CHECK(changed.body.find("threshold trustee 2") != std::string::npos);
  CHECK(begun.shares("2").status == 200);
}

TEST_CASE("confirmations that are refused") {
  const Begun begun(Step::coefexps);
  const std::string early = R"({"trustee":1,"verification_key":")";
  begun.refused("/confirmation", R"({"trustee":1})", 400, "malformed");
  begun.refused("/confirmation", R"({"trustee":1,"verification_key":"{}"})", 400, "malformed");
  const auto key = [](const ballot::TrusteePublicKey& of) {
    codec::JsonWriter json(codec::JsonWriter::Order::as_written);
    json.begin_object().number("trustee", 1).text("verification_key", codec::write_trustee_public_key(of)).end_object();
    return json.take();
  };
  begun.refused("/confirmation", key(ballot::generate_trustee_key().public_key), 409, "conflict");  // too early
  for (const std::uint32_t number : {1, 2, 3})
    REQUIRE(begun.ceremony.post("/coefexps", begun.ceremony.coefexps_body(number)).status == 201);
  begun.refused("/confirmation", key(ballot::generate_trustee_key().public_key), 422, "invalid_proof");
  auto unproven = ballot::trustee_public_key(begun.ceremony.secret(1));
  unproven.pok.response = crypto::Scalar::random();
  begun.refused("/confirmation", key(unproven), 422, "invalid_proof");
  const std::string good = begun.ceremony.confirmation_body(1);
  begun.refused("/confirmation", replaced(good, R"("trustee":1)", R"("trustee":2)"), 422, "invalid_proof");
  begun.refused("/confirmation", replaced(good, R"("trustee":1)", R"("trustee":4)"), 404, "not_found");
  REQUIRE(begun.ceremony.post("/confirmation", good).status == 201);
  begun.refused("/confirmation", good, 409, "conflict");  // twice
}

TEST_CASE("a restart voids everything, and only who runs the election may do it") {
  const Begun begun(Step::confirmations);
  CHECK(stored_shares(begun.election) == 9);
  CHECK(error_code(begun.restart("Hilang", election::Role::trustee)) == "not_permitted");
  CHECK(error_code(begun.restart("Hilang", election::Role::supervisor)) == "not_permitted");
  CHECK(error_code(begun.restart("")) == "malformed");
  CHECK(error_code(begun.restart(std::string(501, 'x'))) == "malformed");
  CHECK(error_code(begun.restart("two\\nlines")) == "malformed");
  CHECK(begun.ceremony.step() == "confirmations");
  CHECK(stored_shares(begun.election) == 9);

  CHECK(begun.restart("Berkas kunci hilang.").status == 201);
  CHECK(begun.ceremony.step() == "certificates");
  CHECK(stored_shares(begun.election) == 0);
  CHECK(error_code(begun.restart("Lagi")) == "conflict");  // there is nothing to restart
  // Whose certificate was published then needs a new seed.
  CHECK(error_code(begun.ceremony.post("/certificate", begun.ceremony.certificate_body(1))) == "conflict");
  const WebCeremony anew(begun.site, begun.election.uuid(), *rich_draft().threshold);
  anew.run_until(Step::done);
  CHECK(anew.step() == "done");
}

TEST_CASE("a sealed election takes no more of the ceremony, but still hands out shares") {
  TestSite& site = shared_site();
  const WebElection election(site, rich_draft(), {1}, WebElection::Until::sealed);
  const auto& ceremony = election.ceremony();
  const auto before = election.size();
  for (const auto& [step, body] :
       std::vector<std::pair<std::string, std::string>>{{"/certificate", ceremony.certificate_body(1)},
                                                        {"/coefexps", ceremony.coefexps_body(1)},
                                                        {"/confirmation", ceremony.confirmation_body(1)}}) {
    CAPTURE(step);
    CHECK(error_code(ceremony.post(step, body)) == "wrong_phase");
  }
  const auto restart =
      site.post(ceremony.path("/restart"), site.staff(election::Role::administrator), R"({"reason":"x"})");
  CHECK(error_code(restart) == "wrong_phase");
  CHECK(election.size() == before);
  CHECK(site.get(ceremony.path("/shares/2"), site.staff(election::Role::trustee).read()).status == 200);
}

}  // namespace suara::test
