#include "tools/verify/compare.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/codec/json_writer.hpp"
#include "core/crypto/encoding.hpp"
#include "tools/verify/handover.hpp"

namespace suara::verify {
namespace {

// The first leaf that differs, by halving: prefixes with one root have the same entries.
Result<std::uint64_t> first_difference(const LogReader& a, const LogReader& b, std::uint64_t common) {
  std::uint64_t same = 0, different = common;
  while (different - same > 1) {
    const std::uint64_t middle = same + (different - same) / 2;
    const auto of_a = a.root_at(middle), of_b = b.root_at(middle);
    if (!of_a) return fail(of_a.error());
    if (!of_b) return fail(of_b.error());
    (*of_a == *of_b ? same : different) = middle;
  }
  return same;
}

Result<LogReader> open_log(audit::Source& source, const BundleKeys& keys, const char* which) {
  auto log = open_with_listed_keys(source, keys.ledger);
  if (!log) return fail(log.error().code, fmt::format("The {} bundle: {}", which, log.error().detail));
  return log;
}

Result<void> one_ledger(const BundleKeys& a, const BundleKeys& b) {
  if (a.ledger.front() == b.ledger.front()) return {};
  return fail(ErrorCode::wrong_election,
              fmt::format("These are two ledgers: {} and {}.", log::verifier_key_text(a.ledger.front()),
                          log::verifier_key_text(b.ledger.front())));
}

std::string_view is_words(Comparison::Is is) {
  switch (is) {
    case Comparison::Is::same:
      return "same";
    case Comparison::Is::first_is_older:
      return "first_is_older";
    case Comparison::Is::second_is_older:
      return "second_is_older";
    case Comparison::Is::fork:
      return "fork";
  }
  return "";
}

constexpr const char* entries_aside =
    "Compared were the signed heads and their trees; whether a bundle's entries are those of its tree, `suara-verify "
    "BUNDLE` tells.\n";

std::string head(const log::Checkpoint& checkpoint) {
  return fmt::format("{} entries, root {}", checkpoint.size, crypto::to_base64(checkpoint.root.view()));
}

}  // namespace

Result<Comparison> compare(audit::Source& first, audit::Source& second) {
  const auto keys_of_a = read_bundle_keys(first), keys_of_b = read_bundle_keys(second);
  if (!keys_of_a) return fail(keys_of_a.error());
  if (!keys_of_b) return fail(keys_of_b.error());
  if (auto ok = one_ledger(*keys_of_a, *keys_of_b); !ok) return fail(ok.error());
  const auto a = open_log(first, *keys_of_a, "first");
  if (!a) return fail(a.error());
  const auto b = open_log(second, *keys_of_b, "second");
  if (!b) return fail(b.error());
  Comparison out;
  out.first = a->checkpoint();
  out.second = b->checkpoint();
  out.first_note = a->note();
  out.second_note = b->note();
  const std::uint64_t common = std::min(out.first.size, out.second.size);
  const auto of_a = a->root_at(common), of_b = b->root_at(common);
  if (!of_a) return fail(of_a.error());
  if (!of_b) return fail(of_b.error());
  if (*of_a != *of_b) {
    out.is = Comparison::Is::fork;
    const auto at = first_difference(*a, *b, common);
    if (!at) return fail(at.error());
    out.differs_at = *at;
  } else if (out.first.size < out.second.size) {
    out.is = Comparison::Is::first_is_older;
  } else if (out.first.size > out.second.size) {
    out.is = Comparison::Is::second_is_older;
  }
  return out;
}

std::string comparison_text(const Comparison& comparison) {
  std::string out = fmt::format("Ledger     {}\nFirst      {}\nSecond     {}\n\n", comparison.first.origin.value,
                                head(comparison.first), head(comparison.second));
  const std::uint64_t larger = std::max(comparison.first.size, comparison.second.size);
  const std::uint64_t more = larger - std::min(comparison.first.size, comparison.second.size);
  switch (comparison.is) {
    case Comparison::Is::same:
      return out + "SAME: both sign one tree.\n" + entries_aside;
    case Comparison::Is::first_is_older:
      return out + fmt::format("CONTINUED: the second's tree is the first's with {} more entries.\n", more) + entries_aside;
    case Comparison::Is::second_is_older:
      return out + fmt::format("CONTINUED: the first's tree is the second's with {} more entries.\n", more) + entries_aside;
    case Comparison::Is::fork:
      break;
  }
  return out +
         fmt::format(
             "FORK: the two differ from entry {} on, and the ledger's key signed both. Nobody can have been shown "
             "both in good faith: keep both bundles as evidence. The signed heads:\n\n{}\n{}",
             *comparison.differs_at, comparison.first_note, comparison.second_note);
}

std::string comparison_json(const Comparison& comparison) {
  codec::JsonWriter json(codec::JsonWriter::Order::as_written);
  const auto side = [&](const char* name, const log::Checkpoint& checkpoint, const std::string& note) {
    json.key(name).begin_object().number("size", checkpoint.size);
    json.text("root", crypto::to_base64(checkpoint.root.view())).text("checkpoint", note).end_object();
  };
  json.begin_object().text("ledger", comparison.first.origin.value).text("verdict", is_words(comparison.is));
  side("first", comparison.first, comparison.first_note);
  side("second", comparison.second, comparison.second_note);
  json.key("differs_at");
  if (comparison.differs_at) {
    json.number(*comparison.differs_at);
  } else {
    json.null();
  }
  return json.end_object().take() + "\n";
}

}  // namespace suara::verify
