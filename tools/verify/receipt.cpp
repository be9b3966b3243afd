#include "tools/verify/receipt.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/codec/entry_body.hpp"
#include "core/codec/event.hpp"
#include "core/codec/json_writer.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "core/log/cosignature.hpp"
#include "core/log/entry.hpp"
#include "core/log/tlog_proof.hpp"
#include "tools/verify/handover.hpp"

namespace suara::verify {
namespace {

struct BallotOf {
  std::string tracker;
  std::string credential;
};

// Of an entry that records a ballot, cast or challenged.
std::optional<BallotOf> ballot_of(const codec::EntryBody& body) {
  if (body.type != "BallotCast" && body.type != "BallotChallenged") return std::nullopt;
  const auto event = codec::read_event(body.type, body.v, body.data, codec::Trust::full);
  if (!event) return std::nullopt;
  const auto told = [](const std::string& text, const ballot::Ballot& parsed) {
    return BallotOf{crypto::to_base64_unpadded(crypto::sha256(text).view()), parsed.credential.to_text()};
  };
  if (const auto* cast = std::get_if<election::BallotCast>(&*event)) return told(cast->ballot, cast->parsed);
  const auto& challenged = std::get<election::BallotChallenged>(*event);
  return told(challenged.ballot, challenged.parsed);
}

Result<codec::EntryBody> body_of(std::string_view entry) {
  const auto split = log::split_entry(entry);
  if (!split) return fail(split.error());
  return codec::decode_entry_body(split->body);
}

Result<void> judge_witnesses(const log::TlogProof& proof, const BundleKeys& keys, Receipt& receipt) {
  receipt.needed = keys.needed;
  if (keys.witnesses.empty()) return {};
  const auto note = log::parse_note(proof.checkpoint);
  if (!note) return fail(note.error());
  const auto seen = log::seen_by(*note, keys.witnesses);
  if (!seen) return fail(seen.error());
  for (const auto& each : *seen) receipt.seen.push_back(keys.witnesses[each.witness].name);
  return {};
}

std::string_view is_words(Standing::Is is) {
  switch (is) {
    case Standing::Is::counted:
      return "counted";
    case Standing::Is::replaced:
      return "replaced";
    case Standing::Is::challenged:
      return "challenged";
    case Standing::Is::recorded:
      return "recorded";
    case Standing::Is::older:
      return "older";
    case Standing::Is::missing:
      return "missing";
  }
  return "";
}

std::string standing_text(const Standing& standing, const Receipt& receipt) {
  switch (standing.is) {
    case Standing::Is::counted:
      return "counted: no later ballot took its place.";
    case Standing::Is::replaced:
      return fmt::format("replaced by the same voter's later ballot, entry {}.", *standing.by);
    case Standing::Is::challenged:
      return "opened by its voter for checking; such a ballot is never counted.";
    case Standing::Is::recorded:
      return "recorded.";
    case Standing::Is::older:
      return fmt::format(
          "NOT THERE: the bundle has {} entries, but {} were signed when the receipt was made. It is an older copy, or "
          "the ledger was rolled back.",
          standing.size, receipt.size);
    case Standing::Is::missing:
      return "NOT THERE: the bundle tells another history than the one that was signed for this receipt. Keep both "
             "files: together they prove that the ledger's keeper signed two histories.";
  }
  return "";
}

// Whoever trusts one key of a ledger trusts those that its entries hand over to.
Result<LogReader> open_trusted(audit::Source& source, const std::vector<log::VerifierKey>& trusted) {
  const auto listed = read_bundle_keys(source);
  if (!listed) return fail(listed.error());
  const auto is_listed = [&](const log::VerifierKey& key) {
    return std::find(listed->ledger.begin(), listed->ledger.end(), key) != listed->ledger.end();
  };
  if (std::all_of(trusted.begin(), trusted.end(), is_listed)) return open_with_listed_keys(source, listed->ledger);
  return LogReader::open(source, trusted);
}

}  // namespace

Result<Receipt> open_receipt(std::string_view file, const BundleKeys& keys) {
  const auto proof = log::parse_tlog_proof(file);
  if (!proof) return fail(proof.error());
  if (!proof->extra) return fail(ErrorCode::malformed, "Receipt: it does not carry its entry (the line `extra`).");
  auto body = body_of(*proof->extra);
  if (!body) return fail(body.error());
  Receipt receipt;
  receipt.leaf = log::leaf_hash(*proof->extra);
  auto checkpoint = log::verify_tlog_proof(*proof, receipt.leaf, keys.ledger);
  if (!checkpoint) {
    if (checkpoint.error().code != ErrorCode::malformed) return fail(checkpoint.error());
    return fail(ErrorCode::integrity, checkpoint.error().detail);  // proof and tree do not fit
  }
  if (body->seq.value != proof->index || body->ledger != checkpoint->origin) {
    return fail(ErrorCode::integrity, "Receipt: its entry says that it is another one, or of another ledger.");
  }
  receipt.origin = checkpoint->origin.value;
  receipt.index = proof->index;
  receipt.time = format_time(body->time);
  receipt.type = body->type;
  receipt.size = checkpoint->size;
  receipt.root = checkpoint->root;
  if (auto ballot = ballot_of(*body)) {
    receipt.tracker = std::move(ballot->tracker);
    receipt.credential = std::move(ballot->credential);
  }
  if (auto ok = judge_witnesses(*proof, keys, receipt); !ok) return fail(ok.error());
  return receipt;
}

Result<Standing> standing_in(audit::Source& source, const Receipt& receipt, const BundleKeys& keys) {
  const auto log = open_trusted(source, keys.ledger);
  if (!log) return fail(log.error());
  Standing standing;
  standing.size = log->checkpoint().size;
  if (log->checkpoint().origin.value != receipt.origin) {
    return fail(ErrorCode::wrong_election, "The bundle is of the ledger " + log->checkpoint().origin.value +
                                               ", the receipt of " + receipt.origin + ".");
  }
  if (standing.size < receipt.size) {
    // What both have must be the same all the same, which only the receipt's own place can show.
    standing.is = Standing::Is::older;
    if (receipt.index >= standing.size) return standing;
    const auto leaf = log->leaf(receipt.index);
    if (!leaf) return fail(leaf.error());
    if (*leaf != receipt.leaf) standing.is = Standing::Is::missing;
    return standing;
  }
  const auto root = log->root_at(receipt.size);
  if (!root) return fail(root.error());
  if (*root != receipt.root) {
    standing.is = Standing::Is::missing;
    return standing;
  }
  if (receipt.tracker.empty()) return standing;
  standing.is = receipt.type == "BallotChallenged" ? Standing::Is::challenged : Standing::Is::counted;
  if (standing.is == Standing::Is::challenged) return standing;
  const auto walked = log->walk(receipt.index + 1, [&](std::uint64_t i, std::string_view entry) {
    const auto body = body_of(entry);
    if (!body || body->type != "BallotCast") return true;
    const auto later = ballot_of(*body);
    if (!later || later->credential != receipt.credential) return true;
    standing.is = Standing::Is::replaced;
    standing.by = i;
    return false;
  });
  if (!walked) return fail(walked.error());
  return standing;
}

std::string receipt_text(const Receipt& receipt, const std::optional<Standing>& standing) {
  std::string out =
      fmt::format("Ledger     {}\nEntry      {}, {}, {}\n", receipt.origin, receipt.index, receipt.type, receipt.time);
  if (!receipt.tracker.empty()) out += fmt::format("Tracker    {}\n", receipt.tracker);
  out += fmt::format("Checkpoint {} entries, root {}\n", receipt.size, crypto::to_base64(receipt.root.view()));
  for (const auto& name : receipt.seen) out += fmt::format("Witness    {}\n", name);
  if (standing)
    out += fmt::format("\nIn the bundle ({} entries): {}\n", standing->size, standing_text(*standing, receipt));
  const bool gone = standing && (standing->is == Standing::Is::missing || standing->is == Standing::Is::older);
  if (gone) return out + "\nThe receipt itself is genuine: the ledger's key signed a tree that holds this entry.\n";
  if (!receipt.witnessed()) {
    return out + fmt::format(
                     "\nNOT YET WITNESSED: the ledger's key signed a tree that holds this entry, but {} of the {} "
                     "witnesses that are needed have seen it. Until they have, others may have been shown another "
                     "ledger: save the receipt again later.\n",
                     receipt.seen.size(), receipt.needed);
  }
  out += receipt.tracker.empty() ? "\nRECORDED: this entry stands in the ledger.\n"
                                 : "\nRECORDED: this ballot stands in the ledger.\n";
  if (receipt.needed == 0) {
    out +=
        "Note: no witnesses were asked for: the ledger's keeper alone vouches that others were shown the same ledger. "
        "Give --witness and --needed, or --keys.\n";
  }
  if (!standing) out += "Note: whether a later ballot took its place only the ledger tells: give --in BUNDLE.\n";
  return out;
}

std::string receipt_json(const Receipt& receipt, const std::optional<Standing>& standing) {
  codec::JsonWriter json(codec::JsonWriter::Order::as_written);
  json.begin_object().boolean("recorded", true).text("ledger", receipt.origin).number("entry", receipt.index);
  json.text("type", receipt.type).text("time", receipt.time).text("tracker", receipt.tracker);
  json.key("checkpoint").begin_object().number("size", receipt.size);
  json.text("root", crypto::to_base64(receipt.root.view())).end_object();
  json.key("witnesses").begin_object().number("needed", receipt.needed).key("seen").begin_array();
  for (const auto& name : receipt.seen) json.text(name);
  json.end_array().boolean("enough", receipt.witnessed()).end_object().key("in_bundle");
  if (standing) {
    json.begin_object().text("standing", is_words(standing->is)).number("size", standing->size);
    if (standing->by) json.number("replaced_by", *standing->by);
    json.end_object();
  } else {
    json.null();
  }
  return json.end_object().take() + "\n";
}

}  // namespace suara::verify
