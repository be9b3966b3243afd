#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include "core/codec/canonical_json.hpp"
#include "core/codec/entry_body.hpp"
#include "core/codec/json_writer.hpp"
#include "core/log/entry.hpp"
#include "core/log/merkle.hpp"

using namespace suara;

namespace {

const Origin origin{"suara.test/2026/a"};

struct Signer {
  crypto::SigningKey key = crypto::SigningKey::from_seed(Bytes(32, 9));
  log::VerifierKey name = log::make_verifier_key(origin.str(), key.public_key()).value();
};

const Signer& signer() {
  static const Signer one;
  return one;
}

// UTF-8 with what is hard in it: controls, quotes, characters of one to four bytes.
rc::Gen<std::string> any_text() {
  const auto piece = rc::gen::element<std::string>("a", "Z", "7", " ", "\"", "\\", "/", "\n", "\t",
                                                   std::string(1, '\0'), "\x1F", "\x7F", "\xC3\xA9", "\xE2\x82\xAC",
                                                   "\xEF\xAC\xB3", "\xF0\x9F\x98\x80", "{", "}", "[", ":", ",");
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const std::vector<std::string>& pieces) {
    std::string text;
    for (const auto& p : pieces) text += p;
    return text;
  });
}

// Random JSON text with members in any order and stray white space.
std::string any_json(int depth) {
  const int kind = depth == 0 ? 5 : *rc::gen::inRange(0, depth > 3 ? 4 : 6);
  const std::string gap = *rc::gen::element<std::string>("", " ", "\n\t");
  std::string out = gap;
  switch (kind) {
    case 0:
      out += *rc::gen::element<std::string>("null", "true", "false");
      break;
    case 1:
      out += std::to_string(*rc::gen::inRange<std::int64_t>(-9007199254740991, 9007199254740991));
      break;
    case 2:
    case 3:
      codec::append_json_string(out, *rc::gen::resize(12, any_text()));
      break;
    case 4: {
      out += '[';
      const int count = *rc::gen::inRange(0, 4);
      for (int i = 0; i < count; ++i) out += (i ? "," : "") + any_json(depth + 1);
      out += gap + ']';
      break;
    }
    default: {
      const auto names = *rc::gen::resize(6, rc::gen::unique<std::vector<std::string>>(any_text()));
      out += '{';
      for (std::size_t i = 0; i < names.size(); ++i) {
        if (i) out += ',';
        codec::append_json_string(out, names[i]);
        out += gap + ':' + any_json(depth + 1);
      }
      out += '}';
    }
  }
  return out + gap;
}

std::vector<std::string> make_ledger(std::size_t size) {
  std::vector<std::string> entries;
  codec::ChainHead head{origin, 0, Hash{}, Timestamp{}};
  for (std::size_t i = 0; i < size; ++i) {
    codec::EntryBody body;
    body.actor = "service";
    body.data = "{\"n\":" + std::to_string(i * i) + "}";
    body.ledger = origin;
    body.prev = head.last_leaf;
    body.seq = Seq{i};
    body.time = Timestamp{1795417035000 + static_cast<std::int64_t>(i)};
    body.type = "IncidentNoted";
    entries.push_back(log::seal_entry(codec::encode_entry_body(body), signer().key, signer().name).value());
    head = {origin, i + 1, log::leaf_hash(entries.back()), body.time};
  }
  return entries;
}

// Number of the first entry at fault, or the size where all hold.
std::size_t first_fault(const std::vector<std::string>& entries) {
  codec::ChainHead head{origin, 0, Hash{}, Timestamp{}};
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto split = log::split_entry(entries[i]);
    if (!split || !log::verify_entry_signature(*split, signer().name)) return i;
    const auto body = codec::decode_entry_body(split->body);
    if (!body || !codec::check_follows(*body, head)) return i;
    head = {origin, i + 1, log::leaf_hash(entries[i]), body->time};
  }
  return entries.size();
}

}  // namespace

TEST_CASE("every flipped bit of an entry is found, and placed") {
  auto entries = make_ledger(3);
  REQUIRE(first_fault(entries) == 3);
  for (std::size_t bit = 0; bit < entries[1].size() * 8; ++bit) {
    const auto flip = static_cast<char>(1u << (bit % 8));
    entries[1][bit / 8] = static_cast<char>(entries[1][bit / 8] ^ flip);
    REQUIRE(first_fault(entries) == 1);
    entries[1][bit / 8] = static_cast<char>(entries[1][bit / 8] ^ flip);
  }
}

TEST_CASE("ledgers that were rearranged") {
  rc::prop("an entry removed, doubled or swapped breaks the chain where it happened", [] {
    const auto size = *rc::gen::inRange<std::size_t>(3, 12);
    const auto entries = make_ledger(size);
    const auto at = *rc::gen::inRange<std::size_t>(0, size - 1);
    const auto place = static_cast<std::ptrdiff_t>(at);

    auto removed = entries;
    removed.erase(removed.begin() + place);
    RC_ASSERT(first_fault(removed) == at);
    auto doubled = entries;
    doubled.insert(doubled.begin() + place, entries[at]);
    RC_ASSERT(first_fault(doubled) == at + 1);
    auto swapped = entries;
    std::swap(swapped[at], swapped[at + 1]);
    RC_ASSERT(first_fault(swapped) == at);
  });
}

TEST_CASE("canonical JSON") {
  rc::prop("canonicalising twice is canonicalising once, and the result passes the check", [] {
    const auto once = codec::canonicalize(any_json(0));
    RC_ASSERT(once.has_value());
    RC_ASSERT(codec::canonicalize(*once).value() == *once);
    RC_ASSERT(codec::check_canonical(*once).has_value());
  });
  rc::prop("the order of UTF-16 is a strict order that agrees with comparing code units", [] {
    const std::string a = *any_text(), b = *any_text();
    RC_ASSERT(!(codec::canonical_less(a, b) && codec::canonical_less(b, a)));
    RC_ASSERT((a == b) == (!codec::canonical_less(a, b) && !codec::canonical_less(b, a)));
    const auto units = [](const std::string& text) {
      std::u16string out;
      for (std::size_t i = 0; i < text.size();) {
        const auto byte = [&](std::size_t k) {
          return static_cast<std::uint32_t>(static_cast<std::uint8_t>(text[i + k]));
        };
        if (byte(0) < 0x80) {
          out += static_cast<char16_t>(byte(0));
          i += 1;
        } else if (byte(0) < 0xE0) {
          out += static_cast<char16_t>((byte(0) & 0x1F) << 6 | (byte(1) & 0x3F));
          i += 2;
        } else if (byte(0) < 0xF0) {
          out += static_cast<char16_t>((byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F));
          i += 3;
        } else {
          const std::uint32_t point =
              ((byte(0) & 7) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F)) - 0x10000;
          out += static_cast<char16_t>(0xD800 + (point >> 10));
          out += static_cast<char16_t>(0xDC00 + (point & 0x3FF));
          i += 4;
        }
      }
      return out;
    };
    RC_ASSERT(codec::canonical_less(a, b) == (units(a) < units(b)));
  });
}

TEST_CASE("arbitrary bytes") {
  rc::prop("bytes of any kind are refused or read, never worse", [](const std::string& bytes) {
    static_cast<void>(log::split_entry(bytes));
    static_cast<void>(codec::decode_entry_body(bytes));
    const auto canonical = codec::canonicalize(bytes);
    if (canonical) RC_ASSERT(codec::check_canonical(*canonical).has_value());
  });
}
