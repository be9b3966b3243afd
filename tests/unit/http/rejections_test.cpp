#include "http/rejections.hpp"

#include <catch2/catch.hpp>

using namespace suara;
using http::Rejections;

namespace {

constexpr std::int64_t minute = 60'000;
const ElectionUuid one{"ucSijHEHGk8LHG"};
const ElectionUuid other{"ucSijHEHGk8LHH"};

}  // namespace

TEST_CASE("refused ballots are unusual when they are many and more than one in ten") {
  Rejections rejections;
  const Timestamp now{100 * minute};
  for (int i = 0; i < 9; ++i) rejections.refused(one, ErrorCode::invalid_proof, now);
  CHECK_FALSE(rejections.rate(one, now).unusual());
  rejections.refused(one, ErrorCode::unknown_credential, now);
  CHECK(rejections.rate(one, now).unusual());
  CHECK(rejections.rate(one, now).since == now);
  for (int i = 0; i < 90; ++i) rejections.accepted(one, now);
  CHECK_FALSE(rejections.rate(one, now).unusual());
  rejections.refused(one, ErrorCode::malformed, now);
  CHECK(rejections.rate(one, now).unusual());
  CHECK(rejections.rate(other, now).refused == 0);
}

TEST_CASE("what is no fault of the ballot is not counted") {
  Rejections rejections;
  for (const auto why : {ErrorCode::wrong_phase, ErrorCode::not_found, ErrorCode::unavailable, ErrorCode::overloaded})
    rejections.refused(one, why, Timestamp{0});
  CHECK(rejections.rate(one, Timestamp{0}).refused == 0);
}

TEST_CASE("only the last ten minutes count") {
  Rejections rejections;
  rejections.refused(one, ErrorCode::malformed, Timestamp{0});
  rejections.refused(one, ErrorCode::malformed, Timestamp{5 * minute});
  CHECK(rejections.rate(one, Timestamp{9 * minute}).refused == 2);
  CHECK(rejections.rate(one, Timestamp{10 * minute}).refused == 1);
  CHECK(rejections.rate(one, Timestamp{10 * minute}).since == Timestamp{5 * minute});
  CHECK(rejections.rate(one, Timestamp{15 * minute}).refused == 0);
}
