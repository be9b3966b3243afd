#include <map>
#include <set>

#include "core/ballot/trustee.hpp"
#include "core/codec/belenios.hpp"
#include "core/codec/event.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"

// Commands whose Belenios texts the service makes from what was recorded.
namespace suara::codec {
namespace {

// Fills what LiveTallyPublished and TallyComputed have in common.
template <class E>
void write_tally(const ballot::TallyAccumulator& sum, E& e) {
  e.tally = sum.tally();
  e.num_tallied = sum.num_tallied();
  e.encrypted_tally = write_encrypted_tally(e.tally);
  e.sized_tally = write_sized_tally({sum.num_tallied(), sum.total_weight(), crypto::sha256(e.encrypted_tally)});
}

}  // namespace

Result<election::SealElection> seal_command(const election::State& state) {
  const election::Draft& draft = state.summary.draft;
  if (state.summary.trustees.empty()) {
    return fail(ErrorCode::conflict, "The election cannot be sealed yet: no trustee's key is published.");
  }
  election::SealElection command;
  for (const auto& published : state.summary.trustees) command.parsed_trustees.push_back(published.key);
  command.trustees = write_trustees(command.parsed_trustees);
  command.credentials_hash = election::credentials_hash(state);

  ballot::Election& sealed = command.parsed_election;
  sealed.description = draft.description;
  sealed.name = draft.name;
  sealed.public_key = ballot::combine_keys(command.parsed_trustees);
  for (const auto& contest : draft.contests) sealed.questions.push_back(contest.question);
  sealed.uuid = state.summary.uuid;
  sealed.administrator = draft.administrator;
  sealed.credential_authority = draft.credential_authority;
  command.election = write_election(sealed);
  sealed.fingerprint = crypto::to_base64_unpadded(crypto::sha256(command.election).view());
  return command;
}

election::DecryptionShare make_share(std::uint32_t owner, const ballot::Decryption& decryption) {
  return {owner, write_partial_decryption(decryption.partial), write_strong_proofs(decryption.strong_proofs),
          decryption.partial, decryption.strong_proofs};
}

Result<election::DecryptionShare> read_share(std::uint32_t owner, std::string_view partial_decryption,
                                             std::string_view strong_proofs) {
  auto partial = read_partial_decryption(partial_decryption);
  if (!partial) return fail(std::move(partial).error());
  auto strong = read_strong_proofs(strong_proofs);
  if (!strong) return fail(std::move(strong).error());
  return election::DecryptionShare{owner, std::string(partial_decryption), std::string(strong_proofs),
                                   std::move(*partial), std::move(*strong)};
}

election::ComputeTally tally_command(const ballot::TallyAccumulator& sum) {
  election::ComputeTally command;
  write_tally(sum, command.tally);
  command.tally.total_weight = sum.total_weight();
  return command;
}

Result<election::PublishLiveTally> live_tally_command(Seq through, std::uint64_t accepted,
                                                      const ballot::TallyAccumulator& sum,
                                                      const ballot::Decryption& decryption) {
  const ballot::Trustees the_one_trustee{ballot::TrusteePublicKey{}};  // of policy live; its key is not needed here
  auto counts = ballot::decrypt_counts(sum.tally(), the_one_trustee, {{1, decryption.partial}}, sum.total_weight());
  if (!counts) return fail(std::move(counts).error());
  election::PublishLiveTally command;
  election::LiveTallyPublished& tally = command.tally;
  tally.through = through;
  tally.accepted = accepted;
  write_tally(sum, tally);
  tally.shares.push_back(make_share(1, decryption));
  tally.counts = std::move(*counts);
  tally.result = write_result(tally.counts);
  return command;
}

Result<election::PublishResult> result_command(const election::State& state) {
  const election::Summary& summary = state.summary;
  if (!summary.sealed || !summary.tally) return fail(ErrorCode::conflict, "The tally is not computed yet.");
  const auto& trustees = summary.sealed->parsed_trustees;
  std::set<std::uint32_t> owners;
  std::map<std::uint32_t, ballot::PartialDecryption> by_owner;
  for (const auto& [owner, share] : summary.shares) {
    owners.insert(owner);
    by_owner.emplace(owner, share.partial);
  }
  if (!ballot::still_needed(trustees, owners).nothing()) {
    return fail(ErrorCode::conflict, std::to_string(owners.size()) + " of " +
                                         std::to_string(ballot::count_owners(trustees)) +
                                         " trustees have decrypted the tally: more must before there is a result.");
  }
  auto counts = ballot::decrypt_counts(summary.tally->tally, trustees, by_owner, summary.tally->total_weight);
  if (!counts) return fail(std::move(counts).error());
  election::PublishResult command;
  command.result = write_result(*counts);
  command.counts = std::move(*counts);
  return command;
}

}  // namespace suara::codec
