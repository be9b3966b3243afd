#pragma once
#include <string>
#include <string_view>

#include "core/election/commands.hpp"
#include "core/election/state.hpp"

namespace suara::codec {

// `data` of an entry, canonical JSON; see schema/events.
std::string write_event_data(const election::Event& event);
constexpr std::uint32_t event_version = 1;  // every type so far

// How far to check Belenios objects inside: `full` checks group membership of every element (an auditor), `trusted`
// only the shape (our own ledger, already checked when it was accepted).
enum class Trust { full, trusted };

// Errors: unsupported (type or version unknown), malformed, and those of codec/belenios.hpp.
Result<election::Event> read_event(std::string_view type, std::uint32_t version, std::string_view data, Trust trust);

// A whole entry to its event: entry body, actor, event.
Result<election::Recorded> read_recorded(std::string_view entry, Trust trust);

// The committee's FILE.json of `election draft` to a Draft and back (schema/openapi.yaml, Draft).
Result<election::Draft> read_draft(std::string_view json);
std::string write_draft(const election::Draft& draft);

// Commands whose texts are made from the state.
Result<election::SealElection> seal_command(const election::State& state);
Result<election::PublishResult> result_command(const election::State& state);

}  // namespace suara::codec
