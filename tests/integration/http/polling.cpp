#include "tests/integration/http/polling.hpp"

namespace suara::test {

election::Draft polling_draft(election::VerificationPolicy verification, election::RevotePolicy revote) {
  auto draft = small_draft();
  draft.places.push_back({PlaceId{"tps-2"}, "TPS 2"});
  draft.policies.verification = verification;
  draft.policies.revote = revote;
  return draft;
}

StaffAccess officer_at(const TestSite& site, const WebElection& election, const std::string& place) {
  const std::string login = "officer-" + place;
  const auto access = site.staff(login, election::Role::officer);
  const auto appointed = site.post(election.path("/officials"), site.staff(election::Role::committee),
                                   R"({"login":")" + login + R"(","role":"officer","place":")" + place + "\"}");
  if (appointed.status != 409) expect(appointed, 201, "the appointment");
  return access;
}

Kiosk::Kiosk(const TestSite& site, const WebElection& election, const std::string& place)
    : site_(&site), election_(election) {
  const auto enrolled = site.post(election.path("/devices"), site.staff(election::Role::committee),
                                  R"({"name":"Bilik","place":")" + place + "\"}");
  expect(enrolled, 201, "the device");
  const auto claimed = site.post_json("/api/v1/device", R"({"code":")" + json_text(enrolled.body, "code") + "\"}");
  if (claimed.status != 200) expect(claimed, 201, "the claim");
  const std::string cookie = claimed.header("set-cookie");
  cookie_ = cookie.substr(0, cookie.find(';'));
}

HttpReply Kiosk::post(const std::string& path, const std::string& body) const {
  return site_->client().send("POST", election_.path(path), {{"Content-Type", "application/json"}, {"Cookie", cookie_}},
                             body);
}

HttpReply Kiosk::sign_in(std::size_t voter) const {
  return post("/sign-in", election_.sign_in_body(election_.voter(voter)));
}

HttpReply mark(const TestSite& site, const WebElection& election, const StaffAccess& officer,
               const std::string& voter) {
  return site.post(election.path("/attendance"), officer, R"({"voter":")" + voter + "\"}");
}

}  // namespace suara::test
