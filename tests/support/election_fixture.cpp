#include "tests/support/election_fixture.hpp"

#include <stdexcept>

namespace suara::test {

ServedElection::ServedElection(ledger::CommandHandler& handler, ledger::KeyStore& keys, const ElectionPlan& plan)
    : handler_(handler), first_secret_(crypto::Scalar::random()) {
  auto opened = handler.open_ledger(plan.draft, "suara.test/2026", administrator);
  if (!opened) throw std::runtime_error("open_ledger was refused: " + opened.error().detail);
  uuid_ = opened->uuid;
  publish_keys(keys, plan.draft);
  enrol(plan);
  must(
      [](const election::State& state) {
        return codec::seal_command(state).map([](auto seal) { return election::Command(std::move(seal)); });
      },
      committee);
  must(election::OpenElection{}, committee);
  sealed_ = handler.summary(uuid_)->sealed->parsed_election;
}

void ServedElection::publish_keys(ledger::KeyStore& keys, const election::Draft& draft) {
  const auto publish = [&](const ballot::TrusteePublicKey& key, const election::Actor& actor) {
    must(election::PublishTrusteeKey{codec::write_trustee_public_key(key), key}, actor);
  };
  if (draft.policies.tally == election::TallyPolicy::live) {
    publish(ballot::trustee_public_key(*keys.create_trustee_key(uuid_).value()), service);
    return;
  }
  for (std::uint32_t i = 0; i < draft.trustees; ++i) {
    auto pair = ballot::generate_trustee_key();
    publish(pair.public_key, trustee);
    trustees_.push_back(std::move(pair.secret));
  }
}

// Secrets follow each other, so that each credential is the one before times g: far cheaper than a power each.
void ServedElection::enrol(const ElectionPlan& plan) {
  const PlaceId& place = plan.draft.places.front().id;
  election::EnrolVoters enrol;
  election::ImportCredentials import{{{place, {}}}};
  ballot::Element credential = crypto::g_pow(first_secret_);
  for (std::size_t i = 0; i < plan.voters; ++i) {
    const std::uint64_t weight = i < plan.weights.size() ? plan.weights[i] : 1;
    enrol.voters.push_back({HeldElection::commitment_of(i), place, weight});
    import.places.front().credentials.push_back({credential, weight});
    credentials_.push_back(credential);
    credential = credential * ballot::Element::generator();
  }
  if (!plan.reserve.empty()) import.reserve = {{place, {}}};
  for (const std::uint64_t weight : plan.reserve) {
    import.reserve.front().credentials.push_back({credential, weight});
    credentials_.push_back(credential);
    credential = credential * ballot::Element::generator();
  }
  must(std::move(enrol), registrar);
  must(std::move(import), registrar);
}

crypto::SecretScalar ServedElection::voter_secret(std::size_t index) const {
  return crypto::SecretScalar::from_scalar(first_secret_ + crypto::Scalar::from_u64(index));
}

std::string ServedElection::ballot_text(std::size_t index, std::size_t answer) const {
  std::vector<std::vector<unsigned>> choices;
  for (const auto& question : sealed_.questions) {
    choices.emplace_back(question.choices(), 0);
    choices.back().at(answer + (question.blank ? 1 : 0)) = 1;
  }
  return ballot_text(index, choices);
}

std::string ServedElection::ballot_text(std::size_t index, const std::vector<std::vector<unsigned>>& choices) const {
  const auto secret = voter_secret(index);
  auto ballot = ballot::encrypt(sealed_, secret, choices).value();
  const auto hash = crypto::sha256(codec::write_ballot_unsigned(ballot));
  ballot.signature = ballot::sign(crypto::to_base64_unpadded(hash.view()), secret);
  return codec::write_ballot(ballot);
}

election::CastBallot ServedElection::verified(const std::string& text) const {
  return {text, ballot::verify(sealed_, codec::read_ballot(text).value()).value()};
}

election::CastBallot ServedElection::ballot(std::size_t index, std::size_t answer) const {
  return verified(ballot_text(index, answer));
}

election::CastBallot ServedElection::ballot(std::size_t index,
                                            const std::vector<std::vector<unsigned>>& choices) const {
  return verified(ballot_text(index, choices));
}

ledger::Receipt ServedElection::must(ledger::CommandSource command, const election::Actor& actor) const {
  auto receipt = handler_.call(uuid_, std::move(command), actor);
  if (receipt) return *receipt;
  std::string text = "a command was refused: " + receipt.error().detail;
  for (const auto& item : receipt.error().items) text += " " + item;
  throw std::runtime_error(text);
}

}  // namespace suara::test
