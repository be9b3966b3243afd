#include "http/handlers/stored_entries.hpp"

#include <charconv>

#include "core/log/entry.hpp"
#include "core/log/tiles.hpp"

namespace suara::http {
namespace {

Result<std::uint64_t> bundle_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (whole && number <= log::max_tree_size / log::tile_width) return number;
  return fail(ErrorCode::not_found, "A bundle is named by its number: the entry's divided by 256.");
}

}  // namespace

Handler show_stored_entries(ledger::EventStore& store, Ledgers& ledgers) {
  return at_once([&store, &ledgers](const Call& call) -> Result<Response> {
    const auto bundle = bundle_number(call.rest);
    if (!bundle) return fail(bundle.error());
    const auto count = number_parameter(call.request, "count", log::tile_width, 1, log::tile_width);
    if (!count) return fail(count.error());
    const auto ledger = ledgers.find(call.uuid);
    if (!ledger) return fail(ledger.error());
    auto rows = store.read(ledger->id, Seq{*bundle * log::tile_width}, *count, log::max_bundle_size);
    if (!rows) return fail(std::move(rows.error()));
    if (rows->empty()) return fail(ErrorCode::not_found, "The ledger does not reach that far.");

    std::vector<std::string> entries;
    for (auto& row : *rows) {
      if (row.bytes.size() > log::max_entry_size) {
        return fail(ErrorCode::integrity,
                    "Entry " + std::to_string(row.seq.value) + " is stored longer than an entry can be.");
      }
      entries.push_back(std::move(row.bytes));
    }
    Response response;
    response.content_type = "application/octet-stream";
    response.body = std::make_shared<const std::string>(log::encode_bundle(entries));
    response.headers.emplace_back("Access-Control-Allow-Origin", "*");
    return response;
  });
}

}  // namespace suara::http
