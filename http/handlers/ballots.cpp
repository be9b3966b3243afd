#include "http/handlers/ballots.hpp"

#include <algorithm>

#include "core/ballot/verify.hpp"
#include "core/codec/belenios.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "http/handlers/lookup.hpp"
#include "http/handlers/voting_place.hpp"
#include "http/views.hpp"

namespace suara::http {
namespace {

// What becomes of a ballot: both ways ask the same of it and give the same receipt.
struct Use {
  std::string_view accepted;  // in the metrics
  election::Command (*command)(std::string text, ballot::VerifiedBallot verified);
  bool (*recorded)(const election::State& state, const Hash& tracker);
};

constexpr Use cast{"accepted",
                   [](std::string text, ballot::VerifiedBallot verified) {
                     return election::Command(election::CastBallot{std::move(text), std::move(verified)});
                   },
                   [](const election::State& state, const Hash& tracker) { return state.trackers.contains(tracker); }};

constexpr Use challenge{
    "challenged",
    [](std::string text, ballot::VerifiedBallot verified) {
      return election::Command(election::ChallengeBallot{std::move(text), std::move(verified)});
    },
    [](const election::State& state, const Hash& tracker) { return state.challenged.contains(tracker); }};

// Everything that needs no ledger: bytes, election, shape, every proof, the signature.
Result<ballot::VerifiedBallot> checked(const std::string& body, const election::Summary& summary) {
  auto read = codec::read_ballot(body);
  if (!read) return fail(std::move(read.error()));
  return ballot::verify(summary.sealed->parsed_election, std::move(*read));
}

// Where polling places have a say, the state says at the moment of the command whether the code may be used here.
ledger::CommandSource used_here(election::Command command, const ballot::Element& credential, const Call& call,
                                const election::Summary& summary) {
  if (summary.draft.policies.verification == election::VerificationPolicy::online) return command;
  std::optional<CallingDevice> device;
  if (const CallingDevice* own = device_of(call)) device = *own;
  auto shared = std::make_shared<const election::Command>(std::move(command));
  return [shared, credential, device](const election::State& state) -> Result<election::Command> {
    if (auto here = usable_here(state, credential, device ? &*device : nullptr); !here) {
      return fail(std::move(here.error()));
    }
    return *shared;
  };
}

void submit(const Use& use, ledger::CommandHandler& commands, const Call& call, const election::Summary& summary,
            const Done& done) {
  auto verified = checked(call.request.body, summary);
  if (!verified) return done(fail(std::move(verified.error())));
  const Hash tracker = verified->ballot().tracker;
  const ballot::Element credential = verified->ballot().credential;
  auto command = used_here(use.command(call.request.body, std::move(*verified)), credential, call, summary);
  commands.submit(call.uuid, std::move(command), call.actor(), [done, tracker](const Result<ledger::Receipt>& receipt) {
    if (!receipt) return done(fail(receipt.error()));
    done(json_response(receipt->repeated ? 200 : 201, views::ballot_receipt(*receipt, tracker)));
  });
}

// Out of phase nothing is worth a check of proofs, except where this ballot was recorded in time and its sender only
// never heard so: then it gets its receipt again.
void submit_late(const Use& use, ledger::CommandHandler& commands, BoundedPool& verify, Call call,
                 const std::shared_ptr<const election::Summary>& summary, const Done& done) {
  Error closed{ErrorCode::wrong_phase, "Voting is not open; the election is in the phase '" +
                                           std::string(election::phase_name(summary->phase)) + "'."};
  if (!summary->opened_at) return done(fail(std::move(closed)));
  auto known = std::make_shared<bool>(false);
  auto look = [&use, known, closed,
               tracker = crypto::sha256(call.request.body)](const election::State& state) -> Result<election::Command> {
    *known = use.recorded(state, tracker);
    return fail(closed);
  };
  const ElectionUuid uuid = call.uuid;
  const election::Actor actor = call.actor();
  auto shared = std::make_shared<Call>(std::move(call));
  commands.submit(uuid, std::move(look), actor,
                  [&use, &commands, &verify, done, known, shared, summary](const Result<ledger::Receipt>& refused) {
                    if (!*known) return done(fail(refused.error()));
                    // The sequencer's thread is no place for proofs.
                    const bool queued = verify.post(
                        [&use, &commands, shared, summary, done] { submit(use, commands, *shared, *summary, done); });
                    if (!queued)
                      done(fail(ErrorCode::overloaded, "Too much to do; send the ballot again in a moment."));
                  });
}

Handler take_ballot(const Use& use, ledger::CommandHandler& commands, BoundedPool& verify, Metrics& metrics) {
  return [&use, &commands, &verify, &metrics](Call call, const Done& done) {
    const Done counted = [done, &use, &metrics](Result<Response> result) {
      if (result) {
        metrics.ballot(result->status == 201 ? use.accepted : "repeated");
      } else {
        metrics.ballot(error_name(result.error().code));
      }
      done(std::move(result));
    };
    const auto found = find_election_to_vote(commands, call.uuid);
    if (!found) return counted(fail(found.error()));
    const auto summary = *found;
    if (summary->phase == election::Phase::open) return submit(use, commands, call, *summary, counted);
    submit_late(use, commands, verify, std::move(call), summary, counted);
  };
}

}  // namespace

Handler cast_ballot(ledger::CommandHandler& commands, BoundedPool& verify, Metrics& metrics) {
  return take_ballot(cast, commands, verify, metrics);
}

Handler challenge_ballot(ledger::CommandHandler& commands, BoundedPool& verify, Metrics& metrics) {
  return take_ballot(challenge, commands, verify, metrics);
}

namespace {

// A + that was not escaped in the address arrives as a space.
std::string tracker_text(std::string_view parameter) {
  std::string plain(parameter);
  std::ranges::replace(plain, ' ', '+');
  return plain;
}

struct TrackerRange {
  Hash first;
  Hash last;
};

constexpr std::size_t tracker_length = 43;
constexpr std::size_t shortest_beginning = 6;  // a shorter one would be no search

// All trackers that begin so. The last character of a tracker holds four bits alone, so it ends at 8, not at /.
Result<TrackerRange> range_of(std::string_view parameter) {
  std::string first = tracker_text(parameter);
  Error unreadable{ErrorCode::malformed,
                   "The beginning of a tracker must be 6 to 43 characters of base64; check for typing errors."};
  if (first.size() < shortest_beginning || first.size() > tracker_length) return fail(std::move(unreadable));
  std::string last = first;
  first.resize(tracker_length, 'A');
  last.resize(tracker_length - (last.size() < tracker_length), '/');
  last.resize(tracker_length, '8');
  const auto from = crypto::hash_from_base64_unpadded(first);
  const auto to = crypto::hash_from_base64_unpadded(last);
  if (!from || !to) return fail(std::move(unreadable));
  return TrackerRange{*from, *to};
}

}  // namespace

Handler list_ballots(ledger::mariadb::Pool& reads, Ledgers& ledgers) {
  namespace board = projections::bulletin_board;
  return at_once([&reads, &ledgers](const Call& call) -> Result<Response> {
    const auto ledger = ledgers.find(call.uuid);
    if (!ledger) return fail(ledger.error());
    const auto limit = number_parameter(call.request, "limit", 100, 1, board::max_board_page);
    if (!limit) return fail(limit.error());
    Result<board::Board> answer;
    if (const auto text = call.request.parameter("tracker")) {
      const auto tracker = crypto::hash_from_base64_unpadded(tracker_text(*text));
      if (!tracker)
        return fail(ErrorCode::malformed, "The tracker must be 43 characters of base64; check for typing errors.");
      answer = board::find_ballot(reads, ledger->id, *tracker);
    } else if (const auto beginning = call.request.parameter("begins")) {
      const auto range = range_of(*beginning);
      if (!range) return fail(range.error());
      answer = board::find_ballots(reads, ledger->id, range->first, range->last, *limit);
    } else if (call.request.parameter("before")) {
      const auto before = seq_parameter(call.request, "before");
      if (!before) return fail(before.error());
      answer = board::read_board_before(reads, ledger->id, **before, *limit);
    } else {
      const auto after = seq_parameter(call.request, "after");
      if (!after) return fail(after.error());
      answer = board::read_board(reads, ledger->id, *after, *limit);
    }
    if (!answer) return fail(answer.error());
    return json_response(200, views::board(*answer));
  });
}

}  // namespace suara::http
