#include "ledger/election_teller.hpp"

#include <fmt/format.h>

#include "core/ballot/trustee.hpp"
#include "core/codec/belenios.hpp"
#include "core/codec/event.hpp"

namespace suara::ledger {
namespace {

using election::Phase;

constexpr std::size_t one_entry = 65536;
const election::Actor service{election::Role::service, {}};

// The roll's voters, the sign-ins and challenged ballots hold nothing that is counted.
bool is_counted(const std::string& type) {
  return type != "VotersEnrolled" && type != "VoterVerified" && type != "LedgerOpened" && type != "BallotChallenged";
}

}  // namespace

ElectionTeller::ElectionTeller(CommandHandler& handler, EventStore& store, KeyStore& keys, LedgerInfo ledger)
    : handler_(handler), store_(store), keys_(keys), ledger_(std::move(ledger)) {}

Result<std::optional<Timestamp>> ElectionTeller::step(Timestamp now) {
  if (!started_) {
    // An election whose tally is decrypted needs no counting again at every start of the service.
    const auto summary = handler_.summary(ledger_.uuid);
    if (!summary) return fail(ErrorCode::unavailable, "The ledger is not loaded yet.");
    started_ = true;
    const bool sealed = summary->draft.policies.tally == election::TallyPolicy::sealed;
    finished_ = summary->cancelled_at || (summary->tally && (sealed || summary->shares.contains(1)));
  }
  if (finished_) return std::nullopt;
  if (auto ok = follow(); !ok) return fail(ok.error());

  Result<void> done;
  if (phase_ == Phase::draft && live() && !published_key_) {
    done = publish_key();
  } else if (phase_ == Phase::open && live() && count_->voted_since_live() >= policies_->min_batch) {
    if (last_live_ && now.ms < last_live_->ms + election::min_ms_between_live_tallies)
      return Timestamp{last_live_->ms + election::min_ms_between_live_tallies};
    done = publish_live_tally();
  } else if (phase_ == Phase::closed && !tally_) {
    done = compute_tally();
  } else if (phase_ == Phase::closed && live() && !decrypted_) {
    done = decrypt();
  } else {
    finished_ = phase_ == Phase::cancelled || (tally_ && (!live() || decrypted_));
    return std::nullopt;
  }
  if (!done) return fail(done.error());
  return now;  // what was just recorded may give more to do
}

Result<void> ElectionTeller::follow() {
  for (;;) {
    const auto rows = store_.read(ledger_.id, Seq{position_}, read_entries, read_bytes);
    if (!rows) return fail(rows.error());
    for (const EntryRow& row : *rows) {
      if (row.seq.value != position_) return fail(ErrorCode::integrity, fmt::format("Entry {} is missing.", position_));
      if (auto ok = fold(row); !ok) return ok;
      ++position_;
    }
    if (rows->empty()) return {};
  }
}

Result<void> ElectionTeller::fold(const EntryRow& row) {
  if (!is_counted(row.type)) return {};
  const auto recorded = codec::read_recorded(row.bytes, codec::Trust::trusted);
  if (!recorded)
    return fail(ErrorCode::integrity,
                fmt::format("Entry {} cannot be read: {}", row.seq.value, recorded.error().detail));
  const auto& event = recorded->event;
  if (const auto* drafted = std::get_if<election::ElectionDrafted>(&event)) {
    policies_ = drafted->draft.policies;
  } else if (const auto* key = std::get_if<election::TrusteeKeyPublished>(&event)) {
    if (!published_key_) published_key_ = key->key.public_key;
  } else if (const auto* roll = std::get_if<election::RollImported>(&event)) {
    keep_weights(roll->credentials);
  } else if (const auto* reserve = std::get_if<election::ReserveImported>(&event)) {
    keep_weights(reserve->credentials);
  } else if (std::holds_alternative<election::CredentialsWithdrawn>(event)) {
    weights_.clear();
  } else if (const auto* sealed = std::get_if<election::ElectionSealed>(&event)) {
    sealed_ = sealed->parsed_election;
    trustees_ = sealed->parsed_trustees;
    count_.emplace(sealed_->questions);
    phase_ = Phase::sealed;
  } else if (std::holds_alternative<election::ElectionOpened>(event)) {
    phase_ = Phase::open;
  } else if (const auto* cast = std::get_if<election::BallotCast>(&event)) {
    if (!count_)
      return fail(ErrorCode::integrity, fmt::format("Entry {}: a ballot before the sealing.", row.seq.value));
    return count_->add(cast->parsed, weight_of(cast->parsed.credential), row.seq,
                       [this](Seq seq) { return read_ballot(seq); });
  } else if (const auto* published = std::get_if<election::LiveTallyPublished>(&event)) {
    if (count_) count_->live_tally_published(published->through);
    last_live_ = recorded->time;
  } else if (std::holds_alternative<election::ElectionClosed>(event)) {
    phase_ = Phase::closed;
  } else if (std::holds_alternative<election::ElectionCancelled>(event)) {
    phase_ = Phase::cancelled;
  } else if (const auto* computed = std::get_if<election::TallyComputed>(&event)) {
    tally_ = computed->tally;
  } else if (const auto* decrypted = std::get_if<election::TallyDecrypted>(&event)) {
    decrypted_ = decrypted_ || decrypted->share.owner == 1;
  }
  return {};
}

void ElectionTeller::keep_weights(const std::vector<ballot::PublicCredential>& credentials) {
  for (const auto& credential : credentials) {
    if (credential.weight != 1) weights_.emplace(credential.key, credential.weight);
  }
}

Result<ballot::Ballot> ElectionTeller::read_ballot(Seq seq) const {
  const auto rows = store_.read(ledger_.id, seq, 1, one_entry);
  if (!rows) return fail(rows.error());
  if (!rows->empty() && rows->front().seq == seq) {
    auto recorded = codec::read_recorded(rows->front().bytes, codec::Trust::trusted);
    if (recorded)
      if (auto* cast = std::get_if<election::BallotCast>(&recorded->event)) return std::move(cast->parsed);
  }
  return fail(ErrorCode::integrity,
              fmt::format("Entry {} is no longer the ballot that was recorded there.", seq.value));
}

std::uint64_t ElectionTeller::weight_of(const ballot::Element& credential) const {
  const auto heavy = weights_.find(credential);
  return heavy == weights_.end() ? 1 : heavy->second;
}

// The key is in its file before it is published: nothing is ever encrypted to a key that could be lost.
Result<void> ElectionTeller::publish_key() {
  auto key = keys_.trustee_key(ledger_.uuid);
  if (!key && key.error().code == ErrorCode::not_found) {
    key = keys_.create_trustee_key(ledger_.uuid);
    // Another process with the same key folder was faster.
    if (!key && key.error().code == ErrorCode::conflict) key = keys_.trustee_key(ledger_.uuid);
  }
  if (!key) return fail(key.error());
  const auto public_key = ballot::trustee_public_key(**key);
  return submit(
      election::Command(election::PublishTrusteeKey{codec::write_trustee_public_key(public_key), public_key}));
}

Result<std::shared_ptr<const crypto::SecretScalar>> ElectionTeller::own_key() {
  auto key = keys_.trustee_key(ledger_.uuid);
  if (!key) return key;
  if (!published_key_ || crypto::g_pow((*key)->expose()) != *published_key_)
    return fail(ErrorCode::integrity,
                "The trustee key in this service's key folder is not the one published for the election.");
  return key;
}

Result<void> ElectionTeller::publish_live_tally() {
  const auto key = own_key();
  if (!key) return fail(key.error());
  const auto decryption = ballot::decrypt(count_->sum().tally(), **key, sealed_->fingerprint);
  auto command =
      codec::live_tally_command(count_->last_cast(), count_->ballots(), trustees_, count_->sum(), decryption);
  if (!command) return fail(command.error());
  return submit(election::Command(std::move(*command)));
}

Result<void> ElectionTeller::compute_tally() { return submit(election::Command(codec::tally_command(count_->sum()))); }

Result<void> ElectionTeller::decrypt() {
  const auto key = own_key();
  if (!key) return fail(key.error());
  return submit(election::Command(
      election::SubmitDecryption{codec::make_share(1, ballot::decrypt(*tally_, **key, sealed_->fingerprint))}));
}

Result<void> ElectionTeller::submit(CommandSource command) {
  const auto receipt = handler_.call(ledger_.uuid, std::move(command), service);
  if (!receipt) return fail(receipt.error());
  return {};
}

}  // namespace suara::ledger
