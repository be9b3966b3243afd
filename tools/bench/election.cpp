#include "tools/bench/election.hpp"

#include <atomic>
#include <chrono>
#include <thread>

#include "core/ballot/encrypt.hpp"
#include "core/ballot/trustee.hpp"
#include "core/codec/belenios.hpp"
#include "core/codec/event.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "tools/bench/machine.hpp"
#include "tools/bench/outcome.hpp"

namespace suara::bench {
namespace {

const election::Actor administrator{election::Role::administrator, "bench"};
const election::Actor committee{election::Role::committee, "bench"};
const election::Actor registrar{election::Role::registrar, "bench"};
const election::Actor trustee{election::Role::trustee, "bench"};
const PlaceId place{"tps-1"};

election::Draft four_candidates(const std::string& name) {
  election::Draft draft;
  draft.name = name;
  draft.administrator = "suara-bench";
  draft.credential_authority = "suara-bench";
  election::Contest contest;
  contest.question = {{}, false, 1, 1, "Pilih satu pasangan"};
  for (std::uint32_t number = 1; number <= 4; ++number) {
    contest.question.answers.push_back("Pasangan " + std::to_string(number));
    contest.candidates.push_back({number, contest.question.answers.back(), "", {}});
  }
  draft.contests = {contest};
  draft.places = {{place, "TPS 1"}};
  return draft;
}

std::string make_ballot(const OpenElection& election, std::size_t voter) {
  const auto secret = crypto::SecretScalar::from_scalar(election.secrets[voter]);
  std::vector<unsigned> marks(election.sealed.questions.front().answers.size(), 0);
  marks[voter % marks.size()] = 1;
  auto ballot = must(ballot::encrypt(election.sealed, secret, {marks}), "a ballot");
  const Hash hash = crypto::sha256(codec::write_ballot_unsigned(ballot));
  ballot.signature = ballot::sign(crypto::to_base64_unpadded(hash.view()), secret);
  return codec::write_ballot(ballot);
}

}  // namespace

OpenElection open_election(ledger::CommandHandler& handler, const std::string& name, std::size_t voters) {
  OpenElection election;
  election.secrets.resize(voters);
  election.credentials.resize(voters);
  on_all_cores(voters, [&](std::size_t i) {
    election.secrets[i] = crypto::Scalar::random();
    election.credentials[i] = crypto::g_pow(election.secrets[i]);
  });
  election.uuid = must(handler.open_ledger(four_candidates(name), "suara.bench/1", administrator), "opening a ledger").uuid;
  const auto give = [&](ledger::CommandSource command, const election::Actor& actor, const std::string& what) {
    must(handler.call(election.uuid, std::move(command), actor), what);
  };
  const auto key = ballot::generate_trustee_key().public_key;
  give(election::PublishTrusteeKey{codec::write_trustee_public_key(key), key}, trustee, "publishing the trustee's key");
  election::EnrolVoters enrol;
  for (std::size_t i = 0; i < voters; ++i)
    enrol.voters.push_back({crypto::sha256("voter " + std::to_string(i)), place});
  give(std::move(enrol), registrar, "enrolling the voters");
  election::ImportCredentials import{{{place, {}}}};
  for (const auto& credential : election.credentials) import.places[0].credentials.push_back({credential, 1});
  give(std::move(import), registrar, "importing the credentials");
  const auto seal = [](const election::State& state) -> Result<election::Command> {
    return codec::seal_command(state).map([](auto command) { return election::Command(std::move(command)); });
  };
  give(seal, committee, "sealing the election");
  give(election::OpenElection{}, committee, "opening the election");
  election.sealed = handler.summary(election.uuid)->sealed->parsed_election;
  return election;
}

std::vector<std::string> make_ballots(const OpenElection& election, std::size_t count) {
  std::vector<std::string> ballots(count);
  on_all_cores(count, [&](std::size_t i) { ballots[i] = make_ballot(election, i); });
  return ballots;
}

void on_all_cores(std::size_t count, const std::function<void(std::size_t)>& task) {
  std::atomic<std::size_t> next{0};
  std::vector<std::jthread> threads;
  for (unsigned core = 0; core < cores(); ++core) {
    threads.emplace_back([&] {
      for (std::size_t i = next++; i < count; i = next++) task(i);
    });
  }
}

Timestamp system_time() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
}

}  // namespace suara::bench
