#pragma once
#include "core/codec/json_reader.hpp"
#include "core/codec/json_writer.hpp"
#include "core/election/types.hpp"

// A draft as the value of a member; for draft.cpp and event_*.cpp. The whole-text functions are in event.hpp.
//   draft     = {administrator, contests: [contest], credential_authority, description, name, places: [place],
//                policies, schedule?, threshold?, time_zone, trustees}
//   contest   = {blank?: true, candidates: [candidate], max, min, question}
//   candidate = {mission: [text], name, number, photo?, vision}
//   place     = {id, name}                   policies  = {approval?: "two", min_batch, revote, tally, verification}
//   schedule  = {closes_at, opens_at}        threshold = {needed, trustees}
// `blank` stands only where blank votes are allowed, `threshold` only where there are threshold trustees, `approval`
// only where two must agree.
namespace suara::codec {

void append_draft(JsonWriter& writer, const election::Draft& draft);

// A committee's file may leave out `time_zone` (WIB) and `trustees` (1, and 0 beside a threshold), and may say
// `"blank": false` and `"approval": "single"`; an event has the one form that append_draft gives.
enum class DraftForm { file, event };
// Shape only: the rules are election::check_draft's. Errors: malformed, unsupported (a policy's name).
Result<election::Draft> read_draft_value(const JsonNode& node, DraftForm form);

}  // namespace suara::codec
