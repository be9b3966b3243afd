#include "tests/integration/http/ceremony.hpp"

#include <stdexcept>

#include "core/codec/json_reader.hpp"
#include "core/codec/json_writer.hpp"

namespace suara::test {
namespace {

codec::JsonWriter writer() { return codec::JsonWriter(codec::JsonWriter::Order::as_written); }

}  // namespace

WebCeremony::WebCeremony(const TestSite& site, std::string uuid, const election::Threshold& threshold)
    : site_(site), trustee_(site.staff(election::Role::trustee)), uuid_(std::move(uuid)) {
  for (std::uint32_t i = 0; i < threshold.trustees; ++i) {
    crypto::SecretBytes seed(ballot::CeremonyTrustee::seed_size);
    crypto::random_fill(seed.mutable_view());
    trustees_.emplace_back(std::move(seed), ElectionUuid{uuid_}, threshold.needed);
  }
}

std::string WebCeremony::certificate_body(std::uint32_t number) const {
  const auto& member = trustees_.at(number - 1);
  auto json = writer();
  json.begin_object();
  json.text("certificate", codec::write_certificate(member.certificate()));
  json.text("coefexps_hash", crypto::to_hex(crypto::sha256(codec::write_coefexps(member.coefexps())).view()));
  json.end_object();
  return json.take();
}

std::vector<std::string> WebCeremony::shares_of(std::uint32_t number) const {
  std::vector<std::string> out;
  std::uint32_t recipient = 0;
  for (const auto& certificate : certificates())
    out.push_back(
        crypto::to_base64(ByteView(trustees_.at(number - 1).sealed_share(++recipient, certificate.encryption))));
  return out;
}

std::string WebCeremony::coefexps_body(std::uint32_t number) const {
  return coefexps_body(number, shares_of(number));
}

std::string WebCeremony::coefexps_body(std::uint32_t number, const std::vector<std::string>& shares) const {
  auto json = writer();
  json.begin_object();
  json.number("trustee", number);
  json.text("coefexps", codec::write_coefexps(trustees_.at(number - 1).coefexps()));
  json.key("shares").begin_array();
  for (const auto& share : shares) json.text(share);
  json.end_array().end_object();
  return json.take();
}

std::string WebCeremony::confirmation_body(std::uint32_t number) const {
  auto json = writer();
  json.begin_object();
  json.number("trustee", number);
  json.text("verification_key", codec::write_trustee_public_key(ballot::trustee_public_key(secret(number))));
  json.end_object();
  return json.take();
}

crypto::SecretScalar WebCeremony::secret(std::uint32_t number) const {
  const auto reply = site_.get(path("/shares/" + std::to_string(number)), trustee_.read());
  if (reply.status != 200) throw std::runtime_error("the shares were not handed out: " + reply.body);
  const auto document = codec::JsonDocument::parse(reply.body, "shares");
  codec::JsonFields fields(document->root(), {"shares"});
  std::vector<std::vector<std::uint8_t>> sealed;
  for (const auto text : fields.texts("shares", trustees_.size(), trustees_.size()))
    sealed.push_back(crypto::from_base64(text).value());
  return trustees_.at(number - 1).collect(number, coefexps(), sealed).value();
}

HttpReply WebCeremony::post(const std::string& step, const std::string& body) const {
  return site_.post(path(step), trustee_, body);
}

std::string WebCeremony::step() const { return json_text(site_.get(path()).body, "step"); }

void WebCeremony::run_until(Step step) const {
  const auto all = [&](const std::string& name, auto&& body) {
    for (std::uint32_t number = 1; number <= trustees_.size(); ++number) {
      const auto reply = post(name, body(number));
      if (reply.status != 201) throw std::runtime_error(name + " was answered: " + reply.body);
    }
  };
  if (step > Step::certificates) all("/certificate", [&](std::uint32_t number) { return certificate_body(number); });
  if (step > Step::coefexps) all("/coefexps", [&](std::uint32_t number) { return coefexps_body(number); });
  if (step > Step::confirmations) all("/confirmation", [&](std::uint32_t number) { return confirmation_body(number); });
}

std::vector<std::string> WebCeremony::members(const std::string& name) const {
  const auto reply = site_.get(path());
  const auto document = codec::JsonDocument::parse(reply.body, "ceremony");
  std::vector<std::string> out;
  const auto shown = document->root().member("members")->array(0, trustees_.size());
  for (const auto& member : *shown) out.emplace_back(member.member(name)->text().value());
  return out;
}

std::vector<ballot::Certificate> WebCeremony::certificates() const {
  std::vector<ballot::Certificate> out;
  for (const auto& text : members("certificate")) out.push_back(codec::read_certificate(text).value());
  return out;
}

std::vector<ballot::Coefexps> WebCeremony::coefexps() const {
  std::vector<ballot::Coefexps> out;
  for (const auto& text : members("coefexps")) out.push_back(codec::read_coefexps(text).value());
  return out;
}

}  // namespace suara::test
