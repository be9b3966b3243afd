#include "tools/verify/html_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/html.hpp"

namespace suara::verify {
namespace {

using audit::Report;

constexpr std::string_view page_head = R"(<!doctype html>
<html lang="{0}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>{1}</title>
<style>
@page {{ size: A4 portrait; margin: 18mm 16mm }}
* {{ box-sizing: border-box }}
body {{ margin: 0 auto; padding: 24px 20px 48px; max-width: 820px; color: #1a1a1a; background: #fff;
  font: 16px/1.5 system-ui, "DejaVu Sans", sans-serif }}
h1 {{ font-size: 1.3rem; margin: 0 0 16px }}
h2 {{ font-size: 1.1rem; margin: 32px 0 8px; break-after: avoid }}
h3 {{ font-size: 1rem; margin: 16px 0 8px; break-after: avoid }}
p {{ margin: 0 0 8px }}
.verdict {{ border: 3px solid; padding: 12px 16px; break-inside: avoid }}
.verdict b {{ display: block; font-size: 1.6rem; line-height: 1.3 }}
.good {{ border-color: #1b6b3a; color: #14522c; background: #f1f8f3 }}
.bad {{ border-color: #a3161a; color: #8a1014; background: #fdf2f2 }}
table {{ width: 100%; border-collapse: collapse; margin: 0 0 8px }}
tr {{ break-inside: avoid }}
thead {{ display: table-header-group }}
th, td {{ text-align: left; vertical-align: top; padding: 6px 8px; border-bottom: 1px solid #bbb }}
th[scope=row] {{ font-weight: 600 }}
.n {{ text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }}
.mark {{ white-space: nowrap }}
.wrong {{ color: #8a1014; font-weight: 700 }}
.facts th {{ width: 38%; font-weight: 400; color: #444 }}
code {{ font: 0.85em/1.5 "DejaVu Sans Mono", ui-monospace, monospace; overflow-wrap: anywhere }}
small {{ color: #444; font-weight: 400 }}
.place {{ width: 3.5rem }}
footer {{ margin-top: 32px; border-top: 1px solid #bbb; padding-top: 8px; font-size: 0.85rem; color: #444 }}
@media screen and (max-width: 480px) {{
  body {{ padding: 16px 12px 32px }}
  th, td {{ padding: 6px 4px; overflow-wrap: anywhere }}
  .n, .mark {{ white-space: normal }}
}}
@media print {{ body {{ padding: 0; max-width: none; font-size: 10.5pt }} .verdict {{ background: none }} }}
</style>
</head>
<body>
<h1>{1}</h1>
)";

// Names in the record may turn the direction of writing; <bdi> keeps that inside.
std::string shown(std::string_view text) { return "<bdi>" + escape_html(text) + "</bdi>"; }

class Page {
 public:
  Page(const Report& report, Language language) : report_(report), language_(language), words_(words(language)) {}

  std::string write() {
    out_ = fmt::format(page_head, words_.code, words_.title);
    verdict();
    election();
    result();
    checks();
    faults();
    fingerprints();
    not_proved();
    out_ += fmt::format("<footer>{}</footer>\n</body>\n</html>\n", words_.footer);
    return std::move(out_);
  }

 private:
  std::string number(std::uint64_t value) const {
    std::string digits = std::to_string(value);
    for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, words_.thousands);
    return digits;
  }

  template <class T>
  static std::string filled(std::string_view sentence, const T& part) {
    return fmt::format(fmt::runtime(sentence), part);
  }

  void heading(std::string_view text) { out_ += fmt::format("<h2>{}</h2>\n", text); }
  void fact(std::string_view what, const std::string& html) {
    out_ += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", what, html);
  }
  std::string code(std::string_view text) const { return "<code>" + shown(text) + "</code>"; }

  void verdict() {
    std::uint64_t faults = 0;
    for (const auto& check : report_.checks) faults += check.faults;
    const bool good = report_.verified();
    out_ += fmt::format("<div class=\"verdict {}\"><b>{}</b>{}</div>\n", good ? "good" : "bad",
                        good ? words_.verified : words_.not_verified,
                        good ? std::string(words_.verified_line) : filled(words_.not_verified_line, number(faults)));
  }

  void election() {
    if (!report_.phase) return;
    heading(words_.election);
    out_ += "<table class=\"facts\">\n";
    fact(words_.name, shown(report_.election_name));
    fact(words_.uuid, code(report_.uuid.str()));
    fact(words_.phase, std::string(phase_words(*report_.phase, language_)));
    fact(words_.ballots, number(report_.ballots));
    fact(words_.counted, number(report_.counted));
    if (report_.weight != report_.counted) fact(words_.weight, number(report_.weight));
    out_ += "</table>\n";
  }

  void result() {
    heading(words_.result);
    if (!report_.result) {
      out_ += fmt::format("<p>{}</p>\n", words_.no_result);
      return;
    }
    for (std::size_t q = 0; q < report_.result->size() && q < report_.contests.size(); ++q) {
      question(report_.contests[q], (*report_.result)[q]);
    }
  }

  void question(const election::Contest& contest, const std::vector<std::uint64_t>& counts) {
    out_ += fmt::format(
        "<h3>{}</h3>\n<table>\n<thead><tr><th scope=\"col\" class=\"n place\">{}</th><th scope=\"col\">{}</th>"
        "<th scope=\"col\" class=\"n\">{}</th></tr></thead>\n",
        shown(contest.question.question), words_.number, words_.candidate, words_.votes);
    const std::size_t first = contest.question.blank ? 1 : 0;
    for (std::size_t a = 0; a < contest.candidates.size() && first + a < counts.size(); ++a) {
      row(std::to_string(contest.candidates[a].number), shown(contest.candidates[a].name), counts[first + a]);
    }
    if (contest.question.blank && !counts.empty()) row("", std::string(words_.blank), counts[0]);
    out_ += "</table>\n";
  }

  void row(const std::string& place, const std::string& name, std::uint64_t count) {
    out_ +=
        fmt::format("<tr><td class=\"n\">{}</td><td>{}</td><td class=\"n\">{}</td></tr>\n", place, name, number(count));
  }

  std::string outcome(const audit::CheckResult& check) const {
    if (check.faults > 0) {
      return "<span class=\"wrong\">✗ " + filled(words_.fault, number(check.faults)) + "</span>";
    }
    if (!check.applies) return fmt::format("– {}", words_.does_not_apply);
    return check.count > 0 ? fmt::format("✓ {}", words_.ok) : fmt::format("– {}", words_.none);
  }

  void checks() {
    heading(words_.checks);
    out_ += fmt::format(
        "<p>{}</p>\n<table>\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\" class=\"n\">{}</th>"
        "<th scope=\"col\">{}</th></tr></thead>\n",
        words_.checks_line, words_.rule, words_.looked_at, words_.outcome);
    for (const auto& check : report_.checks) {
      const auto text = check_words(check.check, language_);
      out_ += fmt::format(
          "<tr><th scope=\"row\">{}<br><small>{}</small></th><td class=\"n\">{}</td><td class=\"mark\">{}"
          "</td></tr>\n",
          text.name, text.rule, check.applies ? number(check.count) : "–", outcome(check));
    }
    out_ += "</table>\n";
  }

  std::string place(const audit::Fault& fault) const {
    if (!fault.entry) return std::string(words_.at_whole);
    return filled(report_.is_archive() ? words_.at_event : words_.at_entry, number(fault.entry->value));
  }

  void faults() {
    if (report_.verified()) return;
    heading(words_.faults);
    out_ += fmt::format("<p>{}</p>\n<ul>\n", words_.faults_line);
    for (const auto& check : report_.checks) {
      if (!check.fault) continue;
      out_ += fmt::format("<li>{}, {}: {}</li>\n", check_words(check.check, language_).name, place(*check.fault),
                          shown(check.fault->what));
    }
    out_ += "</ul>\n";
  }

  void fingerprints() {
    heading(words_.fingerprints);
    out_ += fmt::format("<p>{}</p>\n<table class=\"facts\">\n", words_.fingerprints_line);
    if (report_.is_archive()) {
      fact(words_.key, std::string(words_.no_key));
      fact(words_.events, number(report_.size));
    } else {
      fact(words_.key, fmt::format("{}<br><small>{}</small>", code(report_.key),
                                   report_.key_pinned ? words_.key_given : words_.key_own));
      fact(words_.root, code(report_.root));
      fact(words_.size, number(report_.size));
    }
    if (!report_.fingerprint.empty()) fact(words_.fingerprint, code(report_.fingerprint));
    out_ += "</table>\n";
  }

  void not_proved() {
    heading(words_.not_proved);
    out_ += "<ul>\n";
    const auto item = [this](std::string_view text) { out_ += fmt::format("<li>{}</li>\n", text); };
    for (const auto text : words_.never_proved) item(text);
    if (report_.is_archive()) {
      item(words_.archive);
    } else {
      if (!report_.key_pinned) item(words_.own_key);
      item(words_.same_ledger);
    }
    if (!report_.result) item(words_.not_over);
    out_ += "</ul>\n";
  }

  const Report& report_;
  Language language_;
  const Words& words_;
  std::string out_;
};

}  // namespace

std::string report_html(const Report& report, Language language) { return Page(report, language).write(); }

}  // namespace suara::verify
