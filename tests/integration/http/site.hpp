#pragma once
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/held_election.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/mariadb_server.hpp"
#include "tests/support/service_process.hpp"
#include "tests/support/temp_folder.hpp"

namespace suara::test {

// A staff member's session, as a browser would show it.
struct StaffAccess {
  std::string token;
  std::string csrf;
  HttpHeaders read() const { return {{"Cookie", "suara_session=" + token}}; }
  HttpHeaders write(const std::string& type = "application/json") const {
    return {{"Cookie", "suara_session=" + token}, {"X-CSRF-Token", csrf}, {"Content-Type", type}};
  }
};

// A running suarad with a small folder of pages, over a database of a test. Replies of the API are held against
// schema/openapi.yaml: one that is not as described throws.
class TestSite {
 public:
  // Without a folder of its own, one that all services over this database share.
  explicit TestSite(MariadbServer& database, std::vector<std::string> options = {}, bool tls = false,
                    const std::filesystem::path& data_dir = {});

  std::uint16_t port() const { return service_->port(); }
  HttpClient client() const { return HttpClient(port(), tls_); }
  HttpReply get(const std::string& target, const HttpHeaders& headers = {}) const;
  HttpReply post(const std::string& target, const StaffAccess& access, const std::string& body = {},
                 const std::string& type = "application/json") const;
  HttpReply post_json(const std::string& target, const std::string& body) const;  // as the public

  HttpReply remove(const std::string& target, const StaffAccess& access, const std::string& body = {}) const;

  // A session put straight into the database, good for an hour or already expired; the login is the role's name, or one
  // of its own.
  StaffAccess staff(election::Role role, bool expired = false) const;
  StaffAccess staff(const std::string& login, election::Role role, bool expired = false) const;

  ServiceProcess& service() { return *service_; }

 private:
  MariadbServer& database_;
  TempFolder folder_;
  bool tls_;
  std::unique_ptr<ServiceProcess> service_;
};

// Operations of the API ("GET /elections") that have been answered with success so far.
const std::set<std::string>& answered_operations();

// One service over the shared database, for all tests that need nothing special.
TestSite& shared_site();

// Throws what was answered instead.
void expect(const HttpReply& reply, unsigned status, const std::string& what);
std::string replaced(std::string text, const std::string& what, const std::string& with);

// What stands at `path`: names of members and places in arrays, joined by dots ("incidents.0.seq").
// Throws where it is missing.
std::string json_text(const std::string& body, std::string_view path);
std::uint64_t json_number(const std::string& body, std::string_view path);
std::string error_code(const HttpReply& reply);  // "code" of an error body; checks message and details too

class WebCeremony;  // ceremony.hpp

// An election held over HTTP; every step throws where it is not answered as expected. Voters count from 0.
class WebElection {
 public:
  enum class Until { drafted, enrolled, sealed, open };
  WebElection(const TestSite& site, std::size_t voters, Until until = Until::open,
              election::TallyPolicy policy = election::TallyPolicy::sealed)
      : WebElection(site, small_draft(policy), std::vector<std::uint64_t>(voters, 1), until) {}
  // A draft of one's own, and a voter for each weight. At most one mandatory trustee; with a threshold the ceremony is
  // run before the sealing. Voters are dealt out to the places in turn; `reserve` spare codes a place.
  WebElection(const TestSite& site, const election::Draft& draft, const std::vector<std::uint64_t>& weights,
              Until until = Until::open, std::size_t reserve = 0);
  ~WebElection();

  const std::string& uuid() const { return uuid_; }
  std::string path(const std::string& rest = {}) const { return "/api/v1/elections/" + uuid_ + rest; }
  const ballot::Election& sealed() const { return sealed_; }
  const crypto::SecretScalar& voter(std::size_t index) const { return voters_.at(index); }
  const crypto::SecretScalar& spare(const std::string& place, std::size_t index) const {
    return spare_.at(PlaceId{place}).at(index);
  }

  std::string ballot(std::size_t voter, std::size_t answer) const { return ballot_by(voters_.at(voter), answer); }
  // The same answer to every question, by its place among the answers.
  std::string ballot_by(const crypto::SecretScalar& secret, std::size_t answer) const;
  // choices[question][choice], as ballot::encrypt takes them.
  std::string ballot_with(std::size_t voter, const std::vector<std::vector<unsigned>>& choices) const;
  // Signs what was changed and writes it.
  static std::string signed_text(ballot::Ballot ballot, const crypto::SecretScalar& secret);
  std::string sign_in_body(const crypto::SecretScalar& secret) const;

  HttpReply cast(const std::string& body) const { return site_.post_json(path("/ballots"), body); }
  HttpReply challenge(const std::string& body) const { return site_.post_json(path("/challenges"), body); }
  void step(const std::string& name) const;  // "/seal", "/open", ...
  void close() const;                        // and waits until the service has computed the tally
  void decrypt() const;                      // as the one mandatory trustee
  // As any owner with any secret.
  HttpReply decrypt_as(std::uint32_t owner, const crypto::SecretScalar& secret) const;
  const WebCeremony& ceremony() const { return *ceremony_; }
  std::uint64_t size() const;  // of the ledger

 private:
  void enrol(const election::Draft& draft, const std::vector<std::uint64_t>& weights, std::size_t reserve);
  void publish_key();

  const TestSite& site_;
  StaffAccess committee_;
  std::string uuid_;
  std::vector<crypto::SecretScalar> voters_;
  std::map<PlaceId, std::vector<crypto::SecretScalar>> spare_;
  std::optional<ballot::TrusteeKeyPair> trustee_;
  std::unique_ptr<WebCeremony> ceremony_;
  ballot::Election sealed_;
};

}  // namespace suara::test
