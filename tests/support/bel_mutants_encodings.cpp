#include "core/codec/belenios.hpp"
#include "tests/support/bel_mutants.hpp"

// Second spellings of numbers and elements, and elements that are none.
namespace suara::test {
namespace {

const std::string order = "7237005577332262213973186563042994240857116359379907606001950938285454250989";

// Decimal addition of non-negative numbers.
std::string sum(const std::string& a, const std::string& b) {
  std::string out;
  int carry = 0;
  for (std::size_t i = 0; i < std::max(a.size(), b.size()) || carry; ++i) {
    const int digit =
        carry + (i < a.size() ? a[a.size() - 1 - i] - '0' : 0) + (i < b.size() ? b[b.size() - 1 - i] - '0' : 0);
    out.insert(out.begin(), static_cast<char>('0' + digit % 10));
    carry = digit / 10;
  }
  return out;
}

// The first value of the member, changed.
template <class Change>
std::string member(const std::string& text, const std::string& name, Change change) {
  const std::string key = "\"" + name + "\":\"";
  const auto from = text.find(key) + key.size();
  const auto to = text.find('"', from);
  return text.substr(0, from) + change(text.substr(from, to - from)) + text.substr(to);
}

std::string plus_order(const std::string& scalar) { return sum(scalar, order); }

struct BadPoint {
  const char* name;
  std::string text;
};

// y as it is written: the most significant byte first, x's sign in its highest bit.
const std::vector<BadPoint>& bad_points() {
  static const std::vector<BadPoint> points{
      {"off-subgroup", std::string(62, '9') + "95"},             // the generator plus the point of order 2
      {"order-two", "7" + std::string(62, 'f') + "c"},           // y = -1: 2^255 - 20
      {"order-four", std::string(64, '0')},                      // y = 0
      {"y-above-the-field", "7" + std::string(61, 'f') + "ee"},  // y = p + 1, the identity's
      {"negative-zero", "8" + std::string(62, '0') + "1"},       // the identity with the sign of x set
      {"off-curve", std::string(63, '0') + "2"},
      {"upper-case", std::string(64, 'A')},
      {"too-short", std::string(62, '0')},
  };
  return points;
}

void add_scalars(BelMutants& basic, BelMutants& threshold) {
  const auto change = [](const std::string& name, auto edit) {
    return [=](const std::string& text) { return member(text, name, edit); };
  };
  basic.ballot_text("response-plus-order", 2, change("response", plus_order));
  basic.ballot_text("challenge-plus-order", 2, change("challenge", plus_order));
  basic.ballot_text("response-leading-zero", 2, change("response", [](const std::string& s) { return "0" + s; }));
  basic.ballot_text("response-plus-sign", 2, change("response", [](const std::string& s) { return "+" + s; }));
  basic.ballot_text("response-negative", 2, change("response", [](const std::string& s) { return "-" + s; }));
  basic.ballot_text("response-empty", 2, change("response", [](const std::string&) { return ""; }));
  basic.ballot_text("response-hexadecimal", 2, change("response", [](const std::string& s) { return "0x" + s; }));
  threshold.parts("signature-response-plus-order", "ballots", [](BelParts& parts) {
    auto& text = parts.ballots[2];
    const auto at = text.find("\"signature\"");
    text = text.substr(0, at) + member(text.substr(at), "response", plus_order);
  });
  basic.parts("decryption-response-plus-order", "decryption",
              [](BelParts& parts) { parts.partials[1].text = member(parts.partials[1].text, "response", plus_order); });
  basic.parts("pok-response-plus-order", "trustees",
              [](BelParts& parts) { parts.trustees = member(parts.trustees, "response", plus_order); });
}

void add_points(BelMutants& basic, BelMutants& threshold) {
  for (const auto& [name, text] : bad_points()) {
    const auto bad = [&text = text](const std::string&) { return text; };
    basic.ballot_text(std::string("alpha-") + name, 5, [&](const std::string& t) { return member(t, "alpha", bad); });
    threshold.parts(std::string("tally-") + name, "tally",
                    [&](BelParts& parts) { parts.tally->encrypted = member(parts.tally->encrypted, "beta", bad); });
    basic.parts(std::string("trustee-key-") + name, "trustees",
                [&](BelParts& parts) { parts.trustees = member(parts.trustees, "public_key", bad); });
    basic.parts(std::string("factor-") + name, "decryption", [&](BelParts& parts) {
      auto& partial = parts.partials[0].text;
      const auto factor = codec::read_partial_decryption(partial)->factors[0][0].to_text();
      partial = with(partial, factor, text);
    });
    threshold.parts(std::string("roll-") + name, "roll", [&](BelParts& parts) {
      parts.credentials = with(parts.credentials, parts.credentials.substr(2, 64), text);
    });
  }
  const std::string identity = crypto::Element::identity().to_text();
  const auto to_identity = [&](const std::string&) { return identity; };
  basic.ballot_text("alpha-identity", 5, [&](const std::string& t) { return member(t, "alpha", to_identity); });
  basic.ballot_text("credential-identity", 5,
                    [&](const std::string& t) { return member(t, "credential", to_identity); });
  basic.parts("trustee-key-identity", "trustees",
              [&](BelParts& parts) { parts.trustees = member(parts.trustees, "public_key", to_identity); });
  threshold.parts("roll-identity", "roll", [&](BelParts& parts) {
    parts.credentials = with(parts.credentials, parts.credentials.substr(2, 64), identity);
  });
}

void add_json(BelMutants& basic) {
  basic.ballot_text("ballot-with-white-space", 1,
                    [](const std::string& t) { return with(t, ",\"answers\"", ", \"answers\""); });
  basic.ballot_text("ballot-with-needless-escape", 1,
                    [](const std::string& t) { return with(t, "alpha", "\\u0061lpha"); });
  basic.ballot_text("ballot-with-surplus-member", 1,
                    [](const std::string& t) { return with(t, "{\"choices\"", "{\"extra\":1,\"choices\""); });
  basic.ballot_text("ballot-with-member-twice", 1, [](const std::string& t) {
    return with(t, "\"election_hash\"", "\"election_uuid\":\"ucSijHEHGk8LHG\",\"election_hash\"");
  });
}

}  // namespace

void add_encoding_mutants(BelMutants& basic, BelMutants& threshold) {
  add_scalars(basic, threshold);
  add_points(basic, threshold);
  add_json(basic);
}

}  // namespace suara::test
