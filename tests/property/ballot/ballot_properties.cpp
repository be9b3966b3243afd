#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <map>
#include <numeric>
#include <optional>

#include "core/ballot/credential.hpp"
#include "core/ballot/tally.hpp"
#include "core/codec/belenios.hpp"
#include "core/crypto/encoding.hpp"
#include "tests/support/sample_ballot.hpp"
#include "tests/support/sample_ceremony.hpp"

using namespace suara;
using namespace suara::ballot;
using crypto::SecretScalar;

namespace {

void holds(const char* what, const auto& property) {
  INFO(what);
  CHECK(rc::check(what, property));
}

Question any_question() {
  const auto answers = *rc::gen::inRange<std::size_t>(1, 6);
  const auto max = *rc::gen::inRange<std::uint32_t>(0, static_cast<std::uint32_t>(answers) + 1);
  auto question = test::make_question(answers, *rc::gen::inRange<std::uint32_t>(0, max + 1), max);
  question.blank = *rc::gen::arbitrary<bool>();
  return question;
}

std::vector<std::vector<unsigned>> any_choices(const std::vector<Question>& questions) {
  std::vector<std::vector<unsigned>> out;
  for (const auto& question : questions) {
    const auto marks = *rc::gen::inRange(question.min, question.max + 1);
    std::vector<unsigned> order(question.answers.size());
    std::iota(order.begin(), order.end(), 0u);
    auto& row = out.emplace_back(question.choices(), 0u);
    if (question.blank && *rc::gen::inRange(0, 3) == 0) {
      row[0] = 1;
      continue;
    }
    for (std::uint32_t m = 0; m < marks; ++m) {
      const auto pick = *rc::gen::inRange<std::size_t>(m, order.size());
      std::swap(order[m], order[pick]);
      row[order[m] + (question.blank ? 1 : 0)] = 1;
    }
  }
  return out;
}

// Where the values of a ballot stand in its text: elements, scalars, hashes; not the names of members.
std::vector<std::size_t> value_digits(const std::string& json) {
  std::vector<std::size_t> out;
  std::size_t start = 0;
  for (std::size_t i = 0, quotes = 0; i < json.size(); ++i) {
    if (json[i] != '"') continue;
    if (++quotes % 2 == 1) {
      start = i + 1;
    } else if (json[i + 1] != ':') {
      for (std::size_t k = start; k < i; ++k) out.push_back(k);
    }
  }
  return out;
}

}  // namespace

TEST_CASE("a changed digit anywhere in a ballot is refused") {
  auto with_blank = test::make_question(2, 1, 2);
  with_blank.blank = true;
  const auto sample = test::make_election({test::make_question(3, 0, 2), with_blank});
  const std::string good =
      codec::write_ballot(test::make_ballot(sample.election, SecretScalar::random(), {{0, 1, 1}, {1, 0, 0}}));
  REQUIRE(verify(sample.election, codec::read_ballot(good).value()));
  const auto accepted = [&](const std::string& json) {
    const auto read = codec::read_ballot(json);
    return read && verify(sample.election, *read);
  };
  const auto places = value_digits(good);
  REQUIRE(places.size() > 2000);
  holds("one character of a value replaced", [&] {
    std::string bad = good;
    const auto at = *rc::gen::elementOf(places);
    std::string others = "0123456789abcdef";
    std::erase(others, good[at]);
    bad[at] = *rc::gen::elementOf(others);
    RC_ASSERT(!accepted(bad));
  });
  holds("any byte replaced", [&] {
    std::string bad = good;
    const auto at = *rc::gen::inRange<std::size_t>(0, bad.size());
    bad[at] = static_cast<char>(bad[at] ^ *rc::gen::inRange(1, 256));
    RC_ASSERT(!accepted(bad));
  });
}

// The signature of the test above would refuse everything by itself, so here the voter signs the changed ballot anew.
TEST_CASE("a changed proof or ciphertext is refused even where the voter signs it") {
  auto with_blank = test::make_question(1, 0, 1);
  with_blank.blank = true;
  const auto sample = test::make_election({test::make_question(2, 0, 2), with_blank});
  const auto secret = SecretScalar::random();
  const auto good = test::make_ballot(sample.election, secret, {{1, 1}, {1, 0}});
  REQUIRE(verify(sample.election, good));
  const auto refused = [&](Ballot bad) {
    const auto result = verify(sample.election, test::resigned(std::move(bad), secret));
    return !result && result.error().code == ErrorCode::invalid_proof;
  };
  holds("a proof's challenge or response", [&] {
    Ballot bad = good;
    auto& answer = bad.answers[*rc::gen::inRange<std::size_t>(0, 2)];
    std::vector<Proof*> proofs;
    for (auto& row : answer.individual_proofs) {
      for (auto& proof : row) proofs.push_back(&proof);
    }
    for (auto& proof : answer.overall_proof) proofs.push_back(&proof);
    for (auto& proof : answer.blank_proof) proofs.push_back(&proof);
    Proof& proof = **rc::gen::elementOf(proofs);
    Scalar& part = *rc::gen::arbitrary<bool>() ? proof.challenge : proof.response;
    part = part + Scalar::from_u64(*rc::gen::inRange<std::uint64_t>(1, UINT64_MAX));
    RC_ASSERT(refused(bad));
  });
  holds("challenges moved within one proof, their sum kept", [&] {
    Ballot bad = good;
    auto& proofs =
        bad.answers[*rc::gen::inRange<std::size_t>(0, 2)].individual_proofs[*rc::gen::inRange<std::size_t>(0, 2)];
    const Scalar shift = Scalar::from_u64(*rc::gen::inRange<std::uint64_t>(1, UINT64_MAX));
    proofs[0].challenge = proofs[0].challenge + shift;
    proofs[1].challenge = proofs[1].challenge - shift;
    RC_ASSERT(refused(bad));
  });
  holds("a ciphertext", [&] {
    Ballot bad = good;
    auto& choices = bad.answers[*rc::gen::inRange<std::size_t>(0, 2)].choices;
    auto& choice = choices[*rc::gen::inRange<std::size_t>(0, 2)];
    Element& part = *rc::gen::arbitrary<bool>() ? choice.alpha : choice.beta;
    part = part * crypto::g_pow(Scalar::from_u64(*rc::gen::inRange<std::uint64_t>(1, 1000)));
    RC_ASSERT(refused(bad));
  });
}

TEST_CASE("what voters chose is what the trustees decrypt") {
  holds("encrypt, write, read, verify, add, re-vote, decrypt, count", [] {
    std::vector<Question> questions{any_question()};
    if (*rc::gen::arbitrary<bool>()) questions.push_back(any_question());
    const auto sample = test::make_election(questions, 2);
    const auto mandatory = *rc::gen::inRange<std::ptrdiff_t>(0, 3);
    Trustees trustees(sample.published.begin(), sample.published.begin() + mandatory);
    std::optional<test::SampleCeremony> ceremony;
    if (trustees.empty() || *rc::gen::arbitrary<bool>()) {
      const auto members = *rc::gen::inRange<std::uint32_t>(1, 5);
      ceremony = test::hold_ceremony(*rc::gen::inRange<std::uint32_t>(1, members + 1), members);
      trustees.push_back(ceremony->parameters);
    }
    auto election = sample.election;
    election.public_key = combine_keys(trustees);
    election = codec::read_election(codec::write_election(election)).value();
    RC_ASSERT(verify_election_key(election, codec::read_trustees(codec::write_trustees(trustees)).value()).has_value());
    TallyAccumulator tally(questions);
    Counts expected;
    for (const auto& question : questions) expected.emplace_back(question.choices(), 0);
    const auto count = [&](const std::vector<std::vector<unsigned>>& choices, std::uint64_t weight, bool add) {
      for (std::size_t q = 0; q < choices.size(); ++q) {
        for (std::size_t i = 0; i < choices[q].size(); ++i) {
          if (choices[q][i] == 1) expected[q][i] = add ? expected[q][i] + weight : expected[q][i] - weight;
        }
      }
    };

    const auto voters = *rc::gen::inRange(0, 4);
    for (int voter = 0; voter < voters; ++voter) {
      const auto secret = SecretScalar::random();
      const auto weight = *rc::gen::inRange<std::uint64_t>(1, 9);
      const auto choices = any_choices(questions);
      const auto first = verify(election, test::make_ballot(election, secret, choices)).value();
      tally.add(first.ballot().answers, weight);
      count(choices, weight, true);
      if (!*rc::gen::arbitrary<bool>()) continue;
      const auto changed = any_choices(questions);
      const auto second = verify(election, test::make_ballot(election, secret, changed)).value();
      tally.remove(first.ballot().answers, weight);
      tally.add(second.ballot().answers, weight);
      count(choices, weight, false);
      count(changed, weight, true);
    }

    std::map<std::uint32_t, PartialDecryption> partials;
    const auto submit = [&](std::uint32_t owner, const SecretScalar& secret) {
      auto d = decrypt(tally.tally(), secret, election.fingerprint);
      const Element key = owner_key(trustees, owner).value();
      RC_ASSERT(verify_partial_decryption(tally.tally(), d.partial, key, election.fingerprint).has_value());
      RC_ASSERT(verify_strong_proofs(tally.tally(), d.partial, d.strong_proofs, key, election.fingerprint).has_value());
      partials.emplace(owner, std::move(d.partial));
    };
    const auto first = static_cast<std::uint32_t>(mandatory) + 1;  // of the group
    for (std::uint32_t owner = 1; owner < first; ++owner) submit(owner, sample.trustees[owner - 1].secret);
    if (ceremony) {
      std::vector<std::uint32_t> members(ceremony->secrets.size());
      std::iota(members.begin(), members.end(), 0u);
      for (std::uint32_t i = 0; i < ceremony->parameters.threshold; ++i) {
        std::swap(members[i], members[*rc::gen::inRange<std::size_t>(i, members.size())]);
        submit(first + members[i], ceremony->secrets[members[i]]);
      }
    }
    RC_ASSERT(tally.num_tallied() == static_cast<std::uint64_t>(voters));
    RC_ASSERT(decrypt_counts(tally.tally(), trustees, partials, tally.total_weight()).value() == expected);
  });
}

TEST_CASE("texts of values are read back to the same values") {
  holds("hex and base64", [](const Bytes& bytes) {
    RC_ASSERT(crypto::from_hex(crypto::to_hex(bytes)).value() == bytes);
    RC_ASSERT(crypto::from_base64(crypto::to_base64(bytes)).value() == bytes);
    RC_ASSERT(crypto::from_base64_unpadded(crypto::to_base64_unpadded(bytes)).value() == bytes);
  });
  holds("a text that base64 accepts is the text it writes", [] {
    const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ABab01+/=-")));
    if (const auto bytes = crypto::from_base64(text)) RC_ASSERT(crypto::to_base64(*bytes) == text);
    if (const auto bytes = crypto::from_base64_unpadded(text)) RC_ASSERT(crypto::to_base64_unpadded(*bytes) == text);
  });
  holds("scalars", [] {
    const Scalar s = crypto::scalar_from_big_endian(*rc::gen::container<Bytes>(32, rc::gen::arbitrary<std::uint8_t>()));
    RC_ASSERT(Scalar::from_decimal(s.to_decimal()).value() == s);
    const Element e = crypto::g_pow(s);
    RC_ASSERT(Element::from_text(e.to_text()).value() == e);
    RC_ASSERT(Element::from_trusted_text(e.to_text()).value() == e);
  });
  holds("a digit string that is accepted is the one that is written", [] {
    const auto text = *rc::gen::container<std::string>(*rc::gen::inRange(0, 80), rc::gen::inRange('0', ':'));
    if (const auto s = Scalar::from_decimal(text)) RC_ASSERT(s->to_decimal() == text);
  });
  holds("elections with any texts", [] {
    auto election = test::make_election({any_question()}).election;
    // Any code points that are no surrogates, as UTF-8.
    const auto text =
        rc::gen::map(rc::gen::container<std::vector<std::uint32_t>>(rc::gen::oneOf(
                         rc::gen::inRange<std::uint32_t>(0, 0x800), rc::gen::inRange<std::uint32_t>(0xe000, 0x10000))),
                     [](const std::vector<std::uint32_t>& points) {
                       std::string out;
                       for (const auto c : points) {
                         if (c < 0x80) {
                           out += static_cast<char>(c);
                         } else if (c < 0x800) {
                           out += {static_cast<char>(0xc0 | c >> 6), static_cast<char>(0x80 | (c & 63))};
                         } else {
                           out += {static_cast<char>(0xe0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 63)),
                                   static_cast<char>(0x80 | (c & 63))};
                         }
                       }
                       return out;
                     });
    election.name = *text;
    election.questions[0].question = *text;
    election.questions[0].answers[0] = *text;
    const auto read = codec::read_election(codec::write_election(election)).value();
    RC_ASSERT(read.name == election.name);
    RC_ASSERT(read.questions == election.questions);
  });
  holds("codes", [] {
    const std::string code = generate_code();
    RC_ASSERT(normalize_code(code).has_value());
  });
}
