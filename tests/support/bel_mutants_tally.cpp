#include "core/ballot/trustee.hpp"
#include "core/codec/belenios.hpp"
#include "tests/support/bel_mutants.hpp"

// Encrypted tally, decryptions, result.
namespace suara::test {
namespace {

using crypto::Element;
using crypto::Scalar;

template <class Edit>
void tally(BelMutants& m, const std::string& name, Edit edit) {
  m.parts(name, "tally", [&](BelParts& parts) {
    auto tally = codec::read_encrypted_tally(parts.tally->encrypted).value();
    edit(tally);
    parts.tally->encrypted = codec::write_encrypted_tally(tally);
  });
}

template <class Edit>
void decryption(BelMutants& m, const std::string& name, std::size_t which, Edit edit) {
  m.parts(name, "decryption", [&](BelParts& parts) {
    auto partial = codec::read_partial_decryption(parts.partials.at(which).text).value();
    edit(partial);
    parts.partials[which].text = codec::write_partial_decryption(partial);
  });
}

void result(BelMutants& m, const std::string& name, const std::string& from, const std::string& to) {
  m.parts(name, "result", [&](BelParts& parts) { parts.result = with(*parts.result, from, to); });
}

void add_tallies(BelMutants& basic, BelMutants& threshold) {
  tally(basic, "tally-one-more", [](auto& t) { t[0][3].beta = t[0][3].beta * Element::generator(); });
  tally(threshold, "tally-one-fewer-blank", [](auto& t) { t[0][0].beta = t[0][0].beta / Element::generator(); });
  tally(basic, "tally-alpha", [](auto& t) { t[0][0].alpha = t[0][0].alpha * Element::generator(); });
  tally(basic, "tally-answers-exchanged", [](auto& t) { std::swap(t[0][0], t[0][1]); });
  tally(basic, "tally-re-randomised", [&](auto& t) {
    const Scalar r = Scalar::from_u64(5);
    t[0][2].alpha = t[0][2].alpha * crypto::g_pow(r);
    t[0][2].beta = t[0][2].beta * crypto::pow(basic.source().election.public_key, r);
  });
  tally(threshold, "tally-without-an-answer", [](auto& t) { t[0].pop_back(); });
  basic.parts("num-tallied", "tally", [](BelParts& parts) { ++parts.tally->num_tallied; });
  threshold.parts("total-weight", "tally", [](BelParts& parts) { --parts.tally->total_weight; });
  threshold.parts("total-weight-of-no-weights", "tally", [](BelParts& parts) { parts.tally->total_weight = 6; });
  basic.steps("sized-tally-with-white-space", "tally",
              [](std::vector<BelStep>& steps) { steps[12].data[1] = with(steps[12].data[1], ",", ", "); });
}

void add_decryptions(BelMutants& basic, BelMutants& threshold) {
  decryption(basic, "factor", 1, [](auto& p) { p.factors[0][2] = p.factors[0][2] * Element::generator(); });
  decryption(basic, "factors-exchanged", 1, [](auto& p) { std::swap(p.factors[0][0], p.factors[0][1]); });
  decryption(basic, "decryption-proof-response", 2,
             [](auto& p) { p.proofs[0][0].response = p.proofs[0][0].response + Scalar::from_u64(1); });
  decryption(basic, "decryption-proof-challenge", 0,
             [](auto& p) { p.proofs[0][3].challenge = p.proofs[0][3].challenge + Scalar::from_u64(1); });
  decryption(basic, "factor-missing", 0, [](auto& p) { p.factors[0].pop_back(); });
  decryption(threshold, "mandatory-factor", 0,
             [](auto& p) { p.factors[1][0] = p.factors[1][0] * Element::generator(); });
  decryption(threshold, "threshold-factor", 1,
             [](auto& p) { p.factors[0][0] = p.factors[0][0] * Element::generator(); });
  decryption(threshold, "threshold-proof", 2,
             [](auto& p) { p.proofs[1][2].response = p.proofs[1][2].response + Scalar::from_u64(1); });
  basic.parts("owners-exchanged", "decryption",
              [](BelParts& parts) { std::swap(parts.partials[0].owner, parts.partials[1].owner); });
  threshold.parts("threshold-owner", "decryption", [](BelParts& parts) { parts.partials[2].owner = 4; });
  basic.parts("owner-zero", "decryption", [](BelParts& parts) { parts.partials[0].owner = 0; });
  threshold.parts("owner-beyond-the-last", "decryption", [](BelParts& parts) { parts.partials[2].owner = 5; });
  basic.parts("owner-twice", "decryption", [&](BelParts& parts) {
    const auto tally = codec::read_encrypted_tally(parts.tally->encrypted).value();
    const auto& again = parts.partials.back();
    const auto own =
        ballot::decrypt(tally, basic.source().trustees.at(again.owner - 1), basic.source().election.fingerprint);
    parts.partials.push_back({again.owner, codec::write_partial_decryption(own.partial)});
  });
  basic.parts("decryption-for-another-election", "decryption", [&](BelParts& parts) {
    const auto tally = codec::read_encrypted_tally(parts.tally->encrypted).value();
    auto& partial = parts.partials.front();
    const auto own =
        ballot::decrypt(tally, basic.source().trustees.at(partial.owner - 1), threshold_source().election.fingerprint);
    partial.text = codec::write_partial_decryption(own.partial);
  });
  basic.steps("owned-decryption-with-white-space", "decryption",
              [](std::vector<BelStep>& steps) { steps[13].data[1] = with(steps[13].data[1], ",", ", "); });
}

void add_results(BelMutants& basic, BelMutants& threshold) {
  result(basic, "result-one-more", "[1,5,2,1]", "[1,5,2,2]");
  result(basic, "result-exchanged", "[1,5,2,1]", "[5,1,2,1]");
  result(basic, "result-without-an-answer", "[1,5,2,1]", "[1,5,2]");
  result(basic, "result-negative", "[1,5,2,1]", "[1,5,2,-1]");
  result(basic, "result-with-white-space", "[1,5,2,1]", "[1, 5,2,1]");
  result(threshold, "result-blank-votes", "[6,4,10,5,4]", "[5,4,10,5,4]");
  result(threshold, "result-blank-last", "[6,4,10,5,4]", "[4,10,5,4,6]");
  result(threshold, "result-questions-exchanged", "[6,4,10,5,4],[12,9,14]", "[12,9,14],[6,4,10,5,4]");
  basic.parts("decryption-missing", "result", [](BelParts& parts) { parts.partials.pop_back(); });
  threshold.parts("threshold-decryption-missing", "result", [](BelParts& parts) { parts.partials.pop_back(); });
  threshold.parts("mandatory-decryption-missing", "result",
                  [](BelParts& parts) { parts.partials.erase(parts.partials.begin()); });
}

}  // namespace

void add_tally_mutants(BelMutants& basic, BelMutants& threshold) {
  add_tallies(basic, threshold);
  add_decryptions(basic, threshold);
  add_results(basic, threshold);
}

}  // namespace suara::test
