#include "tests/support/sample_ballot.hpp"

#include "core/codec/belenios.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"

namespace suara::test {

ballot::Question make_question(std::size_t answers, std::uint32_t min, std::uint32_t max) {
  ballot::Question question{{}, false, min, max, "Pilih"};
  for (std::size_t i = 0; i < answers; ++i) question.answers.emplace_back(1, static_cast<char>('a' + i % 26));
  return question;
}

std::map<std::uint32_t, ballot::PartialDecryption> by_owner(std::vector<ballot::PartialDecryption> partials) {
  std::map<std::uint32_t, ballot::PartialDecryption> out;
  std::uint32_t owner = 0;
  for (auto& partial : partials) out.emplace(++owner, std::move(partial));
  return out;
}

SampleElection make_election(std::vector<ballot::Question> questions, std::size_t trustees, const std::string& uuid) {
  SampleElection sample;
  for (std::size_t i = 0; i < trustees; ++i) {
    sample.trustees.push_back(ballot::generate_trustee_key());
    sample.published.push_back(sample.trustees.back().public_key);
  }
  ballot::Election election{
      "Uji",       "Uji", ballot::combine_keys(sample.published), std::move(questions), ElectionUuid{uuid}, "Panitia",
      "Registrar", ""};
  sample.election = codec::read_election(codec::write_election(election)).value();
  return sample;
}

ballot::Ballot resigned(ballot::Ballot ballot, const crypto::SecretScalar& secret) {
  const std::string hash = crypto::to_base64_unpadded(crypto::sha256(codec::write_ballot_unsigned(ballot)).view());
  ballot.signature = ballot::sign(hash, secret);
  return codec::read_ballot(codec::write_ballot(ballot)).value();
}

ballot::Ballot make_ballot(const ballot::Election& election, const crypto::SecretScalar& secret,
                           const std::vector<std::vector<unsigned>>& choices) {
  return resigned(ballot::encrypt(election, secret, choices).value(), secret);
}

}  // namespace suara::test
