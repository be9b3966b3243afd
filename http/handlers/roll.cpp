#include "http/handlers/roll.hpp"

#include "core/codec/event.hpp"
#include "core/codec/json_reader.hpp"
#include "core/codec/roll_csv.hpp"
#include "core/crypto/secret.hpp"
#include "http/handlers/lookup.hpp"
#include "http/views.hpp"

namespace suara::http {
namespace {

constexpr std::size_t salt_size = 16;

using Places = std::vector<std::pair<std::string, std::uint64_t>>;

Places by_place(const election::Draft& draft, const std::vector<codec::RollRow>& rows) {
  std::map<PlaceId, std::uint64_t> counts;
  for (const auto& row : rows) ++counts[row.place];
  Places places;
  for (const auto& place : draft.places) places.emplace_back(place.id.value, counts[place.id]);
  return places;
}

std::vector<ledger::VoterRow> salted(const std::vector<codec::RollRow>& rows) {
  std::vector<ledger::VoterRow> voters;
  voters.reserve(rows.size());
  for (const auto& row : rows) {
    Bytes salt(salt_size);
    crypto::random_fill(salt);
    const Hash commitment = codec::roll_commitment(salt, row);
    voters.push_back({row.id, row.name, row.klass, row.place, std::move(salt), commitment, row.weight});
  }
  return voters;
}

// The people's rows come first: where the ledger then refuses the commitments, they are taken away again.
Result<void> enrol(ledger::CommandHandler& commands, ledger::PeopleStore& people, const ledger::LedgerInfo& ledger,
                   const std::vector<codec::RollRow>& rows, const election::Actor& actor) {
  const auto voters = salted(rows);
  election::EnrolVoters command;
  command.voters.reserve(voters.size());
  for (std::size_t i = 0; i < voters.size(); ++i) {
    command.voters.push_back({voters[i].commitment, voters[i].place, rows[i].weight});
  }
  if (auto added = people.add_voters(ledger.id, voters); !added) return fail(std::move(added.error()));
  const auto receipt = commands.call(ledger.uuid, election::Command(std::move(command)), actor);
  if (receipt) return {};
  Error refused = receipt.error();
  // A commit of unknown fate may have been recorded; rows without a commitment do less harm than the reverse.
  if (refused.code != ErrorCode::unavailable) {
    if (const auto removed = people.remove_voters(ledger.id, voters); !removed) {
      refused.items.push_back("The voters' names could not be taken away again: " + removed.error().detail);
    }
  }
  return fail(std::move(refused));
}

Result<election::ImportCredentials> read_credentials(std::string_view body) {
  const auto document = codec::JsonDocument::parse(body, "credentials");
  if (!document) return fail(document.error());
  codec::JsonFields fields(document->root(), {"places"});
  election::ImportCredentials command;
  for (const auto& node : fields.array("places", 1, election::max_places)) {
    codec::JsonFields place(node, {"place", "credentials"});
    election::ImportCredentials::PlaceCredentials part;
    part.place.value = place.text("place");
    for (const std::string_view text : place.texts("credentials", 1, codec::max_roll_rows)) {
      auto credential = codec::read_roll_credential(text, codec::Trust::full);
      if (!credential) {
        return fail(
            node.error(credential.error().code, "holds a credential that is wrong: " + credential.error().detail));
      }
      part.credentials.push_back(*credential);
    }
    if (place.failed()) return fail(place.error());
    command.places.push_back(std::move(part));
  }
  if (fields.failed()) return fail(fields.error());
  return command;
}

}  // namespace

Handler import_roll(ledger::CommandHandler& commands, ledger::PeopleStore& people, Ledgers& ledgers) {
  return at_once([&commands, &people, &ledgers](const Call& call) -> Result<Response> {
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
      const auto enrolled = enrol(commands, people, *ledger, *rows, call.actor());
      if (!enrolled) return fail(enrolled.error());
    }
    return json_response(*dry_run ? 200 : 201, views::roll_report(by_place(draft, *rows), !*dry_run));
  });
}

Handler list_voters(ledger::PeopleStore& people, Ledgers& ledgers) {
  return at_once([&people, &ledgers](const Call& call) -> Result<Response> {
    const auto ledger = ledgers.find(call.uuid);
    if (!ledger) return fail(ledger.error());
    const auto limit = number_parameter(call.request, "limit", 1000, 1, 5000);
    if (!limit) return fail(limit.error());
    std::optional<VoterId> after;
    if (const auto text = call.request.parameter("after")) after = VoterId{std::string(*text)};
    auto rows = people.voters(ledger->id, after, *limit + 1);
    if (!rows) return fail(std::move(rows.error()));
    std::optional<VoterId> next;
    if (rows->size() > *limit) {
      rows->pop_back();
      next = rows->back().id;
    }
    return json_response(200, views::voters(*rows, next));
  });
}

Handler import_credentials(ledger::CommandHandler& commands) {
  return at_once([&commands](const Call& call) -> Result<Response> {
    if (const auto summary = find_election(commands, call.uuid); !summary) return fail(summary.error());
    auto command = read_credentials(call.request.body);
    if (!command) return fail(std::move(command.error()));
    const auto receipt = commands.call(call.uuid, election::Command(std::move(*command)), call.actor());
    if (!receipt) return fail(receipt.error());
    return json_response(201, views::recorded(*receipt));
  });
}

}  // namespace suara::http
