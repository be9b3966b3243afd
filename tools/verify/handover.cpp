#include "tools/verify/handover.hpp"

#include <algorithm>

#include "core/audit/key_chain.hpp"
#include "core/codec/entry_body.hpp"
#include "core/codec/event.hpp"
#include "core/log/entry.hpp"

namespace suara::verify {
namespace {

// A keys.json may list what it likes: that the ledger's first key handed over to the others is shown by the entries.
Result<void> handed_over(const LogReader& log, std::span<const log::VerifierKey> listed) {
  audit::KeyChain chain(listed.front());
  const auto take = [&](std::uint64_t i, std::string_view entry) {
    const auto split = log::split_entry(entry);
    const auto body = codec::decode_entry_body(split ? split->body : std::string_view());
    if (!body || body->type != "KeyRotated" || !log::verify_entry_signature(*split, chain.current())) return true;
    const auto event = codec::read_event(body->type, body->v, body->data, codec::Trust::full);
    const auto* rotated = event ? std::get_if<election::KeyRotated>(&*event) : nullptr;
    if (rotated) chain.rotate(Seq{i}, *rotated);
    return true;
  };
  if (auto ok = log.walk(0, take); !ok) return ok;
  const auto& proved = chain.all();
  if (!std::equal(proved.begin(), proved.end(), listed.begin(), listed.end())) {
    return fail(ErrorCode::integrity, "Its keys.json lists keys that its entries do not hand over.");
  }
  const auto note = log::parse_note(log.note());
  if (!note) return fail(note.error());
  return log::verify_note(*note, chain.at_size(log.checkpoint().size));
}

}  // namespace

Result<LogReader> open_with_listed_keys(audit::Source& source, std::span<const log::VerifierKey> listed) {
  auto log = LogReader::open(source, listed);
  if (!log || listed.size() == 1) return log;
  if (auto ok = handed_over(*log, listed); !ok) return fail(ok.error());
  return log;
}

}  // namespace suara::verify
