#include <catch2/catch.hpp>
#include <functional>

#include "tests/integration/http/site.hpp"

// Each wrong thing that may be sent has its own error, and changes nothing.
namespace suara::test {
namespace {

using Until = WebElection::Until;

// The reply's status and code are as told, and the ledger is as long as before.
void refused(const WebElection& election, const std::function<HttpReply()>& send, unsigned status,
             const std::string& code) {
  const auto before = election.size();
  const HttpReply reply = send();
  CAPTURE(reply.body);
  CHECK(reply.status == status);
  CHECK(error_code(reply) == code);
  CHECK(election.size() == before);
}

ballot::Ballot parsed(const std::string& text) { return codec::read_ballot(text).value(); }

// An open election with one accepted ballot, of secret 0.
struct Open {
  TestSite& site = shared_site();
  WebElection election{site, 3};
  std::string accepted = election.ballot(0, 0);
  Open() { REQUIRE(election.cast(accepted).status == 201); }

  void cast_refused(const std::string& body, unsigned status, const std::string& code) const {
    refused(
        election, [&] { return election.cast(body); }, status, code);
  }
  void challenge_refused(const std::string& body, unsigned status, const std::string& code) const {
    refused(
        election, [&] { return election.challenge(body); }, status, code);
  }
  void sign_in_refused(const std::string& body, unsigned status, const std::string& code) const {
    refused(
        election, [&] { return site.post_json(election.path("/sign-in"), body); }, status, code);
  }
};

}  // namespace

TEST_CASE("signing in with a wrong code, or one of another election") {
  const Open open;
  const std::string code = ballot::normalize_code(ballot::generate_code()).value();
  open.sign_in_refused(open.election.sign_in_body(ballot::credential_secret(code, open.election.sealed().uuid)), 403,
                       "unknown_credential");
  const WebElection other(open.site, 1);
  open.sign_in_refused(open.election.sign_in_body(other.voter(0)), 403, "unknown_credential");
  // Signed for another election, with a nonce of another election, and with somebody else's proof.
  open.sign_in_refused(other.sign_in_body(other.voter(0)), 400, "malformed");
  const std::string good = open.election.sign_in_body(open.election.voter(1));
  open.sign_in_refused(replaced(good, ballot::public_credential(open.election.voter(1)).to_text(),
                                ballot::public_credential(open.election.voter(2)).to_text()),
                       422, "invalid_proof");
  open.sign_in_refused(replaced(good, "\"nonce\":\"", "\"nonce\":\"A"), 400, "malformed");
  open.sign_in_refused(replaced(good, "\"response\":\"", "\"response\":\"0"), 422, "invalid_scalar");
}

TEST_CASE("a ballot with a broken proof or signature") {
  const Open open;
  const auto& secret = open.election.voter(1);
  auto ballot = parsed(open.election.ballot(1, 0));
  ballot.answers[0].individual_proofs[0][0].response = crypto::Scalar::random();
  open.cast_refused(WebElection::signed_text(ballot, secret), 422, "invalid_proof");
  ballot = parsed(open.election.ballot(1, 0));
  ballot.answers[0].overall_proof[0].challenge = crypto::Scalar::random();
  open.cast_refused(WebElection::signed_text(ballot, secret), 422, "invalid_proof");
  ballot = parsed(open.election.ballot(1, 0));
  open.cast_refused(WebElection::signed_text(ballot, open.election.voter(2)), 422, "invalid_signature");
}

TEST_CASE("a ballot of a foreign credential") {
  const Open open;
  open.cast_refused(open.election.ballot_by(crypto::SecretScalar::random(), 0), 403, "unknown_credential");
}

TEST_CASE("a ballot made for another election") {
  const Open open;
  const WebElection other(open.site, 1);
  open.cast_refused(other.ballot_by(open.election.voter(1), 0), 422, "wrong_election");
  auto ballot = parsed(open.election.ballot(1, 0));
  ballot.election_hash = other.sealed().fingerprint;
  open.cast_refused(WebElection::signed_text(ballot, open.election.voter(1)), 422, "wrong_election");
}

TEST_CASE("a ballot that repeats ciphertexts, its own or somebody else's") {
  const Open open;
  // The same ciphertexts and proofs under a fresh signature: another ballot, but nothing new.
  open.cast_refused(WebElection::signed_text(parsed(open.accepted), open.election.voter(0)), 409,
                    "repeated_ciphertext");
  // Copied by another voter: the proofs are bound to the credential they were made for.
  auto copy = parsed(open.accepted);
  copy.credential = ballot::public_credential(open.election.voter(1));
  open.cast_refused(WebElection::signed_text(copy, open.election.voter(1)), 422, "invalid_proof");
}

TEST_CASE("a ballot with too many choices") {
  const Open open;
  auto looser = open.election.sealed();
  looser.questions[0].max = 2;
  const auto& secret = open.election.voter(1);
  open.cast_refused(WebElection::signed_text(ballot::encrypt(looser, secret, {{1, 1}}).value(), secret), 422,
                    "wrong_choices");
  auto ballot = parsed(open.election.ballot(1, 0));
  ballot.answers[0].choices.push_back(ballot.answers[0].choices[0]);
  open.cast_refused(WebElection::signed_text(ballot, secret), 422, "wrong_choices");
}

TEST_CASE("ballots and sign-ins out of phase") {
  const WebElection election(shared_site(), 1, Until::sealed);
  refused(
      election, [&] { return election.cast(election.ballot(0, 0)); }, 409, "wrong_phase");
  refused(
      election,
      [&] { return shared_site().post_json(election.path("/sign-in"), election.sign_in_body(election.voter(0))); }, 409,
      "wrong_phase");
  election.step("/open");
  election.close();
  refused(
      election, [&] { return election.cast(election.ballot(0, 0)); }, 409, "wrong_phase");
}

TEST_CASE("challenges that are refused") {
  const Open open;
  open.challenge_refused("", 400, "malformed");
  open.challenge_refused(open.accepted, 409, "conflict");  // cast already
  auto ballot = parsed(open.election.ballot(1, 0));
  open.challenge_refused(WebElection::signed_text(ballot, open.election.voter(2)), 422, "invalid_signature");
  ballot.answers[0].individual_proofs[0][0].response = crypto::Scalar::random();
  open.challenge_refused(WebElection::signed_text(ballot, open.election.voter(1)), 422, "invalid_proof");
  open.challenge_refused(open.election.ballot_by(crypto::SecretScalar::random(), 0), 403, "unknown_credential");
  open.challenge_refused(WebElection::signed_text(parsed(open.accepted), open.election.voter(0)), 409,
                         "repeated_ciphertext");

  const std::string challenged = open.election.ballot(1, 0);
  REQUIRE(open.election.challenge(challenged).status == 201);
  open.cast_refused(challenged, 409, "conflict");
  open.cast_refused(WebElection::signed_text(parsed(challenged), open.election.voter(1)), 409, "repeated_ciphertext");
  for (std::uint32_t i = 1; i < election::max_challenges; ++i)
    REQUIRE(open.election.challenge(open.election.ballot(1, 0)).status == 201);
  open.challenge_refused(open.election.ballot(1, 0), 409, "conflict");
  CHECK(open.election.cast(open.election.ballot(1, 0)).status == 201);  // casting is still possible

  const WebElection sealed(open.site, 1, Until::sealed);
  refused(
      sealed, [&] { return sealed.challenge(sealed.ballot(0, 0)); }, 409, "wrong_phase");
}

TEST_CASE("a roll or credentials after the sealing, also as a dry run") {
  TestSite& site = shared_site();
  const WebElection election(site, 1, Until::sealed);
  const auto keeper = site.staff(election::Role::registrar);
  const std::string csv = "id,name,class,place\n9,Budi,7A,tps-1\n";
  for (const char* target : {"/roll", "/roll?dry_run=true"}) {
    refused(
        election, [&] { return site.post(election.path(target), keeper, csv, "text/csv"); }, 409, "wrong_phase");
  }
  const std::string body = R"({"places":[{"place":"tps-1","credentials":[")" +
                           ballot::public_credential(crypto::SecretScalar::random()).to_text() + R"("]}]})";
  refused(
      election, [&] { return site.post(election.path("/credentials"), keeper, body); }, 409, "wrong_phase");
  CHECK(site.get(election.path("/roll"), keeper.read()).body.find("Budi") == std::string::npos);
}

TEST_CASE("commands out of phase") {
  TestSite& site = shared_site();
  const WebElection election(site, 1, Until::drafted);
  const auto office = site.staff(election::Role::committee);
  for (const char* step : {"/open", "/close", "/result", "/certification"}) {
    CAPTURE(step);
    refused(
        election, [&] { return site.post(election.path(step), office); }, 409, "wrong_phase");
  }
  CHECK(error_code(site.get(election.path("/decryption"))) == "wrong_phase");
}

TEST_CASE("bodies that are no ballot") {
  const Open open;
  const std::string good = open.election.ballot(1, 0);
  open.cast_refused("", 400, "malformed");
  open.cast_refused("null", 400, "malformed");
  open.cast_refused(good.substr(0, good.size() / 2), 400, "malformed");
  open.cast_refused(good + " ", 400, "malformed");
  open.cast_refused(replaced(good, "\"election_uuid\"", "\"election_\xff\xfe\""), 400, "malformed");
  open.cast_refused(std::string(20'000, '['), 413, "too_large");
  open.cast_refused(replaced(good, "\"alpha\":\"", "\"alpha\":\"g"), 422, "invalid_point");
  open.cast_refused(std::string(65'537, ' '), 413, "too_large");
  refused(
      open.election, [&] { return open.site.client().send("POST", open.election.path("/ballots"), {}, good); }, 415,
      "unsupported_media");
}

TEST_CASE("a body shorter than announced") {
  const Open open;
  refused(
      open.election,
      [&] {
        auto client = open.site.client();
        client.write("POST " + open.election.path("/ballots") +
                     " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"x\":");
        client.finish_writing();
        return client.read();
      },
      400, "malformed");
}

TEST_CASE("rolls with faults are refused whole, every fault by line and column") {
  TestSite& site = shared_site();
  const WebElection election(site, 1, Until::drafted);
  const auto keeper = site.staff(election::Role::registrar);
  const auto roll = [&](const std::string& csv) { return site.post(election.path("/roll"), keeper, csv, "text/csv"); };
  const std::string head = "id,name,class,place\n";
  const auto csv = GENERATE_COPY(as<std::string>{}, head + "1,Budi,7A,tps-1\n1,Ani,7A,tps-1\n",  // an id twice
                                 "id,name,class\n1,Budi,7A\n",                                   // a column missing
                                 head + "1,=cmd|' /C calc'!A0,7A,tps-1\n",                       // a formula
                                 head + "1,Budi,7A,tps-9\n",                                     // no such place
                                 head + "1,Budi\n",                                              // a short line
                                 head +
                                     "1,Bu\xff"
                                     "di,7A,tps-1\n",  // not UTF-8
                                 std::string{});
  CAPTURE(csv);
  refused(
      election, [&] { return roll(csv); }, 422, "roll_invalid");
  const auto dry = site.post(election.path("/roll?dry_run=true"), keeper, csv, "text/csv");
  CHECK(error_code(dry) == "roll_invalid");
  CHECK(site.get(election.path("/roll"), keeper.read()).body == R"({"voters":[],"total":0})");
}

TEST_CASE("a dry run imports nothing, an import all, and a second import of the same people nothing") {
  TestSite& site = shared_site();
  const WebElection election(site, 1, Until::drafted);
  const auto keeper = site.staff(election::Role::registrar);
  const std::string csv = "\xef\xbb\xbfNomor;Nama;Kelas;TPS\r\n2;Ani;7A;tps-1\r\n1;Budi;7B;tps-1\r\n";
  const auto before = election.size();
  const auto dry = site.post(election.path("/roll?dry_run=true"), keeper, csv, "text/csv");
  CHECK(dry.status == 200);
  CHECK(dry.body == R"({"voters":2,"places":[{"id":"tps-1","voters":2}],"imported":false})");
  CHECK(election.size() == before);
  CHECK(site.get(election.path("/roll"), keeper.read()).body == R"({"voters":[],"total":0})");
  CHECK(site.post(election.path("/roll"), keeper, csv, "text/csv").status == 201);
  const std::string first_page = site.get(election.path("/roll?limit=1"), keeper.read()).body;
  CHECK(first_page == R"({"voters":[{"id":"1","name":"Budi","class":"7B","place":"tps-1"}],"total":2,"next":"1"})");
  CHECK(site.get(election.path("/roll?limit=1&after=1"), keeper.read()).body ==
        R"({"voters":[{"id":"2","name":"Ani","class":"7A","place":"tps-1"}],"total":2})");
  refused(
      election, [&] { return site.post(election.path("/roll"), keeper, csv, "text/csv"); }, 409, "conflict");
}

TEST_CASE("drafts that break a rule list every fault") {
  TestSite& site = shared_site();
  const auto office = site.staff(election::Role::committee);
  auto draft = small_draft();
  draft.name.clear();
  draft.policies.min_batch = 1;
  const auto reply = site.post("/api/v1/elections", office, codec::write_draft(draft));
  CHECK(reply.status == 422);
  CHECK(error_code(reply) == "invalid_draft");
  CHECK(error_code(site.post("/api/v1/elections", office, "{\"name\":1}")) == "malformed");
}

TEST_CASE("numbers of a query outside their bounds, and trackers that are none") {
  const WebElection election(shared_site(), 1, Until::drafted);
  for (const char* query : {"?limit=0", "?limit=1001", "?limit=x", "?after=-1", "?before=x", "?tracker=abc",
                            "?begins=abcde", "?begins=abcde*"}) {
    CAPTURE(query);
    const auto reply = shared_site().get(election.path("/ballots") + query);
    CHECK(reply.status == 400);
    CHECK(error_code(reply) == "malformed");
  }
}

}  // namespace suara::test
