#include "score/evidence.h"

#include <gtest/gtest.h>

#include <cmath>

namespace euphone {
namespace {

constexpr std::size_t kFrames = 12, kClasses = 5;  // Blank or silence, then four phones.
const FrameGrid kGrid{.rate = {16000}, .hop = 192, .first_centre = 96};

/// Nearly all the mass on `column` in every frame.
Matrix Uniformly(std::size_t column) {
  Matrix matrix = Matrix::Filled(kFrames, kClasses, std::log(0.01f));
  for (std::size_t row = 0; row < kFrames; ++row) matrix.row(row)[column] = std::log(0.96f);
  return matrix;
}

double At(const Evidence& evidence, EvidenceTerm term) { return Term(evidence, term); }

TEST(Evidence, IsHighForAPhoneThatWasSaid) {
  Posteriors posteriors{.ctc = Uniformly(0), .frames = Uniformly(3)};
  posteriors.ctc.row(5)[3] = std::log(0.9f);
  const Evidence evidence = MeasureEvidence(posteriors, kGrid, {.phone = 2, .begin = 4, .end = 8});
  EXPECT_NEAR(At(evidence, EvidenceTerm::kCtcPosterior), std::log(0.9), 1e-5);
  EXPECT_NEAR(At(evidence, EvidenceTerm::kCtcRatio), std::log(0.9 / 0.01), 1e-5);
  EXPECT_NEAR(At(evidence, EvidenceTerm::kFramePosterior), std::log(0.96), 1e-5);
  EXPECT_NEAR(At(evidence, EvidenceTerm::kFrameShare), 0.96, 1e-5);
  EXPECT_NEAR(At(evidence, EvidenceTerm::kLogDuration), std::log(4 * 0.012), 1e-9);
}

TEST(Evidence, HasANegativeRatioWhenAnotherPhoneWasSaid) {
  Posteriors posteriors{.ctc = Uniformly(0), .frames = Uniformly(1)};
  posteriors.ctc.row(5)[1] = std::log(0.9f);
  const Evidence evidence = MeasureEvidence(posteriors, kGrid, {.phone = 2, .begin = 4, .end = 8});
  EXPECT_LT(At(evidence, EvidenceTerm::kCtcRatio), -4.0);
  EXPECT_LT(At(evidence, EvidenceTerm::kFrameRatio), -4.0);
}

TEST(Evidence, StaysFiniteWhereTheModelIsCertain) {
  Posteriors posteriors{.ctc = Uniformly(0), .frames = Uniformly(1)};
  for (float& value : posteriors.ctc.values) value = -INFINITY;
  for (float& value : posteriors.frames.values) value = -INFINITY;
  for (const double term :
       MeasureEvidence(posteriors, kGrid, {.phone = 0, .begin = 0, .end = kFrames})) {
    EXPECT_TRUE(std::isfinite(term));
  }
}

TEST(Heard, ListsWhatWasSaidBestFirst) {
  Posteriors posteriors{.ctc = Uniformly(0), .frames = Uniformly(1)};
  posteriors.ctc.row(5)[4] = std::log(0.6f);
  posteriors.ctc.row(5)[2] = std::log(0.3f);
  posteriors.ctc.row(5)[0] = std::log(0.05f);
  const Heard heard = MeasureHeard(posteriors, {.phone = 1, .begin = 4, .end = 7});
  ASSERT_GE(heard.phones.size(), 2u);
  EXPECT_EQ(heard.phones[0].phone, 3);
  EXPECT_EQ(heard.phones[1].phone, 1);
  EXPECT_NEAR(heard.nothing, 0.05, 1e-6);
}

TEST(Heard, KnowsThatNothingWasSaid) {
  const Posteriors posteriors{.ctc = Uniformly(0), .frames = Uniformly(0)};
  EXPECT_GT(MeasureHeard(posteriors, {.phone = 1, .begin = 0, .end = 3}).nothing, 0.9);
}

TEST(HeardIn, SharesAmongThePhonesWhatIsNotNothing) {
  const std::vector<float> logs = {std::log(0.5F), std::log(0.1F), std::log(0.398F),
                                   std::log(0.002F)};
  const Heard heard = HeardIn(logs);
  EXPECT_NEAR(heard.nothing, 0.5, 1e-6);
  ASSERT_EQ(heard.phones.size(), 2u) << "one is under 1 %";
  EXPECT_EQ(heard.phones[0].phone, 1);
  EXPECT_NEAR(heard.phones[0].probability, 0.796, 1e-6);
  EXPECT_EQ(heard.phones[1].phone, 0);
  EXPECT_NEAR(heard.phones[1].probability, 0.2, 1e-6);
}

}  // namespace
}  // namespace euphone
