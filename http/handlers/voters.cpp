#include "http/handlers/voters.hpp"

#include <spdlog/spdlog.h>

#include "core/codec/json_reader.hpp"
#include "core/election/rules.hpp"
#include "http/handlers/lookup.hpp"
#include "http/views.hpp"
#include "http/views_roll.hpp"

namespace suara::http {
namespace {

// A text of the roll, by the same rules as a cell of its CSV.
std::string roll_text(codec::JsonFields& fields, std::string_view name, std::size_t longest = codec::max_roll_cell) {
  const std::string_view text = fields.text(name);
  if (fields.failed()) return {};
  if (const auto fault = codec::roll_text_fault(text, longest)) fields.refuse(name, ErrorCode::malformed, *fault);
  if (text.starts_with(' ') || text.ends_with(' ')) {
    fields.refuse(name, ErrorCode::malformed, "begins or ends with a space: remove it.");
  }
  return std::string(text);
}

PlaceId place_of(codec::JsonFields& fields, const election::Draft& draft) {
  const PlaceId place{roll_text(fields, "place")};
  const auto known = [&](const election::Place& one) { return one.id == place; };
  if (!fields.failed() && std::none_of(draft.places.begin(), draft.places.end(), known)) {
    fields.refuse("place", ErrorCode::malformed, "is not one of the election's polling places.");
  }
  return place;
}

std::uint64_t weight_of(codec::JsonFields& fields) {
  return static_cast<std::uint64_t>(fields.integer("weight", 1, election::max_weight));
}

codec::Delivery delivery_of(codec::JsonFields& fields) {
  const auto delivery = codec::delivery_from_text(fields.text("delivery"));
  if (!delivery) fields.refuse("delivery", ErrorCode::malformed, "must be post or place.");
  return delivery.value_or(codec::Delivery::post);
}

Result<codec::RollRow> read_voter(std::string_view body, const election::Draft& draft) {
  const auto document = codec::JsonDocument::parse(body, "voter");
  if (!document) return fail(document.error());
  codec::JsonFields fields(document->root(), {"id", "name", "class", "place"}, {"weight", "delivery"});
  codec::RollRow row;
  row.id.value = roll_text(fields, "id", codec::max_roll_id);
  row.name = roll_text(fields, "name");
  row.klass = roll_text(fields, "class");
  row.place = place_of(fields, draft);
  if (fields.has("weight")) row.weight = weight_of(fields);
  if (fields.has("delivery")) row.delivery = delivery_of(fields);
  if (fields.failed()) return fail(fields.error());
  return row;
}

struct WantedChange {
  VoterId id;
  ledger::VoterCorrection correction;
  std::string reason;
};

Result<WantedChange> read_correction(std::string_view body, const election::Draft& draft) {
  const auto document = codec::JsonDocument::parse(body, "correction");
  if (!document) return fail(document.error());
  codec::JsonFields fields(document->root(), {"id", "reason"}, {"name", "class", "place", "weight", "delivery"});
  WantedChange wanted{VoterId{std::string(fields.text("id"))}, {}, std::string(fields.text("reason"))};
  auto& correction = wanted.correction;
  if (fields.has("name")) correction.name = roll_text(fields, "name");
  if (fields.has("class")) correction.klass = roll_text(fields, "class");
  if (fields.has("place")) correction.place = place_of(fields, draft);
  if (fields.has("weight")) correction.weight = weight_of(fields);
  if (fields.has("delivery")) correction.delivery = delivery_of(fields);
  if (fields.failed()) return fail(fields.error());
  return wanted;
}

Result<WantedChange> read_removal(std::string_view body) {
  const auto document = codec::JsonDocument::parse(body, "removal");
  if (!document) return fail(document.error());
  codec::JsonFields fields(document->root(), {"id", "reason"});
  WantedChange wanted{VoterId{std::string(fields.text("id"))}, {}, std::string(fields.text("reason"))};
  if (fields.failed()) return fail(fields.error());
  return wanted;
}

// Kept when the data is gone; may be left out.
Result<std::string> read_erasure(std::string_view body) {
  if (body.empty()) return std::string();
  const auto document = codec::JsonDocument::parse(body, "erasure");
  if (!document) return fail(document.error());
  codec::JsonFields fields(document->root(), {}, {"reason"});
  std::string reason;
  if (fields.has("reason")) reason = fields.text("reason");
  if (!fields.failed() && !reason.empty()) {
    if (auto good = election::rules::reason(reason, "the data is erased"); !good) return fail(std::move(good.error()));
  }
  if (fields.failed()) return fail(fields.error());
  return reason;
}

// What each of the three does once the election is found: the receipt is its answer.
using Work = std::function<Result<ledger::Receipt>(const Call&, const election::Draft&, const ledger::LedgerInfo&)>;

Handler changing(unsigned status, ledger::CommandHandler& commands, Ledgers& ledgers, Work work) {
  return at_once([status, &commands, &ledgers, work = std::move(work)](const Call& call) -> Result<Response> {
    const auto summary = find_election(commands, call.uuid);
    if (!summary) return fail(summary.error());
    const auto ledger = ledgers.find(call.uuid);
    if (!ledger) return fail(ledger.error());
    const auto receipt = work(call, (*summary)->draft, *ledger);
    if (!receipt) return fail(receipt.error());
    return json_response(status, views::recorded(*receipt));
  });
}

}  // namespace

Handler add_voter(ledger::CommandHandler& commands, ledger::RollKeeper& roll, Ledgers& ledgers) {
  return changing(201, commands, ledgers,
                  [&roll](const Call& call, const election::Draft& draft,
                          const ledger::LedgerInfo& ledger) -> Result<ledger::Receipt> {
                    auto row = read_voter(call.request.body, draft);
                    if (!row) return fail(std::move(row.error()));
                    return roll.enrol(ledger, {std::move(*row)}, call.actor());
                  });
}

Handler correct_voter(ledger::CommandHandler& commands, ledger::RollKeeper& roll, Ledgers& ledgers) {
  return changing(200, commands, ledgers,
                  [&roll](const Call& call, const election::Draft& draft,
                          const ledger::LedgerInfo& ledger) -> Result<ledger::Receipt> {
                    const auto wanted = read_correction(call.request.body, draft);
                    if (!wanted) return fail(wanted.error());
                    return roll.correct(ledger, wanted->id, wanted->correction, wanted->reason, call.actor());
                  });
}

Handler remove_voter(ledger::CommandHandler& commands, ledger::RollKeeper& roll, Ledgers& ledgers) {
  return changing(
      200, commands, ledgers,
      [&roll](const Call& call, const election::Draft&, const ledger::LedgerInfo& ledger) -> Result<ledger::Receipt> {
        const auto wanted = read_removal(call.request.body);
        if (!wanted) return fail(wanted.error());
        return roll.remove(ledger, wanted->id, wanted->reason, call.actor());
      });
}

Handler erase_voters(ledger::CommandHandler& commands, ledger::RollKeeper& roll, Ledgers& ledgers) {
  return at_once([&commands, &roll, &ledgers](const Call& call) -> Result<Response> {
    if (const auto summary = find_election(commands, call.uuid); !summary) return fail(summary.error());
    const auto ledger = ledgers.find(call.uuid);
    if (!ledger) return fail(ledger.error());
    const auto reason = read_erasure(call.request.body);
    if (!reason) return fail(reason.error());
    std::optional<VoterId> id;
    if (!call.rest.empty()) {
      auto named = decoded_segment(call.rest);
      if (!named) return fail(std::move(named.error()));
      id = VoterId{std::move(*named)};
    }
    const auto erased = roll.erase(*ledger, id, *reason, call.actor());
    if (!erased) return fail(erased.error());
    spdlog::info("{} erased the data of {} voters of election {}", call.actor().text(), *erased, call.uuid.value);
    return json_response(200, views::erased(*erased));
  });
}

}  // namespace suara::http
