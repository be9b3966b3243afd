#include "tests/support/bel_mutants.hpp"

#include <sstream>
#include <stdexcept>

#include "core/ballot/credential.hpp"
#include "core/ballot/encrypt.hpp"
#include "core/codec/belenios.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "tests/support/vectors.hpp"

namespace suara::test {
namespace {

std::vector<std::string> lines_of(const std::string& path) {
  std::istringstream in(read_file(vector_path(path)));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

BelSource source(const std::string& name) {
  BelSource out;
  const std::string folder = "belenios/" + name + "/";
  out.bytes = read_file(vector_path(folder + "election.bel"));
  out.parts = bel_parts(out.bytes);
  out.election = codec::read_election(out.parts.election).value();
  for (const auto& line : lines_of(folder + "creds.lst")) {
    out.voters.push_back(ballot::credential_secret(line.substr(line.find(' ') + 1), out.election.uuid));
  }
  for (const auto& line : lines_of(folder + "trustee_private_keys.json")) {
    const auto first = line.find('"'), last = line.rfind('"');
    if (first == std::string::npos) continue;
    out.trustees.push_back(crypto::SecretScalar::from_decimal(line.substr(first + 1, last - first - 1)).value());
  }
  return out;
}

}  // namespace

const BelSource& basic_source() {
  static const BelSource basic = source("basic");
  return basic;
}

const BelSource& threshold_source() {
  static const BelSource threshold = source("threshold");
  return threshold;
}

std::string with(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  if (at == std::string::npos) throw std::logic_error("nothing to falsify: " + std::string(from));
  return text.replace(at, from.size(), to);
}

void BelMutants::add(const std::string& name, const std::string& check, std::string bytes) {
  if (bytes == source_.bytes) throw std::logic_error("a mutant that changes nothing: " + name);
  out_.push_back({prefix_ + name, check, std::move(bytes)});
}

void BelMutants::events(const std::string& name, const std::string& check,
                        const std::function<void(codec::BelEvent&)>& edit) {
  const auto timestamp = source_.parts.timestamp;
  add(name, check, bel_bytes(bel_items(bel_steps(source_.parts), timestamp, edit), timestamp));
}

ballot::Ballot BelMutants::read(const std::string& text) { return codec::read_ballot(text).value(); }

std::string BelMutants::unsigned_text(const ballot::Ballot& ballot) { return codec::write_ballot_unsigned(ballot); }

std::string BelMutants::signed_text(const std::string& text, const crypto::SecretScalar& secret) {
  const auto hash = crypto::to_base64_unpadded(crypto::sha256(text).view());
  const auto proof = codec::write_proof(ballot::sign(hash, secret).proof);
  return text.substr(0, text.size() - 1) + ",\"signature\":{\"hash\":\"" + hash + "\",\"proof\":" + proof + "}}";
}

const crypto::SecretScalar& BelMutants::secret_of(const ballot::Element& credential) const {
  for (const auto& secret : source_.voters) {
    if (crypto::g_pow(secret.expose()) == credential) return secret;
  }
  throw std::logic_error("a ballot of no known voter");
}

std::string BelMutants::signed_by_voter(const ballot::Ballot& ballot) const {
  return signed_text(unsigned_text(ballot), secret_of(ballot.credential));
}

std::vector<BelMutant> all_bel_mutants() {
  std::vector<BelMutant> out;
  BelMutants basic("basic-", basic_source(), out);
  BelMutants threshold("threshold-", threshold_source(), out);
  add_ballot_mutants(basic, threshold);
  add_encoding_mutants(basic, threshold);
  add_setup_mutants(basic, threshold);
  add_tally_mutants(basic, threshold);
  add_form_mutants(basic);
  return out;
}

}  // namespace suara::test
