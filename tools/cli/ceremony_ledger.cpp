#include "tools/cli/ceremony_ledger.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

#include "core/codec/event.hpp"
#include "core/election/evolve.hpp"
#include "core/log/tiles.hpp"
#include "tools/cli/answer.hpp"
#include "tools/cli/remote_audit.hpp"
#include "tools/cli/remote_log.hpp"

namespace suara::cli {
namespace {

Outcome<std::uint64_t> size_told(Api& api, const std::string& uuid) {
  auto json = api.get("/elections/" + uuid);
  if (!json) return stop(json.error());
  auto answer = Answer::parse(*json);
  if (!answer) return stop(answer.error());
  const auto entries = answer->root().number("entries");
  if (auto checked = answer->check(); !checked) return stop(checked.error());
  return entries;
}

Outcome<std::uint64_t> size_published(RemoteLog& log) {
  const auto note = log.read("checkpoint", log::max_note_size);
  if (!note && note.error().code == ErrorCode::not_found) return 0;  // none was signed yet
  if (!note) return unreadable(log, note.error());
  const auto parsed = log::read_checkpoint(*note);
  if (!parsed) return unreadable(log, parsed.error());
  return parsed->checkpoint.size;
}

Outcome<std::uint64_t> wait_for(RemoteLog& log, std::uint64_t entries) {
  auto size = size_published(log);
  for (int i = 1; i < checkpoint_tries && size && *size < entries; ++i) {
    std::this_thread::sleep_for(between_checkpoint_tries);
    log.forget();
    size = size_published(log);
  }
  if (!size || *size >= entries) return size;
  return stop(ExitCode::refused, "unavailable",
              "The service has not published the end of the ledger yet. Nothing was sent; try again in a minute.");
}

// Of a ledger that is verified too, so that what is folded here was legal.
Outcome<CeremonyLedger> fold(RemoteLog& log, std::uint64_t size) {
  election::State state;
  CeremonyLedger out;
  for (const auto& bundle : log::bundles_of(size)) {
    const auto content = log.read(log::tile_path(bundle), log::max_bundle_size);
    if (!content) return unreadable(log, content.error());
    const auto entries = log::decode_bundle(*content, bundle.width);
    if (!entries) return unreadable(log, entries.error());
    for (const auto entry : *entries) {
      const auto recorded = codec::read_recorded(entry, codec::Trust::full);
      if (!recorded) return unreadable(log, recorded.error());
      if (const auto* joined = std::get_if<election::TrusteeCertificatePublished>(&recorded->event)) {
        out.certificates.insert(joined->certificate);
      }
      election::evolve(state, *recorded);
    }
  }
  out.summary = std::move(state.summary);
  return out;
}

}  // namespace

const election::CeremonyMember* CeremonyLedger::find(const std::string& certificate) const {
  const auto found = std::find_if(summary.ceremony.begin(), summary.ceremony.end(),
                                  [&](const auto& member) { return member.certificate.certificate == certificate; });
  return found == summary.ceremony.end() ? nullptr : &*found;
}

Outcome<CeremonyLedger> ceremony_ledger(Api& api, const std::string& uuid) {
  const auto told = size_told(api, uuid);
  if (!told) return stop(told.error());
  RemoteLog log(api, uuid);
  const auto size = wait_for(log, *told);
  if (!size) return stop(size.error());
  const auto report = verify_ledger(log, "Nothing was sent");
  if (!report) return stop(report.error());
  auto ledger = fold(log, *size);
  if (!ledger) return ledger;
  if (ledger->summary.uuid.str() != uuid) {
    return stop(ExitCode::refused, "integrity", "The service gave the ledger of another election. Nothing was sent.");
  }
  if (!ledger->summary.draft.threshold) {
    return stop(
        ExitCode::refused, "not_found",
        "This election has no threshold trustees, so there is no key ceremony. A mandatory trustee makes its key "
        "with `suara trustee keygen`.");
  }
  ledger->entries = report->size;
  ledger->root = report->root;
  return ledger;
}

}  // namespace suara::cli
