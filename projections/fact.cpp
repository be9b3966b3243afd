#include "projections/fact.hpp"

#include "core/codec/entry_body.hpp"
#include "core/codec/event.hpp"
#include "core/codec/json_reader.hpp"
#include "core/crypto/hash.hpp"
#include "core/log/entry.hpp"

namespace suara::projections {
namespace {

// Only the credential is read out of the ballot: decoding its proofs would cost ten times the rest of the fold.
Result<BallotFact> read_ballot(std::string_view data) {
  const auto document = codec::JsonDocument::parse(data, "BallotCast");
  if (!document) return fail(document.error());
  const auto member = document->root().member("ballot");
  if (!member) return fail(member.error());
  const auto text = member->text();
  if (!text) return fail(text.error());
  const auto ballot = codec::JsonDocument::parse(*text, "ballot");
  if (!ballot) return fail(ballot.error());
  const auto credential = ballot->root().member("credential");
  if (!credential) return fail(credential.error());
  const auto credential_text = credential->text();
  if (!credential_text) return fail(credential_text.error());
  const auto element = ballot::Element::from_trusted_text(*credential_text);
  if (!element) return fail(element.error());
  return BallotFact{*element, crypto::sha256(*text)};
}

}  // namespace

Result<Fact> read_fact(const ledger::EntryRow& row) {
  Fact fact{row.seq, row.time, std::monostate{}};
  if (row.type == "VoterVerified") return fact;
  if (row.type != "BallotCast") {
    auto recorded = codec::read_recorded(row.bytes, codec::Trust::trusted);
    if (!recorded) return fail(recorded.error());
    fact.time = recorded->time;
    fact.what = std::move(recorded->event);
    return fact;
  }
  const auto entry = log::split_entry(row.bytes);
  if (!entry) return fail(entry.error());
  const auto body = codec::decode_entry_body(entry->body);
  if (!body) return fail(body.error());
  auto ballot = read_ballot(body->data);
  if (!ballot) return fail(ballot.error());
  fact.time = body->time;
  fact.what = *ballot;
  return fact;
}

}  // namespace suara::projections
