#include "core/codec/belenios.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "tests/fuzz/support/target.hpp"

void suara::fuzz::try_input(std::string_view bytes) {
  const auto election = codec::read_election(bytes);
  if (!election) return require_told(election.error());
  require(codec::write_election(*election) == bytes, "an election is written again byte for byte");
  require(election->fingerprint == crypto::to_base64_unpadded(crypto::sha256(bytes).view()),
          "its fingerprint is the hash");
  require(!election->public_key.is_identity(), "its key is not the identity");
  require(!election->questions.empty(), "it asks something");
  for (const auto& question : election->questions) {
    require(question.min <= question.max && question.max <= question.answers.size(), "its questions can be answered");
  }
}
