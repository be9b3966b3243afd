#include "core/ballot/trustee.hpp"
#include "core/codec/belenios.hpp"
#include "core/codec/event.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "core/election/trustees.hpp"

// Commands whose Belenios texts the service makes from what was recorded.
namespace suara::codec {
namespace {

// Fills what LiveTallyPublished and TallyComputed have in common.
template <class E>
void write_tally(const ballot::TallyAccumulator& sum, E& e) {
  e.tally = sum.tally();
  e.num_tallied = sum.num_tallied();
  e.total_weight = sum.total_weight();
  e.encrypted_tally = write_encrypted_tally(e.tally);
  e.sized_tally = write_sized_tally({sum.num_tallied(), sum.total_weight(), crypto::sha256(e.encrypted_tally)});
}

}  // namespace

Result<election::SealElection> seal_command(const election::State& state) {
  const election::Draft& draft = state.summary.draft;
  election::SealElection command;
  command.parsed_trustees = election::published_trustees(state.summary);
  if (command.parsed_trustees.empty()) {
    return fail(ErrorCode::conflict, "The election cannot be sealed yet: no trustee's key is published.");
  }
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
  return command;
}

Result<election::PublishLiveTally> live_tally_command(Seq through, std::uint64_t accepted,
                                                      const ballot::Trustees& trustees,
                                                      const ballot::TallyAccumulator& sum,
                                                      const ballot::Decryption& decryption) {
  auto counts = ballot::decrypt_counts(sum.tally(), trustees, {{1, decryption.partial}}, sum.total_weight());
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
  if (auto ready = election::ready_for_result(summary); !ready) return fail(std::move(ready).error());
  auto counts = ballot::decrypt_counts(summary.tally->tally, summary.sealed->parsed_trustees,
                                       election::submitted_decryptions(summary), summary.tally->total_weight);
  if (!counts) return fail(std::move(counts).error());
  election::PublishResult command;
  command.result = write_result(*counts);
  command.counts = std::move(*counts);
  return command;
}

}  // namespace suara::codec
