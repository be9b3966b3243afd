#include "tools/verify/print.hpp"

#include <fmt/format.h>

#include "core/codec/json_writer.hpp"

namespace suara::verify {
namespace {

using audit::Report;

std::string place(const Report& report, const audit::Fault& fault) {
  if (!fault.entry) return report.is_archive() ? "the whole archive" : "the whole ledger";
  return fmt::format("{} {}", report.is_archive() ? "event" : "entry", fault.entry->value);
}

std::string_view outcome(const audit::CheckResult& check) {
  if (check.faults > 0) return "FAULT";
  return !check.applies ? "-" : check.count > 0 ? "ok" : "none";
}

void write_fault(codec::JsonWriter& json, const audit::Fault& fault) {
  json.begin_object().text("check", audit::check_name(fault.check)).key("entry");
  if (fault.entry) {
    json.number(fault.entry->value);
  } else {
    json.null();
  }
  json.text("what", fault.what).end_object();
}

void write_election(codec::JsonWriter& json, const Report& report) {
  if (!report.phase) {
    json.null();
    return;
  }
  json.begin_object()
      .text("name", report.election_name)
      .text("uuid", report.uuid.value)
      .text("phase", election::phase_name(*report.phase))
      .number("ballots", report.ballots)
      .number("counted", report.counted)
      .number("weight", report.weight)
      .text("fingerprint", report.fingerprint)
      .key("result");
  if (report.result) {
    json.begin_array();
    for (const auto& question : *report.result) {
      json.begin_array();
      for (const auto count : question) json.number(count);
      json.end_array();
    }
    json.end_array();
  } else {
    json.null();
  }
  json.end_object();
}

std::string result_text(const Report& report) {
  std::string out;
  for (std::size_t q = 0; q < report.result->size() && q < report.contests.size(); ++q) {
    const auto& contest = report.contests[q];
    out += fmt::format("\nResult     {}\n", contest.question.question);
    const auto& counts = (*report.result)[q];
    const std::size_t first = contest.question.blank ? 1 : 0;
    for (std::size_t a = 0; a < contest.candidates.size() && first + a < counts.size(); ++a) {
      out +=
          fmt::format("  {:>9}  {}. {}\n", counts[first + a], contest.candidates[a].number, contest.candidates[a].name);
    }
    if (contest.question.blank && !counts.empty()) out += fmt::format("  {:>9}  blank\n", counts[0]);
  }
  return out;
}

std::string contradiction_text(const Report::Contradiction& contradiction) {
  const bool fork = contradiction.kind == Report::Contradiction::Kind::fork;
  return fmt::format(
      "\n{}: the ledger that an earlier run verified is not the one of this bundle{}. Both heads are signed with the "
      "ledger's key; keep them as evidence.\n\nSeen before:\n{}\nNow:\n{}\n",
      fork ? "FORK" : "ROLLBACK", fork ? ", grown" : ": entries were taken away", contradiction.seen,
      contradiction.now);
}

}  // namespace

std::string report_text(const Report& report) {
  std::string out;
  if (report.phase) {
    out += fmt::format("Election   {} ({}), {}\n", report.election_name, report.uuid.value,
                       election::phase_name(*report.phase));
  }
  if (!report.fingerprint.empty()) out += fmt::format("           fingerprint {}\n", report.fingerprint);
  if (report.is_archive()) {
    out += fmt::format("Archive    .bel, {} events; it has no ledger's key\n\n", report.size);
  } else {
    out += fmt::format("Ledger     {}, {} entries, root {}\n", report.origin, report.size, report.root);
    out += fmt::format("Key        {} ({})\n\n", report.key,
                       report.key_pinned ? "given with --key" : "taken from the bundle itself");
  }
  if (report.witnessed) {
    const auto& witnessed = *report.witnessed;
    out += fmt::format("Witnesses  {} of {} needed; {} entries seen by {}\n\n", witnessed.needed,
                       witnessed.names.size(), witnessed.size,
                       witnessed.seen.empty() ? "none yet" : fmt::format("{}", fmt::join(witnessed.seen, ", ")));
  }
  for (const auto& check : report.checks) {
    out += fmt::format("  {:<5} {:<13} {:>9}  {}\n", outcome(check), audit::check_name(check.check), check.count,
                       check.applies        ? audit::check_title(check.check)
                       : report.is_archive() ? "does not apply to a .bel archive"
                                            : "the draft asks for no witnesses");
    if (check.fault) {
      out += fmt::format("        {} fault{}; the first at {}: {}\n", check.faults, check.faults == 1 ? "" : "s",
                         place(report, *check.fault), check.fault->what);
    }
  }
  if (report.result) out += result_text(report);
  out += "\n";
  for (const auto& note : report.notes) out += fmt::format("Note: {}\n", note);
  if (report.recalled > 0) {
    out += fmt::format("Note: the first {} entries were verified by an earlier run and are recalled from its file.\n",
                       report.recalled);
  }
  if (report.contradiction) out += contradiction_text(*report.contradiction);
  if (report.verified()) {
    out += fmt::format("VERIFIED: {} {}, {} ballots accepted, {} counted, no fault.\n", report.size,
                       report.is_archive() ? "events" : "entries", report.ballots, report.counted);
  } else {
    const auto fault = report.first_fault();
    out += fmt::format("NOT VERIFIED: the first fault is at {} (check '{}'): {}\n", place(report, *fault),
                       audit::check_name(fault->check), fault->what);
  }
  return out;
}

std::string report_json(const Report& report) {
  codec::JsonWriter json(codec::JsonWriter::Order::as_written);
  json.begin_object().boolean("verified", report.verified());
  json.text("kind", report.is_archive() ? "bel" : "bundle");
  json.key("ledger").begin_object();
  json.text("origin", report.origin).text("key", report.key).boolean("key_pinned", report.key_pinned);
  json.number("size", report.size).text("root", report.root).end_object();
  json.key("election");
  write_election(json, report);
  json.key("checks").begin_array();
  for (const auto& check : report.checks) {
    json.begin_object().text("check", audit::check_name(check.check)).boolean("applies", check.applies);
    json.number("count", check.count);
    json.number("faults", check.faults).key("first");
    if (check.fault) {
      write_fault(json, *check.fault);
    } else {
      json.null();
    }
    json.end_object();
  }
  json.end_array().key("witnessed");
  if (report.witnessed) {
    json.begin_object().number("needed", report.witnessed->needed).number("size", report.witnessed->size);
    json.key("seen").begin_array();
    for (const auto& name : report.witnessed->seen) json.text(name);
    json.end_array().end_object();
  } else {
    json.null();
  }
  json.number("recalled", report.recalled).key("contradiction");
  if (report.contradiction) {
    const bool fork = report.contradiction->kind == Report::Contradiction::Kind::fork;
    json.begin_object().text("kind", fork ? "fork" : "rollback");
    json.text("seen", report.contradiction->seen).text("now", report.contradiction->now).end_object();
  } else {
    json.null();
  }
  json.key("first_fault");
  if (const auto fault = report.first_fault()) {
    write_fault(json, *fault);
  } else {
    json.null();
  }
  json.key("notes").begin_array();
  for (const auto& note : report.notes) json.text(note);
  json.end_array().end_object();
  return json.take() + "\n";
}

}  // namespace suara::verify
