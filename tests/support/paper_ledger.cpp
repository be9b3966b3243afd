#include "tests/support/paper_ledger.hpp"

#include <stdexcept>

#include "core/ballot/credential.hpp"
#include "core/ballot/encrypt.hpp"
#include "core/codec/belenios.hpp"
#include "core/codec/entry_body.hpp"
#include "core/codec/event.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "core/election/evolve.hpp"
#include "core/log/checkpoint.hpp"
#include "core/log/entry.hpp"
#include "core/log/merkle.hpp"
#include "core/log/tiles.hpp"

namespace suara::test {
namespace {

using election::Actor;
using election::Role;

const Actor committee{Role::committee, "ani"};
const Actor registrar{Role::registrar, "rini"};
const Actor trustee{Role::trustee, "tono"};
const Actor service{Role::service, ""};
const Actor voter_actor{Role::voter, ""};

template <class T>
T value(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().detail);
  return std::move(*result);
}

election::Draft draft(const PaperLedger::Plan& plan) {
  election::Draft draft;
  draft.name = "Ketua Kelas";
  draft.description = "Pemilihan ketua kelas";
  draft.administrator = "Panitia";
  draft.credential_authority = "Registrar";
  election::Contest contest;
  contest.question = {{"Ayu", "Bima", "Citra"}, false, 1, 1, "Pilih satu"};
  for (std::uint32_t i = 0; i < 3; ++i)
    contest.candidates.push_back({i + 1, contest.question.answers[i], "Visi", {"Misi"}});
  draft.contests = {contest};
  draft.places = {{PlaceId{"tps-1"}, "TPS 1"}};
  draft.policies.tally = plan.policy;
  draft.policies.min_batch = plan.min_batch;
  draft.trustees = plan.trustees;
  return draft;
}

}  // namespace

Result<std::string> MemorySource::read(std::string_view path, std::size_t max_bytes) {
  const auto found = files.find(path);
  if (found == files.end()) return fail(ErrorCode::not_found, "no " + std::string(path));
  if (found->second.size() > max_bytes) return fail(ErrorCode::too_large, std::string(path) + " is too large");
  return found->second;
}

PaperLedger::PaperLedger(const Plan& plan)
    : signing_(crypto::SigningKey::generate()),
      name_(value(log::make_verifier_key("suara.test/2026/2bHVUYPrKYrcZ6", signing_.public_key()))) {
  must(election::OpenLedger{ElectionUuid{"2bHVUYPrKYrcZ6"}, log::verifier_key_text(name_), draft(plan)}, committee);
  for (std::uint32_t i = 0; i < plan.trustees; ++i) {
    trustees_.push_back(ballot::generate_trustee_key());
    const auto& key = trustees_.back().public_key;
    must(election::PublishTrusteeKey{codec::write_trustee_public_key(key), key},
         plan.policy == election::TallyPolicy::live ? service : trustee);
  }
  election::EnrolVoters roll;
  election::ImportCredentials credentials{{{PlaceId{"tps-1"}, {}}}};
  for (std::size_t i = 0; i < plan.voters; ++i) {
    roll.voters.push_back({crypto::sha256("voter " + std::to_string(i)), PlaceId{"tps-1"}});
    secrets_.push_back(crypto::SecretScalar::random());
    credentials.places[0].credentials.push_back(ballot::public_credential(secrets_.back()));
  }
  must(roll, registrar);
  must(credentials, registrar);
  must(value(codec::seal_command(state_)), committee);
  must(election::OpenElection{}, committee);
}

void PaperLedger::must(const election::Command& command, const Actor& actor) {
  const Timestamp now = tick();
  auto decision = value(election::decide(state_, command, {actor, now}));
  for (auto& event : decision.events) {
    entries_.push_back({actor, now, std::string(election::type_name(event)), codec::write_event_data(event)});
    election::evolve(state_, {Seq{state_.size}, now, actor, std::move(event)});
  }
}

void PaperLedger::cast(std::size_t voter, std::size_t candidate) {
  const auto& sealed = state_.summary.sealed->parsed_election;
  std::vector<unsigned> choices(3, 0);
  choices[candidate] = 1;
  auto ballot = value(ballot::encrypt(sealed, secrets_[voter], {choices}));
  const auto hash = crypto::sha256(codec::write_ballot_unsigned(ballot));
  ballot.signature = ballot::sign(crypto::to_base64_unpadded(hash.view()), secrets_[voter]);
  const std::string text = codec::write_ballot(ballot);
  auto read = value(codec::read_ballot(text));
  ballots_.push_back(read);
  must(election::CastBallot{text, value(ballot::verify(sealed, std::move(read)))}, voter_actor);
}

ballot::TallyAccumulator PaperLedger::count() const {
  ballot::TallyAccumulator sum(state_.summary.sealed->parsed_election.questions);
  std::map<ballot::Element, const ballot::Ballot*> last;
  for (const auto& ballot : ballots_) last[ballot.credential] = &ballot;
  for (const auto& [credential, ballot] : last) sum.add(ballot->answers);
  return sum;
}

void PaperLedger::publish_live() {
  const auto sum = count();
  const auto decryption =
      ballot::decrypt(sum.tally(), trustees_[0].secret, state_.summary.sealed->parsed_election.fingerprint);
  must(value(codec::live_tally_command(state_.last_cast, state_.ballots, sum, decryption)), service);
}

void PaperLedger::close_and_certify() {
  must(election::CloseElection{}, committee);
  const auto sum = count();
  must(codec::tally_command(sum), service);
  const bool live = state_.summary.draft.policies.tally == election::TallyPolicy::live;
  for (std::size_t i = 0; i < trustees_.size(); ++i) {
    const auto decryption =
        ballot::decrypt(sum.tally(), trustees_[i].secret, state_.summary.sealed->parsed_election.fingerprint);
    must(election::SubmitDecryption{codec::make_share(static_cast<std::uint32_t>(i + 1), decryption)},
         live ? service : trustee);
  }
  must(value(codec::result_command(state_)), committee);
  must(election::CertifyResult{}, committee);
}

MemorySource PaperLedger::seal(const std::vector<EntryText>& entries) const {
  std::vector<std::string> sealed;
  std::vector<Hash> leaves;
  for (const EntryText& text : entries) {
    const codec::EntryBody body{
        text.actor.text(),  text.data, Origin{name_.name}, leaves.empty() ? Hash{} : leaves.back(),
        Seq{sealed.size()}, text.time, text.type,          codec::event_version};
    sealed.push_back(value(log::seal_entry(codec::encode_entry_body(body), signing_, name_)));
    leaves.push_back(log::leaf_hash(sealed.back()));
  }
  MemorySource source;
  const std::span<const std::string> all(sealed);
  for (const auto& bundle : log::bundles_of(sealed.size())) {
    source.files[log::tile_path(bundle)] = log::encode_bundle(all.subspan(bundle.n * log::tile_width, bundle.width));
  }
  std::vector<Hash> level = leaves;
  for (unsigned l = 0; !level.empty(); ++l) {
    std::vector<Hash> next;
    for (std::size_t from = 0; from < level.size(); from += log::tile_width) {
      const auto width = std::min<std::size_t>(log::tile_width, level.size() - from);
      const auto nodes = std::span<const Hash>(level).subspan(from, width);
      source.files[log::tile_path(log::HashTile{l, from / log::tile_width, static_cast<std::uint32_t>(width)})] =
          log::encode_tile(nodes);
      if (width == log::tile_width) next.push_back(log::root_of(nodes));
    }
    level = std::move(next);
  }
  source.files["checkpoint"] =
      log::sign_checkpoint({Origin{name_.name}, sealed.size(), log::root_of(leaves)}, signing_, name_);
  source.files["keys.json"] =
      R"({"ledger":[")" + log::verifier_key_text(name_) + R"("],"policy":{"witnesses":0},"witnesses":[]})";
  return source;
}

}  // namespace suara::test
