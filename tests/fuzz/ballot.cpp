#include "core/codec/belenios.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "tests/fuzz/support/target.hpp"

// A ballot's tracker and what its signature is over are hashes of its bytes: one ballot, one text. The reader that
// trusts the ledger differs from the strict one in nothing but the membership of elements.
void suara::fuzz::try_input(std::string_view bytes) {
  const auto trusted = codec::read_trusted_ballot(bytes);
  const auto ballot = codec::read_ballot(bytes);
  if (!trusted) {
    require_told(trusted.error());
    require(!ballot, "the strict reader takes nothing that the trusting one refuses");
    return;
  }
  require(codec::write_ballot(*trusted) == bytes, "a trusted ballot is written again byte for byte");
  if (!ballot) {
    require_told(ballot.error());
    require(ballot.error().code == ErrorCode::invalid_point, "only an element outside the group tells them apart");
    return;
  }
  require(codec::write_ballot(*ballot) == bytes, "a ballot is written again byte for byte");
  require(ballot->tracker == crypto::sha256(bytes) && trusted->tracker == ballot->tracker, "the tracker is the hash");
  const auto unsigned_hash = crypto::sha256(codec::write_ballot_unsigned(*ballot));
  require(ballot->unsigned_hash == crypto::to_base64_unpadded(unsigned_hash.view()) &&
              trusted->unsigned_hash == ballot->unsigned_hash,
          "the signature's hash is that of the unsigned text");
}
