#include "http/handlers/sign_in.hpp"

#include "core/ballot/credential.hpp"
#include "core/codec/json_reader.hpp"
#include "core/election/rules.hpp"
#include "http/handlers/lookup.hpp"
#include "http/handlers/voting_place.hpp"
#include "http/views.hpp"

namespace suara::http {
namespace {

struct SignIn {
  ballot::Element credential;
  std::string nonce;
  ballot::Proof proof;
};

Result<SignIn> read_sign_in(std::string_view body) {
  const auto document = codec::JsonDocument::parse(body, "sign-in");
  if (!document) return fail(document.error());
  codec::JsonFields fields(document->root(), {"credential", "nonce", "proof"});
  SignIn wanted;
  wanted.credential = fields.parsed("credential", ballot::Element::from_text);
  wanted.nonce = fields.text("nonce");
  if (fields.failed()) return fail(fields.error());
  const auto proof = document->root().member("proof");
  if (!proof) return fail(proof.error());
  codec::JsonFields parts(*proof, {"challenge", "response"});
  wanted.proof.challenge = parts.parsed("challenge", ballot::Scalar::from_decimal);
  wanted.proof.response = parts.parsed("response", ballot::Scalar::from_decimal);
  if (parts.failed()) return fail(parts.error());
  return wanted;
}

// What the state says of the credential at the moment of the command.
struct Standing {
  PlaceId place;
  bool has_voted = false;
};

Standing standing_of(const election::State& state, const ballot::Element& credential) {
  const auto found = state.credentials.find(credential);
  return {found == state.credentials.end() ? PlaceId{} : found->second.place, state.last_ballot.contains(credential)};
}

// On a device of the polling place nothing is recorded: an officer saw the voter, and a second entry beside that one
// would join voter and code.
void sign_in_here(ledger::CommandHandler& commands, const Call& call, const ballot::Element& credential, Timestamp now,
                  const std::shared_ptr<Standing>& standing, const std::function<void()>& answer, const Done& done) {
  look_at(
      commands, call,
      [credential, now, standing, device = *device_of(call)](const election::State& state) -> Result<void> {
        const election::Actor voter{election::Role::voter, {}};
        if (auto open = election::rules::admits(state, voter, election::Action::cast, nullptr, now); !open) {
          return open;
        }
        if (auto known = election::rules::known_credential(state, credential); !known) return known;
        *standing = standing_of(state, credential);
        return usable_here(state, credential, &device);
      },
      [answer, done](const Result<void>& seen) {
        if (!seen) return done(fail(seen.error()));
        answer();
      });
}

}  // namespace

Handler give_challenge(ledger::CommandHandler& commands, const Nonces& nonces, Clock clock) {
  return at_once([&commands, &nonces, clock = std::move(clock)](const Call& call) -> Result<Response> {
    if (const auto summary = find_election(commands, call.uuid); !summary) return fail(summary.error());
    const auto nonce = nonces.make(call.uuid, clock());
    return json_response(200, views::challenge(nonce.text, nonce.expires));
  });
}

Handler sign_in(ledger::CommandHandler& commands, const Nonces& nonces, Clock clock) {
  return [&commands, &nonces, clock = std::move(clock)](const Call& call, const Done& done) {
    const auto summary = find_election_to_vote(commands, call.uuid);
    if (!summary) return done(fail(summary.error()));
    const auto wanted = read_sign_in(call.request.body);
    if (!wanted) return done(fail(wanted.error()));
    if ((*summary)->phase != election::Phase::open) {
      return done(fail(ErrorCode::wrong_phase, "Voting is not open; the election is in the phase '" +
                                                   std::string(election::phase_name((*summary)->phase)) + "'."));
    }
    if (const auto fresh = nonces.check(wanted->nonce, call.uuid, clock()); !fresh) return done(fail(fresh.error()));
    const auto& fingerprint = (*summary)->sealed->parsed_election.fingerprint;
    if (const auto shown = ballot::verify_sign_in(wanted->credential, wanted->proof, fingerprint, wanted->nonce);
        !shown) {
      return done(fail(shown.error()));
    }
    auto standing = std::make_shared<Standing>();
    const auto answer = [done, standing, election = *summary] {
      done(json_response(200, views::signed_in(place_of(election->draft, standing->place), standing->has_voted)));
    };
    if (device_of(call) != nullptr) {
      return sign_in_here(commands, call, wanted->credential, clock(), standing, answer, done);
    }
    auto command = [credential = wanted->credential,
                    standing](const election::State& state) -> Result<election::Command> {
      *standing = standing_of(state, credential);
      if (auto here = usable_here(state, credential, nullptr); !here) return fail(std::move(here.error()));
      return election::VerifyVoter{credential};
    };
    commands.submit(call.uuid, std::move(command), call.actor(),
                    [done, answer](const Result<ledger::Receipt>& receipt) {
                      if (!receipt) return done(fail(receipt.error()));
                      answer();
                    });
  };
}

}  // namespace suara::http
