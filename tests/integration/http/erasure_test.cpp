#include <catch2/catch.hpp>

#include "core/codec/json_writer.hpp"
#include "tests/integration/http/all_rows.hpp"
#include "tests/integration/http/polling.hpp"
#include "tests/integration/http/published.hpp"

namespace suara::test {
namespace {

using election::Role;

const std::string id = "NIS-40721", name = "Wulandari Kusumaningrum", klass = "XII-Bahasa";

// The credentials of four voters, dealt out to two places.
std::string credentials(const WebElection& election) {
  codec::JsonWriter json(codec::JsonWriter::Order::as_written);
  json.begin_object().key("places").begin_array();
  for (const std::size_t first : {0, 1}) {
    json.begin_object().text("place", first == 0 ? "tps-1" : "tps-2").key("credentials").begin_array();
    for (const std::size_t voter : {first, first + 2})
      json.text(codec::write_roll_credential({ballot::public_credential(election.voter(voter)), 1}));
    json.end_array().end_object();
  }
  json.end_array().end_object();
  return json.take();
}

}  // namespace

TEST_CASE("after an erasure no table tells who a commitment of the ledger was, and the ledger still verifies") {
  MariadbServer database;
  TestSite site(database);
  const WebElection election(site, polling_draft(election::VerificationPolicy::both), {1, 1, 1, 1},
                             WebElection::Until::enrolled);
  const auto keeper = site.staff(Role::registrar);
  const auto post = [&](const std::string& path, const std::string& body) {
    return site.post(election.path(path), keeper, body).status;
  };
  const auto erase = [&](const std::string& whose, const std::string& body = "{}") {
    return site.remove(election.path("/voters" + whose + "/data"), keeper, body);
  };
  auto connection = ledger::mariadb::Connection::open(database.root());
  REQUIRE(connection);
  REQUIRE(post("/credentials/withdraw", R"({"reason":"Ditata ulang."})") == 200);
  REQUIRE(post("/voters/remove", R"({"id":"1","reason":"Pindah."})") == 200);
  REQUIRE(post("/voters", R"({"id":")" + id + R"(","name":"Wulan","class":")" + klass + R"(","place":"tps-1"})") ==
          201);
  const auto salt_of = [&](const std::string& of) {
    const auto rows =
        all_of(**connection, "SELECT LOWER(HEX(salt)), LOWER(HEX(commitment)) FROM voters WHERE id = '" + of + "'");
    return std::pair(std::string(rows[0].text(0)), std::string(rows[0].text(1)));
  };
  const auto first_salt = salt_of(id).first;
  REQUIRE(post("/voters/correct", R"({"id":")" + id + R"(","name":")" + name + R"(","reason":"Salah tulis."})") == 200);
  const auto [salt, commitment] = salt_of(id);
  REQUIRE(post("/credentials", credentials(election)) == 201);
  CHECK(error_code(erase("/" + id)) == "wrong_phase");
  election.step("/seal");
  election.step("/open");
  const auto marshal = officer_at(site, election, "tps-1");
  REQUIRE(mark(site, election, marshal, id).status == 201);
  CHECK(error_code(erase("/" + id)) == "wrong_phase");
  CHECK(error_code(erase("")) == "wrong_phase");
  election.close();
  // What a crash may have left: a note of a correction that never came to be.
  REQUIRE(
      (*connection)
          ->run(
              "INSERT INTO voter_changes SELECT ledger_id, UNHEX(SHA2('x', 256)), 0, id, 'Wulandari K.', class, place, "
              "salt, weight, delivery, 5, 0 FROM voters WHERE id = '" +
                  id + "'",
              {}));

  const auto rows_with = [&](const std::string& marker) {
    std::size_t found = 0;
    for (const auto& cells : everything(**connection))
      for (const auto& cell : cells) found += cell.find(marker) != std::string::npos;
    return found;
  };
  for (const auto& marker : {id, name, klass, salt}) CHECK(rows_with(marker) > 0);
  CHECK(rows_with("Wulan") > 0);
  CHECK(rows_with(first_salt) == 0);
  const auto size = election.size();
  CHECK(error_code(erase("/" + id, R"({"reason":"Wulandari Kusumaningrum asked."})")) == "malformed");
  CHECK(error_code(erase("/" + id, R"({"reason":"two\nlines"})")) == "malformed");
  const auto erased = erase("/" + id, R"({"reason":"At the voter's wish."})");
  CHECK(erased.status == 200);
  CHECK(erased.body == R"({"erased":1})");
  CHECK(error_code(erase("/" + id)) == "not_found");
  for (const auto& marker : {id, name, klass, salt, std::string("Wulan")}) {
    CAPTURE(marker);
    CHECK(rows_with(marker) == 0);
    CHECK(site.service().log().find(marker) == std::string::npos);
  }
  CHECK(site.service().log().find("erased the data of 1 voter") != std::string::npos);
  CHECK(rows_with("At the voter's wish.") == 1);
  CHECK(rows_with(commitment) > 0);  // in the ledger for good, and in what is folded from it

  // Views bear an attendance of nobody; others are still there.
  const auto roll = site.get(election.path("/roll"), keeper.read());
  CHECK(json_number(roll.body, "total") == 3);
  CHECK(roll.body.find("attended") == std::string::npos);
  CHECK(roll.body.find("Siswa 2") != std::string::npos);
  CHECK(site.get(election.path("/roll/summary"), keeper.read()).status == 200);
  CHECK(json_number(site.get(election.path("/turnout")).body, "attended") == 1);
  CHECK(site.get(election.path("/events")).status == 200);
  CHECK(error_code(mark(site, election, marshal, id)) == "not_found");
  CHECK(erase("").body == R"({"erased":3})");
  CHECK(json_number(site.get(election.path("/roll"), keeper.read()).body, "total") == 0);
  CHECK(rows_with("Siswa 2") == 0);
  CHECK(all_of(**connection, "SELECT 1 FROM voters").empty());
  CHECK(error_code(erase("")) == "not_found");

  CHECK(election.size() == size);
  Published published(ledger::LogFolder(database.dir() / "suara" / "log" / election.uuid()));
  const auto report = audit::audit_bundle(published, {});
  REQUIRE(report);
  for (const auto& check : report->checks) {
    INFO(audit::check_name(check.check) << (check.fault ? ": " + check.fault->what : ""));
    CHECK(check.faults == 0);
  }
}

TEST_CASE("a voter's number is named in the address by its bytes") {
  TestSite& site = shared_site();
  const WebElection election(site, 1, WebElection::Until::drafted);
  const auto keeper = site.staff(Role::registrar);
  REQUIRE(site.post(election.path("/roll"), keeper, "id,name,class,place\nX/7 é,Ani,7A,tps-1\n", "text/csv").status ==
          201);
  REQUIRE(site.post(election.path("/cancellation"), site.staff(Role::committee), R"({"reason":"Batal."})").status ==
          200);
  CHECK(error_code(site.remove(election.path("/voters/X%2F7/data"), keeper, "{}")) == "not_found");
  CHECK(site.remove(election.path("/voters/X%2F7%20%C3%A9/data"), keeper, "{}").body == R"({"erased":1})");
}

}  // namespace suara::test
