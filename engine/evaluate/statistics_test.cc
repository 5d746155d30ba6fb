#include "evaluate/statistics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"

namespace euphone {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;

Pairs ToyPairs() {
  Pairs pairs;
  Random random(7);
  for (std::size_t speaker = 0; speaker < 12; ++speaker) {
    for (int i = 0; i < 9; ++i) {
      const double rated = 10.0 * random.Unit();
      pairs.Add(0.6 * rated + 3.0 * random.Unit(), rated, 3 * speaker);
    }
  }
  return pairs;
}

TEST(PearsonTest, ALineIsOneAndAFallingLineMinusOne) {
  const std::vector<double> x{1, 2, 5}, rising{10, 12, 18}, falling{3, 2, -1};
  EXPECT_NEAR(*Pearson(x, rising), 1.0, 1e-12);
  EXPECT_NEAR(*Pearson(x, falling), -1.0, 1e-12);
}

TEST(PearsonTest, FourPointsGiveWhatIsComputedByHand) {
  // Deviations (−1.5, −0.5, 0.5, 1.5) and (−1, 1, −1, 1): 2 / √(5 · 4).
  EXPECT_NEAR(*Pearson(std::vector<double>{1, 2, 3, 4}, std::vector<double>{1, 3, 1, 3}),
              2.0 / std::sqrt(20.0), 1e-12);
}

TEST(PearsonTest, WhatDoesNotVaryHasNoCorrelation) {
  EXPECT_FALSE(Pearson(std::vector<double>{1, 1, 1}, std::vector<double>{1, 2, 3}));
  EXPECT_FALSE(Pearson(std::vector<double>{1, 2, 3}, std::vector<double>{0.1, 0.1, 0.1}));
  EXPECT_FALSE(Pearson(std::vector<double>{1}, std::vector<double>{1}));
}

TEST(RanksTest, EqualValuesShareTheMeanOfTheirRanks) {
  EXPECT_THAT(Ranks(std::vector<double>{5, 1, 5, 0, 5}), ElementsAre(4, 2, 4, 1, 4));
}

TEST(SpearmanTest, AMonotoneMapChangesNothing) {
  const Pairs pairs = ToyPairs();
  std::vector<double> mapped;
  for (const double value : pairs.predicted) mapped.push_back(std::exp(value) - 4.0);
  EXPECT_NEAR(*Spearman(mapped, pairs.rated), *Spearman(pairs.predicted, pairs.rated), 1e-12);
  EXPECT_GT(std::abs(*Pearson(mapped, pairs.rated) - *Pearson(pairs.predicted, pairs.rated)), 0.01);
}

TEST(SpearmanTest, WithTiesItIsWhatIsComputedByHand) {
  // Ranks (1, 2.5, 2.5, 4) and (2, 1, 3, 4): deviations give 3 / √(4.5 · 5).
  EXPECT_NEAR(*Spearman(std::vector<double>{1, 2, 2, 9}, std::vector<double>{4, 3, 5, 6}),
              3.0 / std::sqrt(22.5), 1e-12);
}

TEST(MeanSquaredErrorTest, IsTheMeanOfTheSquaredDifferences) {
  EXPECT_DOUBLE_EQ(*MeanSquaredError(std::vector<double>{1, 2}, std::vector<double>{2, 5}), 5.0);
  EXPECT_FALSE(MeanSquaredError({}, {}));
}

TEST(AgreementTest, TheIntervalHoldsTheFigureOfAToySet) {
  const Pairs pairs = ToyPairs();
  const Agreement agreement = MeasureAgreement(pairs, 400, 1);
  EXPECT_EQ(agreement.count, 108u);
  EXPECT_EQ(agreement.speakers, 12u);
  EXPECT_NEAR(*agreement.pearson.value, *Pearson(pairs.predicted, pairs.rated), 1e-12);
  for (const Estimate& e : {agreement.pearson, agreement.spearman, agreement.squared_error}) {
    EXPECT_LT(*e.low, *e.value);
    EXPECT_GT(*e.high, *e.value);
  }
}

TEST(AgreementTest, TheSameSeedGivesTheSameIntervalAndAnotherOneAnother) {
  const Pairs pairs = ToyPairs();
  const double low = *MeasureAgreement(pairs, 50, 1).spearman.low;
  EXPECT_EQ(low, *MeasureAgreement(pairs, 50, 1).spearman.low);
  EXPECT_NE(low, *MeasureAgreement(pairs, 50, 2).spearman.low);
}

TEST(AgreementTest, SpeakersWhoAreAllAlikeLeaveNoWidth) {
  // Every speaker has the same pairs, so every draw repeats the whole: the bootstrap draws
  // speakers, never pairs, and its weighted ranks are those of Spearman().
  Pairs pairs;
  for (std::size_t speaker = 0; speaker < 5; ++speaker) {
    pairs.Add(1, 2, speaker);
    pairs.Add(2, 1, speaker);
    pairs.Add(2, 3, speaker);
    pairs.Add(9, 4, speaker);
  }
  const Agreement agreement = MeasureAgreement(pairs, 30, 3);
  for (const Estimate& e : {agreement.pearson, agreement.spearman, agreement.squared_error}) {
    EXPECT_NEAR(*e.low, *e.value, 1e-12);
    EXPECT_NEAR(*e.high, *e.value, 1e-12);
  }
}

TEST(AgreementTest, OneSpeakerHasFiguresButNoInterval) {
  Pairs pairs;
  for (const double value : {1.0, 2.0, 3.0}) pairs.Add(value, 2.0 * value, 0);
  const Agreement agreement = MeasureAgreement(pairs, 30, 3);
  EXPECT_NEAR(*agreement.pearson.value, 1.0, 1e-12);
  EXPECT_FALSE(agreement.pearson.low);
  EXPECT_EQ(MeasureAgreement({}, 30, 3).count, 0u);
}

TEST(DetectionTest, CountsAndRatesAreThoseComputedByHand) {
  Pairs pairs;
  pairs.Add(2, 1, 0);  // low and flagged
  pairs.Add(7, 3, 0);  // low, missed
  pairs.Add(4, 9, 0);  // flagged for nothing
  pairs.Add(5, 5, 0);  // neither: both edges are exclusive
  const Detection found = DetectLow(pairs, 5.0, 5.0);
  EXPECT_EQ(found.low, 2u);
  EXPECT_EQ(found.flagged, 2u);
  EXPECT_EQ(found.both, 1u);
  EXPECT_DOUBLE_EQ(*found.precision, 0.5);
  EXPECT_DOUBLE_EQ(*found.recall, 0.5);
  EXPECT_DOUBLE_EQ(*found.f1, 0.5);
}

TEST(DetectionTest, WithNothingLowThereIsNoRecallAndNoF1) {
  Pairs pairs;
  pairs.Add(2, 8, 0);
  const Detection found = DetectLow(pairs, 5.0, 5.0);
  EXPECT_FALSE(found.recall);
  EXPECT_FALSE(found.f1);
  EXPECT_DOUBLE_EQ(*found.precision, 0.0);
}

TEST(DetectionTest, NoThresholdBeatsTheBestOne) {
  const Pairs pairs = ToyPairs();
  const Detection best = BestDetection(pairs, 5.0);
  EXPECT_EQ(*DetectLow(pairs, 5.0, best.threshold).f1, *best.f1);
  for (double threshold = 0.0; threshold < 10.0; threshold += 0.01)
    EXPECT_LE(DetectLow(pairs, 5.0, threshold).f1.value_or(0.0), *best.f1) << threshold;
}

TEST(DetectionTest, WhereAllAreLowTheBestThresholdFlagsAll) {
  Pairs pairs;
  pairs.Add(2, 1, 0);
  pairs.Add(2, 3, 0);
  EXPECT_DOUBLE_EQ(*BestDetection(pairs, 5.0).f1, 1.0);
  EXPECT_EQ(BestDetection({}, 5.0).low, 0u);
}

TEST(CalibrationTest, TheErrorIsTheWeighedDistanceOfTheBins) {
  Pairs pairs;
  pairs.Add(1.0, 2.0, 0);
  pairs.Add(1.5, 3.5, 0);
  pairs.Add(10.0, 9.0, 0);
  const auto bins = Calibrate(pairs, 10, 10.0);
  EXPECT_EQ(bins[1].count, 2u);
  EXPECT_DOUBLE_EQ(bins[1].predicted, 1.25);
  EXPECT_DOUBLE_EQ(bins[1].rated, 2.75);
  EXPECT_EQ(bins[9].count, 1u) << "the top belongs to the last bin";
  EXPECT_THAT(*CalibrationError(bins), DoubleNear((2 * 1.5 + 1.0) / 3.0, 1e-12));
  EXPECT_FALSE(CalibrationError(Calibrate({}, 10, 10.0)));
}

TEST(QuantileTest, LiesBetweenTheNeighbours) {
  EXPECT_DOUBLE_EQ(*Quantile({4, 1, 3, 2}, 0.5), 2.5);
  EXPECT_DOUBLE_EQ(*Quantile({10, 0}, 0.9), 9.0);
  EXPECT_FALSE(Quantile({}, 0.5));
}

}  // namespace
}  // namespace euphone
