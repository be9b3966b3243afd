#include "projections/activity/fold.hpp"

#include "core/election/overloaded.hpp"

namespace suara::projections::activity {

void fold(State&, const Fact& fact, Changes& changes) {
  const auto* event = std::get_if<election::Event>(&fact.what);
  if (!event) return;
  const bool told = std::visit(election::overloaded{
                                   [](const election::VotersEnrolled&) { return false; },
                                   [](const election::RollImported&) { return false; },
                                   [](const election::ReserveImported&) { return false; },
                                   [](const election::LiveTallyPublished&) { return false; },
                                   [](const auto&) { return true; },
                               },
                               *event);
  if (told) changes.push_back({fact.seq, std::string(election::type_name(*event))});
}

}  // namespace suara::projections::activity
