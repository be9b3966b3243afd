#include "tools/cli/portal_export.hpp"

#include <fmt/format.h>

#include <chrono>
#include <set>

#include "core/base/time.hpp"
#include "core/codec/json_reader.hpp"
#include "core/codec/json_writer.hpp"
#include "core/crypto/encoding.hpp"
#include "tools/cli/answer.hpp"
#include "tools/cli/belenios_export.hpp"
#include "tools/cli/bundle_export.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/program.hpp"

namespace suara::cli {
namespace {

// Where the template wants its data; web/README.md tells what they are.
constexpr std::string_view place_of_data = "@portal-data@";
constexpr std::size_t events_at_once = 50;
constexpr std::size_t incidents_at_once = 500;

Outcome<codec::JsonDocument> fetch(Api& api, const std::string& path, std::string& text) {
  auto json = api.get(path);
  if (!json) return stop(json.error());
  text = std::move(*json);
  auto document = codec::JsonDocument::parse(text, "answer");
  if (!document) return not_understood(document.error());
  return std::move(*document);
}

// The member of an answer, as JSON.
Outcome<std::string> fetch_member(Api& api, const std::string& path, std::string_view member) {
  std::string text;
  auto document = fetch(api, path, text);
  if (!document) return stop(document.error());
  const auto node = document->root().member(member);
  if (!node) return not_understood(node.error());
  std::string out;
  node->append_canonical(out);
  return out;
}

// All of a list that is given by pages, newest first, as a JSON array. `member` holds a page in an answer to `path`, to
// which the number of the last one's entry is added.
Outcome<std::string> fetch_pages(Api& api, const std::string& path, std::string_view member, std::size_t at_once) {
  codec::JsonWriter out(codec::JsonWriter::Order::as_written);
  out.begin_array();
  for (std::string before;;) {
    std::string text;
    auto document = fetch(api, fmt::format("{}limit={}{}", path, at_once, before), text);
    if (!document) return stop(document.error());
    const auto list = document->root().member(member);
    if (!list) return not_understood(list.error());
    const auto items = list->array(0, at_once);
    if (!items) return not_understood(items.error());
    std::uint64_t last = 0;
    for (const auto& item : *items) {
      std::string one;
      item.append_canonical(one);
      out.raw(one);
      const auto seq = item.member("seq");
      const auto number = seq ? seq->uint() : Result<std::uint64_t>(fail(seq.error()));
      if (!number) return not_understood(number.error());
      last = *number;
    }
    if (items->size() < at_once) return out.end_array().take();
    before = fmt::format("&before={}", last);
  }
}

void add_photo(const codec::JsonNode& candidate, std::set<std::string>& hashes) {
  const auto photo = candidate.optional_member("photo");
  if (!photo || photo->is_null()) return;
  if (const auto hash = photo->text()) hashes.emplace(*hash);
}

Outcome<std::set<std::string>> photo_hashes(const std::string& election) {
  const auto document = codec::JsonDocument::parse(election, "election");
  if (!document) return not_understood(document.error());
  std::set<std::string> hashes;
  const auto contests = document->root().member("contests");
  if (!contests) return not_understood(contests.error());
  const auto list = contests->array(0, 1000);
  if (!list) return not_understood(list.error());
  for (const auto& contest : *list) {
    const auto candidates = contest.member("candidates");
    if (!candidates) return not_understood(candidates.error());
    const auto of = candidates->array(0, 1000);
    if (!of) return not_understood(of.error());
    for (const auto& candidate : *of) add_photo(candidate, hashes);
  }
  return hashes;
}

// The picture as a data URI; its kind shows in its first bytes.
std::string data_uri(const std::string& picture) {
  const char* kind = picture.starts_with("\x89PNG") ? "png" : picture.starts_with("RIFF") ? "webp" : "jpeg";
  return fmt::format("data:image/{};base64,{}", kind, crypto::to_base64(as_bytes(picture)));
}

Outcome<std::string> photos_json(Api& api, const std::string& election) {
  auto hashes = photo_hashes(election);
  if (!hashes) return stop(hashes.error());
  codec::JsonWriter out(codec::JsonWriter::Order::as_written);
  out.begin_object();
  for (const auto& hash : *hashes) {
    auto picture = api.file("/api/v1/photos/" + hash);
    if (!picture) return stop(picture.error());
    out.text(hash, data_uri(*picture));
  }
  return out.end_object().take();
}

// Within a script element nothing may end the element or begin a comment.
std::string script_safe(std::string_view json) {
  std::string out;
  for (const char c : json) {
    if (c == '<' || c == '>' || c == '&') {
      out += fmt::format("\\u{:04x}", c);
    } else {
      out += c;
    }
  }
  return out;
}

Outcome<std::string> portal_data(Api& api, const std::string& uuid) {
  const std::string base = "/elections/" + uuid;
  codec::JsonWriter out(codec::JsonWriter::Order::as_written);
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const Timestamp saved{std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
  out.begin_object().number("version", 1).text("saved_at", format_time(saved)).text("source", api.server().text);
  auto checkpoint = api.file("/log/" + uuid + "/checkpoint");
  if (!checkpoint) return stop(checkpoint.error());
  out.text("checkpoint", *checkpoint);

  auto election = api.get(base);
  if (!election) return stop(election.error());
  auto photos = photos_json(api, *election);
  if (!photos) return stop(photos.error());
  out.raw("photos", *photos).raw("election", *election);
  for (const char* part : {"turnout", "tally", "ledger"}) {
    auto json = api.get(base + "/" + part);
    if (!json) return stop(json.error());
    out.raw(part, *json);
  }
  auto incidents = fetch_pages(api, base + "/incidents?", "incidents", incidents_at_once);
  if (!incidents) return stop(incidents.error());
  auto corrections = fetch_pages(api, base + "/events?type=CorrectionRecorded&", "events", events_at_once);
  if (!corrections) return stop(corrections.error());
  out.key("records").begin_object().raw("incidents", *incidents).raw("corrections", *corrections).end_object();
  return out.end_object().take();
}

Outcome<std::string> filled_template(Api& api, const std::string& data) {
  auto page = api.file("/copy-template.html");
  if (!page) return stop(page.error());
  const auto place = page->find(place_of_data);
  if (place == std::string::npos || page->find(place_of_data, place + 1) != std::string::npos) {
    return stop(ExitCode::refused, "malformed", "The service's template of the portal has no one place for its data.");
  }
  return page->replace(place, place_of_data.size(), script_safe(data));
}

Outcome<void> write_files(Api& api, const std::string& uuid, const NewFolder& folder) {
  const auto at = [&folder](const char* name) { return folder.working() / name; };
  auto data = portal_data(api, uuid);
  if (!data) return stop(data.error());
  auto page = filled_template(api, *data);
  if (!page) return stop(page.error());
  if (auto done = write_new_file(at("index.html"), *page, FileMode::open); !done) return done;
  for (const char* name : {"result.csv", "result.json"}) {
    auto content = api.file("/api/v1/elections/" + uuid + "/" + name);
    if (!content) return stop(content.error());
    if (auto done = write_new_file(at(name), *content, FileMode::open); !done) return done;
  }
  auto bundle = write_bundle(api, uuid, at("bundle.tar").string());
  if (!bundle) return stop(bundle.error());
  auto bel = write_bel(api, uuid, at("election.bel").string());
  if (!bel) return stop(bel.error());
  return {};
}

}  // namespace

Outcome<void> export_portal(const Settings& settings, const std::string& uuid, const std::string& out) {
  if (auto checked = check_uuid(uuid); !checked) return stop(checked.error());
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  auto phase = fetch_member(*api, "/elections/" + uuid, "phase");
  if (!phase) return stop(phase.error());
  if (*phase != "\"certified\"") {
    return stop(ExitCode::refused, "wrong_phase",
                "The portal is exported once the result is certified: what it shows may still change until then.");
  }
  auto folder = NewFolder::begin(out);
  if (!folder) return stop(folder.error());
  if (auto written = write_files(*api, uuid, *folder); !written) return written;
  if (auto finished = folder->finish(0755); !finished) return finished;
  codec::JsonWriter json(codec::JsonWriter::Order::as_written);
  json.begin_object().text("uuid", uuid).text("out", out).end_object();
  print_result(settings, json.take(),
               fmt::format("The portal is in {}: open index.html in any browser, and check the result with "
                           "`suara-verify {}/bundle.tar`.",
                           out, out));
  return {};
}

}  // namespace suara::cli
