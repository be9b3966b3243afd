#include "tools/verify/html_report.hpp"

#include <catch2/catch.hpp>

#include "core/audit/audit.hpp"
#include "core/audit/bel_audit.hpp"
#include "tests/support/paper_ledger.hpp"
#include "tests/support/vectors.hpp"
#include "tools/verify/print.hpp"

using namespace suara;
using audit::Check;
using Catch::Matchers::Contains;
using verify::Language;
using verify::report_html;

namespace {

const audit::Report& held() {
  static const audit::Report report = [] {
    test::PaperLedger ledger({.voters = 3});
    ledger.cast(0, 1);
    ledger.cast(1, 1);
    ledger.cast(2, 2);
    ledger.close_and_certify();
    auto source = ledger.bundle();
    return audit::audit_bundle(source, {}).value();
  }();
  return report;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("the page says first whether the election verifies, then what follows") {
  const auto html = report_html(held(), Language::id);
  CHECK(html.find(">TERVERIFIKASI<") < html.find("<h2>"));
  CHECK(html.find("<h2>Hasil</h2>") < html.find("<h2>Yang diperiksa</h2>"));
  CHECK(html.find("<h2>Yang diperiksa</h2>") < html.find("<h2>Sidik jari</h2>"));
  CHECK(html.find("<h2>Sidik jari</h2>") < html.find("<h2>Yang tidak dibuktikan</h2>"));
  CHECK_THAT(html, Contains("<td class=\"n\">2</td><td><bdi>B</bdi></td><td class=\"n\">2</td>"));
  CHECK_THAT(html, Contains(held().root) && Contains(held().fingerprint) && Contains("kunci buku besar diambil dari"));
  CHECK(count(html, "✓ benar") == 14);  // no running counts, no witnesses
  CHECK_THAT(html, !Contains("<h2>Kesalahan</h2>"));
}

TEST_CASE("the page has nothing from outside, no script, and is the same each time") {
  for (const auto language : {Language::id, Language::en}) {
    const auto html = report_html(held(), language);
    CHECK(html == report_html(held(), language));
    CHECK_THAT(html, !Contains("<script") && !Contains("http://") && !Contains("https://") && !Contains("src=") &&
                         !Contains("href=") && !Contains("url(") && !Contains("{}"));
    CHECK_THAT(html, Contains("default-src 'none'") && Contains("@media print"));
  }
  CHECK_THAT(report_html(held(), Language::en), Contains("<html lang=\"en\">") && Contains("What is not proved"));
}

TEST_CASE("a fault turns the verdict and is placed") {
  auto report = held();
  report.checks[static_cast<std::size_t>(Check::ballots)].faults = 2;
  report.checks[static_cast<std::size_t>(Check::ballots)].fault = audit::Fault{Check::ballots, Seq{1234}, "a <lie>"};
  const auto html = report_html(report, Language::id);
  CHECK_THAT(html, Contains(">TIDAK TERVERIFIKASI<") && Contains("Jumlah kesalahan yang ditemukan: 2.") &&
                       Contains("entri 1.234") && Contains("a &lt;lie&gt;") && Contains("SALAH (2)"));
  CHECK_THAT(report_html(report, Language::en), Contains("entry 1,234"));
}

TEST_CASE("no text of the record reaches the page as markup") {
  auto report = held();
  const std::string evil = "<img src=x onerror='a'>\"&";
  report.election_name = report.key = report.root = report.fingerprint = report.uuid.value = evil;
  report.contests[0].question.question = evil;
  for (auto& candidate : report.contests[0].candidates) candidate.name = evil;
  const auto html = report_html(report, Language::id);
  CHECK_THAT(html, !Contains("<img") && !Contains("onerror='"));
  CHECK(count(html, "&lt;img src=x onerror=&#39;a&#39;&gt;&quot;&amp;") == 9);
}

TEST_CASE("blank votes stand last, under their own name") {
  auto report = held();
  report.contests[0].question.blank = true;
  report.result->at(0).insert(report.result->at(0).begin(), 1'000'007);
  CHECK_THAT(report_html(report, Language::id),
             Contains("<td><bdi>C</bdi></td><td class=\"n\">1</td></tr>\n<tr><td class=\"n\"></td><td>Suara kosong</td>"
                      "<td class=\"n\">1.000.007</td>"));
  CHECK_THAT(verify::report_text(report), Contains("1000007  blank") && Contains("        1  3. C"));
}

TEST_CASE("an archive's report tells that it has no ledger's key") {
  const auto bytes = test::read_file(test::vector_path("belenios/basic/election.bel"));
  const auto report = audit::audit_bel(bytes, {});
  REQUIRE(report.verified());
  const auto html = report_html(report, Language::en);
  CHECK_THAT(html, Contains("none: a .bel archive is not signed") && Contains("– does not apply") &&
                       Contains("decryption proofs are weaker") && !Contains("Root of the ledger"));
  const auto text = verify::report_text(report);
  CHECK_THAT(text, Contains("Archive    .bel") && Contains("does not apply to a .bel archive") && !Contains("Key   "));
  const auto json = verify::report_json(report);
  CHECK_THAT(json, Contains(R"("kind":"bel")") && Contains(R"({"check":"tree","applies":false,"count":0)") &&
                       Contains(R"({"check":"ballots","applies":true)"));
}
