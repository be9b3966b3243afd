#include "projections/fact.hpp"

#include "core/codec/event.hpp"
#include "core/codec/json_reader.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "core/log/entry.hpp"

namespace suara::projections {
namespace {

// Members of a ballot in the protocol's one order: election_uuid, election_hash, credential, ... The first two are
// those of the election (base58, base64), so the first such text is the member.
constexpr std::string_view before_credential = ",\"credential\":\"";
constexpr std::size_t element_digits = 64;

// The ballot itself is not parsed: that would cost as much as all the rest of a fold.
Result<BallotFact> read_ballot(std::string_view ballot) {
  const auto at = ballot.find(before_credential);
  if (at == ballot.npos) return fail(ErrorCode::malformed, "The ballot names no credential.");
  const auto credential =
      ballot::Element::from_trusted_text(ballot.substr(at + before_credential.size(), element_digits));
  if (!credential) return fail(credential.error());
  return BallotFact{*credential, crypto::sha256(ballot)};
}

Result<codec::JsonDocument> parse_body(const ledger::EntryRow& row) {
  const auto entry = log::split_entry(row.bytes);
  if (!entry) return fail(entry.error());
  return codec::JsonDocument::parse(entry->body, row.type);
}

Result<BallotFact> read_ballot_of(const ledger::EntryRow& row) {
  const auto document = parse_body(row);
  if (!document) return fail(document.error());
  const auto data = document->root().member("data");
  if (!data) return fail(data.error());
  const auto ballot = data->member("ballot");
  if (!ballot) return fail(ballot.error());
  const auto text = ballot->text();
  if (!text) return fail(text.error());
  return read_ballot(*text);
}

Result<Fact> read_verified(const ledger::EntryRow& row) {
  const auto document = parse_body(row);
  if (!document) return fail(document.error());
  const auto data = document->root().member("data");
  if (!data) return fail(data.error());
  Fact fact{row.seq, row.time, {}};
  if (data->optional_member("voter")) {
    codec::JsonFields f(*data, {"method", "place", "voter"});
    fact.what = AttendanceFact{f.parsed("voter", crypto::hash_from_hex), PlaceId{std::string(f.text("place"))}};
    if (f.failed()) return fail(f.error());
  } else {
    codec::JsonFields f(*data, {"credential", "method"});
    fact.what = SignInFact{f.parsed("credential", ballot::Element::from_trusted_text)};
    if (f.failed()) return fail(f.error());
  }
  return fact;
}

}  // namespace

Result<Fact> read_fact(const ledger::EntryRow& row) {
  if (row.type == "VoterVerified") return read_verified(row);
  const bool challenged = row.type == "BallotChallenged";
  Fact fact{row.seq, row.time, {}};
  if (row.type != "BallotCast" && !challenged) {
    auto recorded = codec::read_recorded(row.bytes, codec::Trust::trusted);
    if (!recorded) return fail(recorded.error());
    fact.time = recorded->time;
    fact.what = std::move(recorded->event);
    return fact;
  }
  const auto ballot = read_ballot_of(row);
  if (!ballot) return fail(ballot.error());
  if (challenged) {
    fact.what = ChallengeFact{ballot->credential, ballot->tracker};
  } else {
    fact.what = *ballot;
  }
  return fact;
}

}  // namespace suara::projections
