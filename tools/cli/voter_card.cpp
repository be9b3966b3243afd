#include "tools/cli/voter_card.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <qrcodegen/qrcodegen.hpp>
#include <tuple>

#include "core/base/html.hpp"
#include "core/crypto/secret.hpp"
#include "tools/cli/files.hpp"

namespace suara::cli {
namespace {

constexpr std::size_t cards_a_page = 8;

// Indonesian first; the one English line serves those who do not read it.
constexpr auto page_head = R"(<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>{}: {}</title>
<style>
@page {{ size: A4 portrait; margin: 0 }}
* {{ box-sizing: border-box }}
body {{ margin: 0; font-family: system-ui, "DejaVu Sans", sans-serif; color: #000; background: #fff }}
.sheet {{ width: 210mm; height: 296mm; padding: 8mm 7mm; display: grid; grid-template: repeat(4, 70mm) / repeat(2, 98mm);
  break-after: page }}
.sheet:last-child {{ break-after: auto }}
.card {{ position: relative; overflow: hidden; padding: 4mm 4mm 3mm; outline: 0.2mm dashed #777;
  display: grid; grid-template: auto 1fr auto / 1fr 31mm; column-gap: 3mm }}
.card header {{ grid-column: 1 / 3; font-size: 9pt; border-bottom: 0.3mm solid #000; padding-bottom: 1mm }}
.card header b {{ display: block; font-size: 11pt; max-height: 2.4em; overflow: hidden }}
.who {{ font-size: 9pt; padding-top: 2mm; overflow: hidden }}
.who b {{ display: block; font-size: 11.5pt; max-height: 2.4em; overflow: hidden }}
.card svg {{ width: 31mm; height: 31mm; margin-top: 1mm }}
.code {{ grid-column: 1 / 3; font-size: 8pt }}
.code b {{ display: block; font: 700 14pt "DejaVu Sans Mono", ui-monospace, monospace; white-space: nowrap }}
.code p {{ margin: 0.7mm 0 0; overflow-wrap: anywhere }}
</style>
</head>
<body>
)";

// Runs of dark modules in a row become one rectangle each, which keeps a card's picture near 3 kB.
std::string qr_svg(const std::string& text) {
  const auto qr = qrcodegen::QrCode::encodeText(text.c_str(), qrcodegen::QrCode::Ecc::MEDIUM);
  constexpr int quiet = 2;  // the card's own white adds to it
  const int size = qr.getSize();
  std::string path;
  for (int y = 0; y < size; ++y) {
    for (int x = 0; x < size; ++x) {
      if (!qr.getModule(x, y)) continue;
      const int from = x;
      while (x < size && qr.getModule(x, y)) ++x;
      path += fmt::format("M{} {}h{}v1h-{}z", from + quiet, y + quiet, x - from, x - from);
    }
  }
  const int side = size + 2 * quiet;
  return fmt::format(
      R"(<svg viewBox="0 0 {} {}" role="img" aria-label="Kode QR" shape-rendering="crispEdges"><path d="{}"/></svg>)",
      side, side, path);
}

std::string weight_line(const VoterCard& card) {
  return card.weight == 1 ? std::string() : fmt::format("<br>Bobot suara {}", card.weight);
}

std::string card_html(const CardSheet& sheet, const VoterCard& card) {
  // A card in a sealed envelope bears nobody's name: who will get it is not known.
  const std::string holder = card.name.empty() ? "Kartu tanpa nama" : escape_html(card.name);
  const std::string klass = card.klass.empty() ? std::string() : escape_html(card.klass) + "<br>";
  return fmt::format(
      R"(<section class="card"><header><b>{}</b>{}</header>
<div class="who"><b>{}</b>{}{}<br>No. {}{}</div>{}
<div class="code">Kode pemilih<b>{}</b><p>Pindai QR, atau buka {} dan ketik kode. Rahasiakan kode ini.<br>
<span lang="en">Scan, or open the address and type the code. Keep it secret.</span></p></div></section>
)",
      escape_html(sheet.election), escape_html(sheet.title), holder, klass, escape_html(card.place_name),
      escape_html(card.id), weight_line(card), qr_svg(sheet.vote_url + "#" + card.code), card.code,
      escape_html(sheet.vote_url));
}

std::vector<const VoterCard*> in_handing_order(const std::vector<VoterCard>& cards) {
  std::vector<const VoterCard*> order;
  for (const auto& card : cards) order.push_back(&card);
  std::sort(order.begin(), order.end(), [](const VoterCard* a, const VoterCard* b) {
    return std::tie(a->place, a->klass, a->name, a->id) < std::tie(b->place, b->klass, b->name, b->id);
  });
  return order;
}

}  // namespace

Outcome<void> write_cards_html(const std::filesystem::path& path, const CardSheet& sheet,
                               const std::vector<VoterCard>& cards) {
  auto file = NewFile::begin(path, FileMode::secret);
  if (!file) return stop(file.error());
  if (auto written = file->append(fmt::format(page_head, escape_html(sheet.title), escape_html(sheet.election)));
      !written)
    return written;
  const auto order = in_handing_order(cards);
  for (std::size_t first = 0; first < order.size(); first += cards_a_page) {
    std::string page = "<div class=\"sheet\">\n";
    for (std::size_t i = first; i < std::min(order.size(), first + cards_a_page); ++i) {
      page += card_html(sheet, *order[i]);
    }
    page += "</div>\n";
    auto written = file->append(page);
    crypto::wipe(page.data(), page.size());
    if (!written) return written;
  }
  if (auto written = file->append("</body>\n</html>\n"); !written) return written;
  return file->finish();
}

}  // namespace suara::cli
