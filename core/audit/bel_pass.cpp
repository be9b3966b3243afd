#include "core/audit/bel_pass.hpp"

#include <set>

#include "core/ballot/trustee.hpp"
#include "core/ballot/verify.hpp"
#include "core/codec/belenios.hpp"
#include "core/election/state.hpp"

namespace suara::audit {
namespace {

using codec::BelEvent;
using codec::BelEventType;
using codec::BelFaultKind;

constexpr std::size_t ballots_at_once = 256;

Check check_of(const codec::BelFault& fault) {
  switch (fault.kind) {
    case BelFaultKind::form:
      return Check::entries;
    case BelFaultKind::chain:
      return Check::chain;
    case BelFaultKind::order:
      return Check::legality;
    case BelFaultKind::payload:
      break;
  }
  if (fault.event == BelEventType::encrypted_tally) return Check::tally;
  if (fault.event == BelEventType::partial_decryption) return Check::decryption;
  return Check::roll;
}

Seq place_of(const BelEvent& event) { return Seq{event.place}; }

bool same_shape(const ballot::EncryptedTally& tally, const std::vector<ballot::Question>& questions) {
  bool same = tally.size() == questions.size();
  for (std::size_t q = 0; same && q < tally.size(); ++q) same = tally[q].size() == questions[q].choices();
  return same;
}

}  // namespace

struct BelPass::Examined {
  ballot::Element credential;
  std::vector<ballot::Answer> answers;  // choices only
  std::string fault;
};

BelPass::BelPass(const codec::BelReading& reading, const Options& options, Findings& findings)
    : reading_(reading), options_(options), findings_(findings) {}

void BelPass::run() {
  form();
  const auto& events = reading_.archive.events;
  for (std::size_t i = 0; i < events.size(); ++i) {
    switch (events[i].type) {
      case BelEventType::setup:
        setup(events[i]);
        break;
      case BelEventType::ballot: {
        std::size_t end = i;
        while (end < events.size() && end - i < ballots_at_once && events[end].type == BelEventType::ballot) ++end;
        ballots(i, end);
        i = end - 1;
        break;
      }
      case BelEventType::end_ballots:
        break;
      case BelEventType::encrypted_tally:
        tally(events[i]);
        break;
      case BelEventType::partial_decryption:
        decryption(events[i]);
        break;
      case BelEventType::result:
        result(events[i]);
        break;
    }
    if (options_.progress) options_.progress(i + 1, events.size());
  }
}

void BelPass::form() {
  findings_.count(Check::entries, reading_.entries);
  findings_.count(Check::chain, reading_.events_seen);
  findings_.count(Check::legality, reading_.events_seen);
  for (const auto& fault : reading_.faults) {
    findings_.fault(check_of(fault), Seq{fault.place}, fault.error.detail);
  }
}

void BelPass::setup(const BelEvent& event) {
  const Seq at = place_of(event);
  findings_.count(Check::roll);
  const auto setup = codec::read_setup_data(payload(event));
  if (!setup) return;  // a fault of the reading
  if (auto election = codec::read_election(data(setup->election))) {
    election_ = std::move(*election);
    product_.emplace(election_->questions);
  } else {
    findings_.fault(Check::roll, at, election.error().detail);
  }
  trustees(at, data(setup->trustees));
  const auto credentials = codec::read_public_credentials(data(setup->credentials));
  if (!credentials) {
    findings_.fault(Check::roll, at, credentials.error().detail);
    return;
  }
  findings_.count(Check::roll, credentials->size());
  roll_.emplace();
  for (const auto& credential : *credentials) roll_->emplace(credential.key, Voter{credential.weight, {}});
}

void BelPass::trustees(Seq at, std::string_view text) {
  auto read = codec::read_trustees(text);
  if (!read) {
    findings_.count(Check::trustees);
    findings_.fault(Check::trustees, at, read.error().detail);
    return;
  }
  findings_.count(Check::trustees, ballot::count_owners(*read));
  trustees_ = std::move(*read);
  const auto proven =
      election_ ? ballot::verify_election_key(*election_, *trustees_) : ballot::verify_trustees(*trustees_);
  if (!proven) findings_.fault(Check::trustees, at, proven.error().detail);
}

BelPass::Examined BelPass::examine(std::string_view text) const {
  Examined out;
  auto read = codec::read_ballot(text);
  if (!read) {
    out.fault = read.error().detail;
    return out;
  }
  auto verified = ballot::verify(*election_, std::move(*read));
  if (!verified) {
    out.fault = verified.error().detail;
    return out;
  }
  out.credential = verified->ballot().credential;
  for (const auto& answer : verified->ballot().answers) out.answers.push_back({answer.choices, {}, {}, {}});
  return out;
}

void BelPass::ballots(std::size_t first, std::size_t end) {
  if (!election_) return;
  const auto& events = reading_.archive.events;
  std::vector<Examined> examined(end - first);
  options_.parallel(examined.size(), [&](std::size_t i) { examined[i] = examine(payload(events[first + i])); });
  for (std::size_t i = 0; i < examined.size(); ++i) count(place_of(events[first + i]), examined[i]);
}

void BelPass::count(Seq at, Examined& examined) {
  findings_.count(Check::ballots);
  const auto refuse = [&](std::string why) { findings_.fault(Check::ballots, at, std::move(why)); };
  if (!examined.fault.empty()) return refuse(std::move(examined.fault));
  Voter* voter = nullptr;
  if (roll_) {
    const auto found = roll_->find(examined.credential);
    if (found == roll_->end())
      return refuse("the ballot's credential " + examined.credential.to_text() + " is not in the roll");
    voter = &found->second;
  }
  std::vector<Hash> ids;
  for (const auto& answer : examined.answers) {
    for (const auto& choice : answer.choices) ids.push_back(election::ciphertext_id(choice));
  }
  for (const auto& id : ids) {
    if (ciphertexts_.contains(id)) return refuse("the ballot holds a ciphertext that stands in an earlier one");
  }
  for (const auto& id : ids) ciphertexts_.insert(id);
  ++accepted_;
  if (!voter) return;
  if (!voter->counting.empty()) product_->remove(voter->counting, voter->weight);
  product_->add(examined.answers, voter->weight);
  voter->counting = std::move(examined.answers);
}

void BelPass::tally(const BelEvent& event) {
  const Seq at = place_of(event);
  findings_.count(Check::tally);
  const auto sized = codec::read_sized_tally(payload(event));
  if (!sized) return;  // a fault of the reading
  auto read = codec::read_encrypted_tally(data(sized->encrypted_tally));
  if (!read) {
    findings_.fault(Check::tally, at, read.error().detail);
    return;
  }
  if (!election_) return;
  if (!same_shape(*read, election_->questions)) {
    findings_.fault(Check::tally, at, "the encrypted tally has another shape than the election's questions");
    return;
  }
  tally_ = std::move(*read);
  total_weight_ = sized->total_weight;
  if (roll_) compare_tally(at, sized->num_tallied, sized->total_weight);
}

void BelPass::compare_tally(Seq at, std::uint64_t num_tallied, std::uint64_t total_weight) {
  const auto differs = [&](const char* what, std::uint64_t recorded, std::uint64_t own) {
    findings_.fault(Check::tally, at,
                    std::string(what) + " is recorded as " + std::to_string(recorded) +
                        "; the ballots that count give " + std::to_string(own));
  };
  if (num_tallied != product_->num_tallied()) {
    differs("the number of ballots", num_tallied, product_->num_tallied());
  } else if (total_weight != product_->total_weight()) {
    differs("the total weight", total_weight, product_->total_weight());
  } else if (*tally_ != product_->tally()) {
    findings_.fault(Check::tally, at, "the encrypted tally is not the product of the ballots that count");
  }
}

void BelPass::decryption(const BelEvent& event) {
  findings_.count(Check::decryption);
  if (const auto accepted = accept_decryption(payload(event)); !accepted) {
    findings_.fault(Check::decryption, place_of(event), accepted.error().detail);
  }
}

Result<void> BelPass::accept_decryption(std::string_view payload) {
  const auto owned = codec::read_owned_partial_decryption(payload);
  if (!owned) return {};  // a fault of the reading
  auto partial = codec::read_partial_decryption(data(owned->payload));
  if (!partial) return fail(std::move(partial).error());
  if (!election_ || !trustees_ || !tally_) return {};
  const auto key = ballot::owner_key(*trustees_, owned->owner);
  const std::string name = "trustee " + std::to_string(owned->owner);
  if (!key) return fail(ErrorCode::not_found, "there is no " + name);
  if (decryptions_.contains(owned->owner)) return fail(ErrorCode::conflict, name + " has decrypted already");
  if (auto ok = ballot::verify_partial_decryption(*tally_, *partial, *key, election_->fingerprint); !ok) {
    return fail(ok.error().code, name + ": " + ok.error().detail);
  }
  decryptions_.emplace(owned->owner, std::move(*partial));
  return {};
}

void BelPass::result(const BelEvent& event) {
  const auto refuse = [&](std::string why) { findings_.fault(Check::result, place_of(event), std::move(why)); };
  findings_.count(Check::result);
  auto counts = codec::read_result(payload(event));
  if (!counts) return refuse(counts.error().detail);
  counts_ = std::move(*counts);
  // Where a decryption is refused or the tally does not read, that is the fault; the counts cannot be judged.
  if (!trustees_ || !tally_ || !findings_.clean(Check::decryption)) return;
  const auto decrypted = ballot::decrypt_counts(*tally_, *trustees_, decryptions_, total_weight_);
  if (!decrypted) return refuse(decrypted.error().detail);
  if (*decrypted != *counts_) refuse("the counts are not what the decryptions give");
}

void BelPass::describe(Report& report) const {
  report.size = reading_.events_seen;
  report.ballots = accepted_;
  report.result = counts_;
  const auto& events = reading_.archive.events;
  if (!events.empty()) {
    const auto last = events.back().type;
    const bool voting = last == BelEventType::setup || last == BelEventType::ballot;
    report.phase = voting                         ? election::Phase::open
                   : last == BelEventType::result ? election::Phase::tallied
                                                  : election::Phase::closed;
  }
  if (!election_) return;
  report.counted = product_->num_tallied();
  report.weight = product_->total_weight();
  report.election_name = election_->name;
  report.uuid = election_->uuid;
  report.fingerprint = election_->fingerprint;
  for (const auto& question : election_->questions) {
    election::Contest contest{question, {}};
    for (const auto& answer : question.answers) {
      contest.candidates.push_back({static_cast<std::uint32_t>(contest.candidates.size() + 1), answer, "", {}});
    }
    report.contests.push_back(std::move(contest));
  }
}

}  // namespace suara::audit
