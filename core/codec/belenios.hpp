#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/ballot/types.hpp"

// Belenios objects as compact JSON, members in the protocol's order. Readers accept exactly the bytes the
// writers would give (so a value has one text); hashes are over the bytes read. Readers check that every
// element is canonical and in the subgroup and every scalar reduced.
// Errors: malformed, invalid_point, invalid_scalar, unsupported (version, group), too_large.
namespace suara::codec {

std::string write_election(const ballot::Election& election);
Result<ballot::Election> read_election(std::string_view json);  // fills fingerprint

std::string write_ballot(const ballot::Ballot& ballot);           // with signature
std::string write_ballot_unsigned(const ballot::Ballot& ballot);  // what signature.hash is over
Result<ballot::Ballot> read_ballot(std::string_view json);        // fills unsigned_hash and tracker
// For bytes that were checked when they entered the ledger: the same without the costly membership checks.
Result<ballot::Ballot> read_trusted_ballot(std::string_view json);

std::string write_trustee_public_key(const ballot::TrusteePublicKey& key);
Result<ballot::TrusteePublicKey> read_trustee_public_key(std::string_view json);
// {"message":"...","signature":{...}}, the message being {"verification","encryption"} or {"coefexps"}. Proofs are not
// checked here, see core/ballot/threshold.hpp.
std::string write_certificate(const ballot::Certificate& certificate);
Result<ballot::Certificate> read_certificate(std::string_view json);
std::string write_coefexps(const ballot::Coefexps& coefexps);
Result<ballot::Coefexps> read_coefexps(std::string_view json);

std::string write_trustees(const ballot::Trustees& trustees);
Result<ballot::Trustees> read_trustees(std::string_view json);

// Ours are sorted by text; others come in any order, so order is not checked. Repeats are refused. A weight is
// written for all where one differs from 1; others may write the weight 1 as well, or not.
std::string write_public_credentials(const std::vector<ballot::PublicCredential>& credentials);
Result<std::vector<ballot::PublicCredential>> read_public_credentials(std::string_view json);

std::string write_encrypted_tally(const ballot::EncryptedTally& tally);
Result<ballot::EncryptedTally> read_encrypted_tally(std::string_view json);

struct SizedTally {
  std::uint64_t num_tallied = 0;
  std::uint64_t total_weight = 0;
  Hash encrypted_tally;
};
std::string write_sized_tally(const SizedTally& tally);
Result<SizedTally> read_sized_tally(std::string_view json);

std::string write_partial_decryption(const ballot::PartialDecryption& partial);
Result<ballot::PartialDecryption> read_partial_decryption(std::string_view json);
std::string write_strong_proofs(const ballot::StrongProofs& proofs);  // [[{challenge,response}]]
Result<ballot::StrongProofs> read_strong_proofs(std::string_view json);

std::string write_result(const ballot::Counts& counts);  // {"result":[[n]]}
Result<ballot::Counts> read_result(std::string_view json);

std::string write_proof(const ballot::Proof& proof);
Result<ballot::Proof> read_proof(std::string_view json);

}  // namespace suara::codec
