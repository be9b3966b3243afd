#include "ledger/result_files.hpp"

#include "core/audit/published_keys.hpp"
#include "core/codec/event.hpp"
#include "core/codec/json_writer.hpp"
#include "core/crypto/encoding.hpp"
#include "core/election/evolve.hpp"
#include "core/log/entry.hpp"
#include "core/log/tiles.hpp"

namespace suara::ledger {
namespace {


// A canonical body ends with its type; ballots are many and large, and need not be read for this.
bool is_of(std::string_view body, std::string_view type) {
  return body.ends_with("\"type\":\"" + std::string(type) + "\",\"v\":1}");
}

Result<void> take_entry(std::string_view entry, election::State& state, std::uint64_t& ballots) {
  const auto split = log::split_entry(entry);
  if (!split) return fail(split.error());
  if (is_of(split->body, "BallotCast")) ++ballots;
  for (const auto* of_voters : {"BallotCast", "BallotChallenged", "VoterVerified"})
    if (is_of(split->body, of_voters)) return {};
  const auto recorded = codec::read_recorded(entry, codec::Trust::trusted);
  if (!recorded) return fail(recorded.error());
  election::evolve(state, *recorded);
  return {};
}

// One row for each answer: blank votes first, where the question has them.
template <class Row>
void each_answer(const election::Summary& summary, Row row) {
  for (std::size_t q = 0; q < summary.draft.contests.size(); ++q) {
    const auto& contest = summary.draft.contests[q];
    const auto& counts = summary.result->counts.at(q);
    const std::size_t first = contest.question.blank ? 1 : 0;
    if (contest.question.blank) row(contest, nullptr, counts.at(0));
    for (std::size_t a = 0; a < contest.candidates.size(); ++a)
      row(contest, &contest.candidates[a], counts.at(first + a));
  }
}

// RFC 4180, as it is: for hashes, which may begin with '+' and are compared by programs.
std::string exact(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

// What people wrote; what a spreadsheet would take for a formula is made a text.
std::string cell(std::string_view text) {
  const bool formula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  return exact((formula ? "'" : "") + std::string(text));
}

void time(codec::JsonWriter& json, std::string_view name, const std::optional<Timestamp>& at) {
  if (at) json.text(name, format_time(*at));
}

}  // namespace

Result<BundleContent> read_content(audit::Source& bundle) {
  const auto keys_file = bundle.read("keys.json", audit::max_keys_json);
  if (!keys_file) return fail(keys_file.error());
  const auto keys = audit::read_published_keys(*keys_file);
  if (!keys) return fail(keys.error());
  const auto note = bundle.read("checkpoint", log::max_note_size);
  if (!note) return fail(note.error());
  auto checkpoint = log::open_checkpoint(*note, keys->ledger);
  if (!checkpoint) return fail(std::move(checkpoint).error());

  election::State state;
  log::RightEdge tree;
  std::uint64_t ballots = 0;
  for (const auto& part : log::bundles_of(checkpoint->size)) {
    const auto bytes = bundle.read(log::tile_path(part), log::max_bundle_size);
    if (!bytes) return fail(bytes.error());
    const auto entries = log::decode_bundle(*bytes, part.width);
    if (!entries) return fail(entries.error());
    for (const auto entry : *entries) {
      tree.append(log::leaf_hash(entry));
      if (auto ok = take_entry(entry, state, ballots); !ok) return fail(std::move(ok).error());
    }
  }
  if (tree.root() != checkpoint->root)
    return fail(ErrorCode::integrity, "The entries do not give the root that the ledger's checkpoint signs.");
  return BundleContent{std::move(*checkpoint), std::move(state.summary), ballots};
}

std::string result_csv(const BundleContent& content) {
  const election::Summary& summary = content.summary;
  std::string fixed = cell(summary.uuid.value) + ',' + cell(summary.draft.name) + ',';
  fixed += cell(election::phase_name(summary.phase));
  fixed += ',' + std::to_string(content.checkpoint.size) + ',' +
           exact(crypto::to_base64(content.checkpoint.root.view())) + ',' +
           exact(summary.sealed->parsed_election.fingerprint) + ',';
  std::string out = "uuid,election,status,ledger_entries,ledger_root,fingerprint,question,number,name,votes\r\n";
  each_answer(summary, [&](const auto& contest, const election::Candidate* candidate, std::uint64_t votes) {
    out += fixed + cell(contest.question.question) + ',' + (candidate ? std::to_string(candidate->number) : "") + ',' +
           cell(candidate ? candidate->name : "blank") + ',' + std::to_string(votes) + "\r\n";
  });
  return out;
}

std::string result_json(const BundleContent& content) {
  const election::Summary& summary = content.summary;
  codec::JsonWriter json(codec::JsonWriter::Order::as_written);
  json.begin_object();
  json.text("uuid", summary.uuid.value).text("name", summary.draft.name);
  json.text("status", election::phase_name(summary.phase));
  json.key("ledger").begin_object();
  json.text("origin", content.checkpoint.origin.value).text("key", summary.key);
  json.number("entries", content.checkpoint.size);
  json.text("root", crypto::to_base64(content.checkpoint.root.view())).end_object();
  json.text("fingerprint", summary.sealed->parsed_election.fingerprint);
  time(json, "opened_at", summary.opened_at);
  time(json, "closed_at", summary.closed_at);
  time(json, "tallied_at", summary.tallied_at);
  time(json, "certified_at", summary.certified_at);
  time(json, "cancelled_at", summary.cancelled_at);
  if (summary.cancelled_at) json.text("cancel_reason", summary.cancel_reason);
  json.number("voters", summary.voters).number("ballots", content.ballots);
  json.number("counted", summary.tally->num_tallied).number("total_weight", summary.tally->total_weight);
  json.key("answers").begin_array();
  each_answer(summary, [&](const auto& contest, const election::Candidate* candidate, std::uint64_t votes) {
    json.begin_object().text("question", contest.question.question);
    if (candidate) {
      json.number("number", candidate->number).text("name", candidate->name);
    } else {
      json.boolean("blank", true);
    }
    json.number("votes", votes).end_object();
  });
  json.end_array().end_object();
  return json.take() + "\n";
}

}  // namespace suara::ledger
