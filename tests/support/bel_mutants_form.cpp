#include "core/codec/bel_tar.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "tests/support/bel_mutants.hpp"

// The archive itself: tar, names, chain, order of events.
namespace suara::test {
namespace {

using codec::BelEventType;
using Items = std::vector<BelItem>;
using Steps = std::vector<BelStep>;

constexpr std::size_t block = 512;

// A header whose field says something else, its checksum made right again.
std::string with_header(std::string bytes, std::size_t entry, std::size_t field, std::string_view value) {
  std::size_t at = 0;
  for (; entry > 0; --entry) {
    const auto size = std::stoul(bytes.substr(at + 124, 11), nullptr, 8);
    at += block + (size + block - 1) / block * block;
  }
  bytes.replace(at + field, value.size(), value);
  bytes.replace(at + 148, 8, "        ");
  unsigned sum = 0;
  for (std::size_t i = 0; i < block; ++i) sum += static_cast<unsigned char>(bytes[at + i]);
  std::string octal(6, '0');
  for (std::size_t i = 6; i-- > 0; sum >>= 3) octal[i] = static_cast<char>('0' + (sum & 7));
  bytes.replace(at + 148, 8, octal + std::string("\0 ", 2));
  return bytes;
}

void add_tar(BelMutants& basic) {
  const auto& bytes = basic.source().bytes;
  basic.add("tar-mode", "entries", with_header(bytes, 3, 100, "0000600"));
  basic.add("tar-owner", "entries", with_header(bytes, 3, 108, "0001750"));
  basic.add("tar-time", "entries", with_header(bytes, 7, 136, "15300000000"));
  basic.add("tar-type", "entries", with_header(bytes, 2, 156, "7"));
  basic.add("tar-magic", "entries", with_header(bytes, 1, 257, std::string_view("ustar", 5)));
  basic.add("tar-user-name", "entries", with_header(bytes, 1, 265, "root"));
  std::string changed = bytes;
  changed[148] = '7';
  basic.add("tar-checksum", "entries", changed);
  basic.add("tar-end-blocks", "entries", bytes + std::string(2 * block, '\0'));
  basic.add("tar-cut-off", "entries", bytes.substr(0, bytes.size() - block));
  basic.add("tar-cut-in-a-header", "entries", bytes.substr(0, bytes.size() - block - 100));
  changed = bytes;
  changed[2 * block - 1] = ' ';  // after BELENIOS
  basic.add("tar-padding", "entries", changed);
  const auto time = basic.source().parts.timestamp;
  const auto items = bel_items(bel_steps(basic.source().parts), time);
  basic.add("tar-other-time", "entries", bel_bytes(items, time + 1));
}

void add_entries(BelMutants& basic) {
  basic.items("head-version", "entries", [](Items& i) { i[0].content = with(i[0].content, "1", "2"); });
  basic.items("head-missing", "entries", [](Items& i) { i.erase(i.begin()); });
  basic.items("head-with-white-space", "entries", [](Items& i) { i[0].content = with(i[0].content, ",", ", "); });
  basic.items("name-of-another-hash", "entries",
              [](Items& i) { i[6].name = with(i[6].name, i[6].name.substr(0, 4), "0123"); });
  basic.items("name-upper-case", "entries", [](Items& i) {
    for (auto& c : i[6].name) {
      if (c >= 'a' && c <= 'f') {
        c = static_cast<char>(c - 'a' + 'A');
        break;
      }
    }
  });
  basic.items("name-of-another-kind", "entries", [](Items& i) { i[6].name = with(i[6].name, ".data.", ".misc."); });
  basic.items("data-surplus", "entries", [](Items& i) { i.insert(i.begin() + 6, bel_datum("{}")); });
  basic.items("data-after-the-end", "entries", [](Items& i) { i.push_back(bel_datum("{}")); });
  basic.items("data-missing", "entries", [](Items& i) { i.erase(i.begin() + 6); });
  basic.items("data-twice", "entries", [](Items& i) { i.insert(i.begin() + 8, i[6]); });
  basic.items("data-of-setup-in-another-order", "entries", [](Items& i) { std::swap(i[1], i[2]); });
  basic.items("data-after-its-event", "entries", [](Items& i) { std::swap(i[6], i[7]); });
  basic.items("events-none", "entries", [](Items& i) { i.resize(1); });
  basic.items("last-event-with-white-space", "entries", [](Items& i) {
    const std::string text = with(i.back().content, ",", ", ");
    i.back() = {crypto::to_hex(crypto::sha256(text).view()) + ".event.json", text};
  });
  basic.items("last-event-of-unknown-type", "entries", [](Items& i) {
    const std::string text = with(i.back().content, "Result", "Shuffle");
    i.back() = {crypto::to_hex(crypto::sha256(text).view()) + ".event.json", text};
  });
  basic.events("end-with-payload", "entries", [](codec::BelEvent& e) {
    if (e.type == BelEventType::end_ballots) e.payload = crypto::sha256("");
  });
  basic.events("ballot-without-payload", "entries", [](codec::BelEvent& e) {
    if (e.height == 4) e.payload.reset();
  });
}

void add_chain(BelMutants& basic) {
  basic.events("height-skipped", "chain", [](codec::BelEvent& e) {
    if (e.height >= 5) ++e.height;
  });
  basic.events("height-repeated", "chain", [](codec::BelEvent& e) {
    if (e.height == 5) e.height = 4;
  });
  basic.events("parent-of-another", "chain", [](codec::BelEvent& e) {
    if (e.height == 6) e.parent = crypto::sha256("another");
  });
  basic.events("parent-missing", "chain", [](codec::BelEvent& e) {
    if (e.height == 6) e.parent.reset();
  });
  basic.events("parent-of-the-first", "chain", [](codec::BelEvent& e) {
    if (e.height == 0) e.parent = crypto::sha256("before");
  });
}

// Basic: 0 setup, 1 to 10 ballots, 11 end, 12 tally, 13 to 15 decryptions, 16 result.
void add_order(BelMutants& basic) {
  basic.steps("end-missing", "legality", [](Steps& s) { s.erase(s.begin() + 11); });
  basic.steps("end-twice", "legality", [](Steps& s) { s.insert(s.begin() + 12, s[11]); });
  basic.steps("tally-missing", "legality", [](Steps& s) { s.erase(s.begin() + 12); });
  basic.steps("decryption-before-tally", "legality", [](Steps& s) { std::swap(s[12], s[13]); });
  basic.steps("result-before-last-decryption", "result", [](Steps& s) { std::swap(s[15], s[16]); });
  basic.steps("result-twice", "legality", [](Steps& s) { s.push_back(s.back()); });
  basic.steps("setup-twice", "legality", [](Steps& s) { s.insert(s.begin() + 1, s[0]); });
  basic.steps("setup-missing", "legality", [](Steps& s) { s.erase(s.begin()); });
}

}  // namespace

void add_form_mutants(BelMutants& basic) {
  add_tar(basic);
  add_entries(basic);
  add_chain(basic);
  add_order(basic);
}

}  // namespace suara::test
