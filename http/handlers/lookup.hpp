#pragma once
#include <functional>
#include <memory>

#include "http/handler.hpp"
#include "ledger/command_handler.hpp"

namespace suara::http {

// The election's summary. Errors: not_found; unavailable where the ledgers could not be read yet.
inline Result<std::shared_ptr<const election::Summary>> find_election(const ledger::CommandHandler& commands,
                                                                      const ElectionUuid& uuid) {
  auto summary = commands.summary(uuid);
  if (summary) return summary;
  if (!commands.available()) {
    return fail(ErrorCode::unavailable, "The database cannot be reached; try again in a moment.");
  }
  return fail(ErrorCode::not_found, "There is no election with this number.");
}

// For voters, who come to any node: where voting has not begun as far as this one knows, it asks whether another opened
// it a moment ago. Blocks then.
inline Result<std::shared_ptr<const election::Summary>> find_election_to_vote(ledger::CommandHandler& commands,
                                                                              const ElectionUuid& uuid) {
  const auto known = commands.summary(uuid);
  const bool before_voting =
      !known || known->phase == election::Phase::draft || known->phase == election::Phase::sealed;
  if (before_voting) commands.refresh(uuid);
  return find_election(commands, uuid);
}

// The polling place with its name; one that the draft does not have goes by its id.
inline election::Place place_of(const election::Draft& draft, const PlaceId& id) {
  for (const auto& place : draft.places) {
    if (place.id == id) return place;
  }
  return {id, id.value};
}

// Shows `look` the election's state on the sequencer's thread, so it must be quick; nothing is recorded. `done` is told
// what it gave, or why the state could not be seen (unavailable, overloaded, integrity).
inline void look_at(ledger::CommandHandler& commands, const Call& call,
                    std::function<Result<void>(const election::State&)> look,
                    std::function<void(const Result<void>&)> done) {
  auto seen = std::make_shared<bool>(false);
  auto source = [seen, look = std::move(look)](const election::State& state) -> Result<election::Command> {
    *seen = false;
    if (auto looked = look(state); !looked) return fail(std::move(looked.error()));
    *seen = true;
    return fail(ErrorCode::conflict, "Nothing is recorded: the state was only looked at.");
  };
  commands.submit(call.uuid, std::move(source), call.actor(),
                  [seen, done = std::move(done)](const Result<ledger::Receipt>& refused) {
                    done(*seen ? Result<void>{} : fail(refused.error()));
                  });
}

}  // namespace suara::http
