#include "tests/integration/http/site.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <thread>

#include "core/codec/json_reader.hpp"
#include "core/codec/json_writer.hpp"
#include "http/access.hpp"
#include "ledger/mariadb/maria_staff.hpp"
#include "tests/integration/http/ceremony.hpp"
#include "tests/integration/http/openapi.hpp"

namespace suara::test {
namespace {

void put(const std::filesystem::path& file, const std::string& content) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file) << content;
}

Result<codec::JsonNode> at(const codec::JsonDocument& document, std::string_view path) {
  Result<codec::JsonNode> node = document.root();
  while (!path.empty() && node) {
    const std::size_t dot = path.find('.');
    const std::string step(path.substr(0, dot));
    if (node->is_array()) {
      const auto all = node->array(0, SIZE_MAX);
      node = all ? Result<codec::JsonNode>(all->at(std::stoul(step))) : fail(all.error());
    } else {
      node = node->member(step);
    }
    path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
  }
  return node;
}

std::set<std::string> answered;

// "/elections/{uuid}/tally" of "/api/v1/elections/ucSijHEHGk8LHG/tally?x"; empty outside the API.
std::string described_path(const std::string& target) {
  static const std::string base = "/api/v1";
  if (!target.starts_with(base + "/")) return {};
  std::string path = target.substr(base.size(), target.find('?') - base.size());
  static const std::string elections = "/elections/";
  if (path.starts_with(elections)) {
    const std::size_t end = std::min(path.find('/', elections.size()), path.size());
    path.replace(elections.size(), end - elections.size(), "{uuid}");
  }
  // A bundle of entries and a trustee are named by their numbers.
  static const std::string staff = "/staff/", sessions = "/sessions/";
  if (path.starts_with(staff)) path = staff + "{login}" + (path.ends_with("/reset") ? "/reset" : "");
  if (path.starts_with(sessions)) path = sessions + "{id}";
  static const std::string entries = "/elections/{uuid}/entries/", shares = "/elections/{uuid}/ceremony/shares/";
  if (path.starts_with(entries)) path = entries + "{bundle}";
  if (path.starts_with(shares)) path = shares + "{trustee}";
  static const std::string voters = "/elections/{uuid}/voters/", data = "/data";
  if (path.starts_with(voters) && path.ends_with(data) && path.size() > voters.size() + data.size())
    path = voters + "{id}" + data;
  if (path.starts_with("/photos/")) path = "/photos/{hash}";
  return path;
}

HttpReply as_described(const std::string& method, const std::string& target, HttpReply reply) {
  static const OpenApi description;
  const std::string path = described_path(target);
  if (path.empty()) return reply;
  const auto faults = description.faults(method, path, reply.status, reply.header("content-type"), reply.body);
  if (!faults.empty()) {
    throw std::runtime_error(method + " " + path + " is not as described: " + faults.front() + " in " + reply.body);
  }
  if (reply.status < 400) answered.insert(method + " " + path);
  return reply;
}

}  // namespace

const std::set<std::string>& answered_operations() { return answered; }

TestSite::TestSite(MariadbServer& database, std::vector<std::string> options, bool tls,
                   const std::filesystem::path& data_dir)
    : database_(database), tls_(tls) {
  const auto web = folder_.path() / "web";
  for (const char* page : {"portal", "vote", "committee", "supervisor", "trustee", "check", "verify-help", "print",
                           "copy-template", "projector", "officer", "kiosk", "setup", "account"}) {
    put(web / (std::string(page) + ".html"), "<!doctype html><title>" + std::string(page) + "</title>");
  }
  put(web / "assets" / "app.js", "let x;");
  put(web / "secret.txt", "not an asset");
  // Services over one database are nodes of one installation: they share their keys and their public log.
  service_ = std::make_unique<ServiceProcess>(
      database.service(), data_dir.empty() ? database.dir() / "suara" : data_dir, web, std::move(options));
}

HttpReply TestSite::get(const std::string& target, const HttpHeaders& headers) const {
  return as_described("GET", target, client().send("GET", target, headers));
}

HttpReply TestSite::post(const std::string& target, const StaffAccess& access, const std::string& body,
                         const std::string& type) const {
  return as_described("POST", target, client().send("POST", target, access.write(type), body));
}

HttpReply TestSite::remove(const std::string& target, const StaffAccess& access, const std::string& body) const {
  return as_described("DELETE", target, client().send("DELETE", target, access.write(), body));
}

HttpReply TestSite::post_json(const std::string& target, const std::string& body) const {
  return as_described("POST", target, client().send("POST", target, {{"Content-Type", "application/json"}}, body));
}

StaffAccess TestSite::staff(election::Role role, bool expired) const {
  return staff(std::string(election::role_name(role)), role, expired);
}

StaffAccess TestSite::staff(const std::string& login, election::Role role, bool expired) const {
  const StaffAccess access{http::random_token(), http::random_token()};
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  ledger::mariadb::MariaStaff staff(database_.service(), 1);
  const auto member = staff.add_staff({login, role, "$argon2id$no-password"});
  if (!member && member.error().code != ErrorCode::conflict) throw std::runtime_error(member.error().detail);
  const auto added = staff.add_session(
      {crypto::sha256(access.token), login, role, access.csrf, {ms + (expired ? -1000 : 3'600'000)}, {ms}, {ms}});
  if (!added) throw std::runtime_error(added.error().detail);
  return access;
}

void expect(const HttpReply& reply, unsigned status, const std::string& what) {
  if (reply.status == status) return;
  throw std::runtime_error(what + " was answered " + std::to_string(reply.status) + ": " + reply.body);
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const auto at = text.find(what);
  if (at == std::string::npos) throw std::logic_error("nothing to replace in " + text);
  return text.replace(at, what.size(), with);
}

TestSite& shared_site() {
  static TestSite site(shared_mariadb());
  return site;
}

std::string json_text(const std::string& body, std::string_view path) {
  const auto document = codec::JsonDocument::parse(body, "reply");
  if (!document) throw std::runtime_error(document.error().detail + " in " + body);
  const auto node = at(*document, path);
  const auto text = node ? node->text() : fail(node.error());
  if (!text) throw std::runtime_error(text.error().detail + " in " + body);
  return std::string(*text);
}

std::uint64_t json_number(const std::string& body, std::string_view path) {
  const auto document = codec::JsonDocument::parse(body, "reply");
  if (!document) throw std::runtime_error(document.error().detail + " in " + body);
  const auto node = at(*document, path);
  const auto number = node ? node->uint() : fail(node.error());
  if (!number) throw std::runtime_error(number.error().detail + " in " + body);
  return *number;
}

std::string error_code(const HttpReply& reply) {
  const auto document = codec::JsonDocument::parse(reply.body, "error");
  if (!document) return "no JSON: " + reply.body;
  codec::JsonFields fields(document->root(), {"code", "message", "details"});
  const auto code = fields.text("code");
  const auto message = fields.text("message");
  fields.texts("details", 0, 10'000);
  if (fields.failed()) return fields.error().detail;
  if (message.size() < 10) return "the message is no sentence: " + std::string(message);
  return std::string(code);
}

WebElection::WebElection(const TestSite& site, const election::Draft& draft, const std::vector<std::uint64_t>& weights,
                         Until until, std::size_t reserve)
    : site_(site), committee_(site.staff(election::Role::committee)) {
  // Accounts that are there when the election is drafted serve in it.
  for (const auto role : http::staff_roles) site.staff(role);
  const auto drafted = site_.post("/api/v1/elections", committee_, codec::write_draft(draft));
  expect(drafted, 201, "drafting");
  uuid_ = json_text(drafted.body, "uuid");
  if (draft.threshold) ceremony_ = std::make_unique<WebCeremony>(site_, uuid_, *draft.threshold);
  if (until == Until::drafted) return;
  enrol(draft, weights, reserve);
  if (draft.policies.tally == election::TallyPolicy::sealed && draft.trustees > 0) publish_key();
  if (until == Until::enrolled) return;
  if (ceremony_) ceremony_->run_until(WebCeremony::Step::done);
  // Under the policy live the service publishes its key by itself; sealing waits for that.
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  for (;;) {
    const auto sealed = site_.post(path("/seal"), committee_);
    if (sealed.status == 200) break;
    if (sealed.status != 409 || std::chrono::steady_clock::now() > deadline) expect(sealed, 200, "sealing");
    std::this_thread::yield();
  }
  const auto shown = site_.get(path());
  expect(shown, 200, "the election");
  sealed_ = codec::read_election(json_text(shown.body, "election")).value();
  if (until == Until::open) step("/open");
}

WebElection::~WebElection() = default;

// Voters are dealt out to the places in turn.
void WebElection::enrol(const election::Draft& draft, const std::vector<std::uint64_t>& weights, std::size_t reserve) {
  std::string csv = "id,name,class,place,weight,delivery\n";
  std::map<PlaceId, std::vector<std::string>> credentials;
  for (const std::uint64_t weight : weights) {
    const PlaceId& place = draft.places[voters_.size() % draft.places.size()].id;
    voters_.push_back(crypto::SecretScalar::random());
    const std::string number = std::to_string(voters_.size());
    csv += number + ",Siswa " + number + ",7A," + place.value + "," + std::to_string(weight) + ",post\n";
    credentials[place].push_back(codec::write_roll_credential({ballot::public_credential(voters_.back()), weight}));
  }
  codec::JsonWriter json(codec::JsonWriter::Order::as_written);
  json.begin_object().key("places").begin_array();
  for (const auto& [place, texts] : credentials) {
    json.begin_object().text("place", place.value).key("credentials").begin_array();
    for (const auto& text : texts) json.text(text);
    json.end_array();
    if (reserve > 0) json.key("reserve").begin_array();
    for (std::size_t i = 0; i < reserve; ++i) {
      spare_[place].push_back(crypto::SecretScalar::random());
      json.text(codec::write_roll_credential({ballot::public_credential(spare_[place].back()), 1}));
    }
    if (reserve > 0) json.end_array();
    json.end_object();
  }
  json.end_array().end_object();
  const auto keeper = site_.staff(election::Role::registrar);
  expect(site_.post(path("/roll"), keeper, csv, "text/csv; charset=utf-8"), 201, "the roll");
  expect(site_.post(path("/credentials"), keeper, json.take()), 201, "the credentials");
}

void WebElection::publish_key() {
  trustee_ = ballot::generate_trustee_key();
  codec::JsonWriter json(codec::JsonWriter::Order::as_written);
  json.begin_object().text("public_key", codec::write_trustee_public_key(trustee_->public_key)).end_object();
  const auto reply = site_.post(path("/trustees"), site_.staff(election::Role::trustee), json.take());
  expect(reply, 201, "the trustee's key");
  if (json_number(reply.body, "trustee") != 1) throw std::runtime_error("not the first trustee: " + reply.body);
}

std::string WebElection::signed_text(ballot::Ballot ballot, const crypto::SecretScalar& secret) {
  const Hash hash = crypto::sha256(codec::write_ballot_unsigned(ballot));
  ballot.signature = ballot::sign(crypto::to_base64_unpadded(hash.view()), secret);
  return codec::write_ballot(ballot);
}

std::string WebElection::ballot_by(const crypto::SecretScalar& secret, std::size_t answer) const {
  std::vector<std::vector<unsigned>> choices;
  for (const auto& question : sealed_.questions) {
    choices.emplace_back(question.choices(), 0);
    choices.back().at(answer + (question.blank ? 1 : 0)) = 1;
  }
  return signed_text(ballot::encrypt(sealed_, secret, choices).value(), secret);
}

std::string WebElection::ballot_with(std::size_t voter, const std::vector<std::vector<unsigned>>& choices) const {
  return signed_text(ballot::encrypt(sealed_, voters_.at(voter), choices).value(), voters_.at(voter));
}

std::string WebElection::sign_in_body(const crypto::SecretScalar& secret) const {
  const auto challenge = site_.get(path("/challenge"));
  expect(challenge, 200, "the challenge");
  const std::string nonce = json_text(challenge.body, "nonce");
  const auto proof = ballot::sign_in_proof(secret, sealed_.fingerprint, nonce);
  codec::JsonWriter json(codec::JsonWriter::Order::as_written);
  json.begin_object();
  json.text("credential", ballot::public_credential(secret).to_text());
  json.text("nonce", nonce);
  json.raw("proof", codec::write_proof(proof));
  json.end_object();
  return json.take();
}

void WebElection::step(const std::string& name) const { expect(site_.post(path(name), committee_), 200, name); }

void WebElection::close() const {
  step("/close");
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (site_.get(path("/decryption")).status != 200) {
    if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("the tally is not computed");
    std::this_thread::yield();
  }
}

void WebElection::decrypt() const { expect(decrypt_as(1, trustee_->secret), 201, "the decryption"); }

HttpReply WebElection::decrypt_as(std::uint32_t owner, const crypto::SecretScalar& secret) const {
  const auto reply = site_.get(path("/decryption"));
  expect(reply, 200, "what to decrypt");
  const auto tally = codec::read_encrypted_tally(json_text(reply.body, "encrypted_tally")).value();
  const auto share = codec::make_share(owner, ballot::decrypt(tally, secret, sealed_.fingerprint));
  codec::JsonWriter json(codec::JsonWriter::Order::as_written);
  json.begin_object();
  json.number("owner", owner);
  json.text("partial_decryption", share.partial_decryption);
  json.text("strong_proofs", share.strong_proofs);
  json.end_object();
  return site_.post(path("/decryption"), site_.staff(election::Role::trustee), json.take());
}

std::uint64_t WebElection::size() const {
  const auto reply = site_.get(path("/ledger"));
  expect(reply, 200, "the ledger");
  return json_number(reply.body, "size");
}

}  // namespace suara::test
