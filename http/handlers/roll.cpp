#include "http/handlers/roll.hpp"

#include "core/base/utf8.hpp"
#include "core/codec/roll_csv.hpp"
#include "http/handlers/lookup.hpp"
#include "http/views_roll.hpp"
#include "projections/attendance/queries.hpp"

namespace suara::http {
namespace {

using Places = std::vector<std::pair<std::string, std::uint64_t>>;

Places by_place(const election::Draft& draft, const std::vector<codec::RollRow>& rows) {
  std::map<PlaceId, std::uint64_t> counts;
  for (const auto& row : rows) ++counts[row.place];
  Places places;
  for (const auto& place : draft.places) places.emplace_back(place.id.value, counts[place.id]);
  return places;
}

// A parameter that is looked for in the roll.
Result<std::optional<std::string>> text_parameter(const Request& request, std::string_view name) {
  const auto text = request.parameter(name);
  if (!text || text->empty()) return std::nullopt;
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
  if (text->size() > codec::max_roll_cell || !is_valid_utf8(*text) ||
      std::any_of(text->begin(), text->end(), control)) {
    return fail(ErrorCode::malformed,
                "The parameter " + std::string(name) + " must be one line of UTF-8 text of at most 200 bytes.");
  }
  return std::string(*text);
}

// An officer of one place need not name it; one of several does.
Result<std::optional<PlaceId>> officers_place(const Call& call, const std::optional<PlaceId>& wanted) {
  const auto own = call.officer_at();
  if (!wanted && own.size() == 1) return *own.begin();
  if (wanted && own.contains(*wanted)) return wanted;
  return fail(ErrorCode::not_permitted, "An officer sees the voters of the own polling place; name it as `place`.");
}

Result<ledger::RollQuery> read_query(const Call& call) {
  ledger::RollQuery query;
  const auto limit = number_parameter(call.request, "limit", 1000, 1, 5000);
  if (!limit) return fail(limit.error());
  query.limit = *limit;
  auto text = text_parameter(call.request, "q");
  if (!text) return fail(std::move(text.error()));
  query.text = text->value_or("");
  auto klass = text_parameter(call.request, "class");
  if (!klass) return fail(std::move(klass.error()));
  query.klass = std::move(*klass);
  const auto after = text_parameter(call.request, "after");
  if (!after) return fail(after.error());
  if (*after) query.after = VoterId{**after};
  const auto place = text_parameter(call.request, "place");
  if (!place) return fail(place.error());
  if (*place) query.place = PlaceId{**place};
  if (call.role != election::Role::officer) return query;
  auto own = officers_place(call, query.place);
  if (!own) return fail(std::move(own.error()));
  query.place = std::move(*own);
  return query;
}

// Nobody is marked where voting is online alone.
Result<views::Attendances> marks_of(ledger::mariadb::Pool& reads, const ledger::LedgerInfo& ledger,
                                    const election::Policies& policies, const ledger::RollPage& page) {
  if (policies.verification == election::VerificationPolicy::online) return views::Attendances{};
  std::vector<Hash> commitments;
  for (const auto& row : page.voters) commitments.push_back(row.commitment);
  return projections::attendance::attended(reads, ledger.id, commitments);
}

}  // namespace

Handler import_roll(ledger::CommandHandler& commands, ledger::RollKeeper& roll, Ledgers& ledgers) {
  return at_once([&commands, &roll, &ledgers](const Call& call) -> Result<Response> {
    const auto summary = find_election(commands, call.uuid);
    if (!summary) return fail(summary.error());
    const auto dry_run = flag_parameter(call.request, "dry_run", false);
    if (!dry_run) return fail(dry_run.error());
    // decide() would say so too, but a dry run never asks it.
    if ((*summary)->phase != election::Phase::draft) {
      return fail(ErrorCode::wrong_phase, "A roll is imported before the election is sealed; it is in the phase '" +
                                              std::string(election::phase_name((*summary)->phase)) + "'.");
    }
    const election::Draft& draft = (*summary)->draft;
    const auto rows = codec::read_roll_csv(call.request.body, draft.places);
    if (!rows) return fail(rows.error());
    if (!*dry_run) {
      const auto ledger = ledgers.find(call.uuid);
      if (!ledger) return fail(ledger.error());
      const auto enrolled = roll.enrol(*ledger, *rows, call.actor());
      if (!enrolled) return fail(enrolled.error());
    }
    return json_response(*dry_run ? 200 : 201, views::roll_report(by_place(draft, *rows), !*dry_run));
  });
}

Handler list_voters(ledger::CommandHandler& commands, ledger::RollKeeper& roll, ledger::mariadb::Pool& reads,
                    Ledgers& ledgers) {
  return at_once([&commands, &roll, &reads, &ledgers](const Call& call) -> Result<Response> {
    const auto summary = find_election(commands, call.uuid);
    if (!summary) return fail(summary.error());
    const auto ledger = ledgers.find(call.uuid);
    if (!ledger) return fail(ledger.error());
    const auto query = read_query(call);
    if (!query) return fail(query.error());
    const auto page = roll.page(*ledger, *query);
    if (!page) return fail(page.error());
    const auto marks = marks_of(reads, *ledger, (*summary)->draft.policies, *page);
    if (!marks) return fail(marks.error());
    return json_response(200, views::voters(*page, *marks));
  });
}

Handler count_voters(ledger::CommandHandler& commands, ledger::RollKeeper& roll, Ledgers& ledgers) {
  return at_once([&commands, &roll, &ledgers](const Call& call) -> Result<Response> {
    const auto summary = find_election(commands, call.uuid);
    if (!summary) return fail(summary.error());
    const auto ledger = ledgers.find(call.uuid);
    if (!ledger) return fail(ledger.error());
    const auto classes = roll.classes(*ledger);
    if (!classes) return fail(classes.error());
    return json_response(200, views::roll_counts(**summary, *classes));
  });
}

}  // namespace suara::http
