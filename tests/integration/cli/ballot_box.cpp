#include "tests/integration/cli/ballot_box.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <sstream>

#include "core/ballot/credential.hpp"
#include "core/ballot/encrypt.hpp"
#include "core/codec/belenios.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "tests/integration/cli/draft.hpp"
#include "tests/support/vectors.hpp"
#include "tools/cli/http_client.hpp"

namespace suara::test {

std::vector<Line> read_credentials(const std::filesystem::path& path) {
  std::istringstream in(read_file(path));
  std::string line;
  std::getline(in, line);
  REQUIRE(line == "voter,name,class,place,code,link,weight,public_key");
  std::vector<Line> out;
  while (std::getline(in, line)) {
    std::istringstream cells(line);
    Line row;
    for (auto* cell : {&row.voter, &row.name, &row.klass, &row.place, &row.code, &row.link}) {
      std::getline(cells, *cell, ',');
    }
    out.push_back(row);
  }
  return out;
}

void vote(const RunningService& service, const std::string& uuid, const std::string& code,
          const std::vector<std::vector<unsigned>>& marks) {
  const auto shown = service.anyone({"election", "show", uuid, "--json"});
  const auto election = codec::read_election(text_of(shown.out, "election"));
  REQUIRE(election);
  const auto secret = ballot::credential_secret(*ballot::normalize_code(code), ElectionUuid{uuid});
  auto ballot = ballot::encrypt(*election, secret, marks);
  REQUIRE(ballot);
  // The hash that is signed is over the ballot's bytes without the signature; reading them back would give it.
  const auto unsigned_text = codec::write_ballot_unsigned(*ballot);
  ballot->unsigned_hash = crypto::to_base64_unpadded(crypto::sha256(unsigned_text).view());
  ballot->signature = ballot::sign(ballot->unsigned_hash, secret);
  cli::HttpClient client(*cli::parse_server_url(service.url(), "url"), "");
  cli::Request request{.method = cli::Request::Method::post, .target = "/api/v1/elections/" + uuid + "/ballots"};
  request.body = codec::write_ballot(*ballot);
  request.content_type = "application/json";
  const auto reply = client.send(request);
  REQUIRE(reply);
  INFO(reply->body);
  REQUIRE(reply->status == 201);
}

void close_and_count(const RunningService& service, const std::string& uuid) {
  succeed(service.as("ani", {"election", "close", uuid}));
  cli::HttpClient client(*cli::parse_server_url(service.url(), "url"), "");
  cli::Request request{.method = cli::Request::Method::get, .target = "/api/v1/elections/" + uuid + "/decryption"};
  for (int i = 0; i < 5000; ++i) {
    const auto reply = client.send(request);
    REQUIRE(reply);
    if (reply->status == 200) return;
  }
  FAIL("the tally was never computed");
}

void succeed(const Ended& ended) {
  INFO(ended.out << ended.err);
  REQUIRE(ended.status == 0);
}

int mode_of(const std::filesystem::path& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 0777;
}

}  // namespace suara::test
