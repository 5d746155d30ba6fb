#include "score/diagnosis.h"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>

namespace euphone {
namespace {

constexpr PhoneId kExpected = 0, kOther = 1;
constexpr double kWordAccuracy = 70.0;

/// Right from 80 points on, wrong below 20, both with a probability of 0.9 or more; the other terms
/// do not count.
DiagnosisRule SimpleRule() {
  const double nine = std::log(9.0);
  return {.phone = {.right = {.bias = nine - 80.0, .weights = {1, 0, 0, 0, 0}},
                    .wrong = {.bias = nine + 20.0, .weights = {-1, 0, 0, 0, 0}},
                    .right_from = 0.9,
                    .wrong_from = 0.9},
          .word = {.right = {.bias = nine - 80.0, .weights = {1, 0, 0}},
                   .wrong = {.bias = nine + 20.0, .weights = {-1, 0, 0}},
                   .right_from = 0.9,
                   .wrong_from = 0.9},
          .name_from = 0.6,
          .nothing_from = 0.7,
          .shortest_s = 0.03,
          .least_snr_db = 10.0};
}

PhoneScore Sound(double score, Heard heard, double seconds = 0.1) {
  PhoneScore phone;
  phone.phone = {kExpected, Stress::kNone};
  phone.score = score;
  phone.heard = std::move(heard);
  phone.evidence[static_cast<std::size_t>(EvidenceTerm::kLogDuration)] = std::log(seconds);
  return phone;
}

Diagnosis Diagnosed(const PhoneScore& phone) {
  return DiagnosisOf(phone, kWordAccuracy, SimpleRule());
}

TEST(Diagnosis, CallsAHighScoreRightWithItsProbability) {
  const Diagnosis diagnosis = Diagnosed(Sound(80.0 + 1e-9, {{{kExpected, 0.9}}, 0.0}));
  EXPECT_EQ(diagnosis.claim, Claim::kRight);
  EXPECT_FALSE(diagnosis.said);
  EXPECT_NEAR(diagnosis.probability, 0.9, 1e-6);
}

TEST(Diagnosis, ClaimsNothingOfAScoreInBetweenWhateverWasHeard) {
  const Diagnosis diagnosis = Diagnosed(Sound(50.0, {{{kOther, 1.0}}, 0.0}));
  EXPECT_EQ(diagnosis.claim, Claim::kNotSure);
  EXPECT_FALSE(diagnosis.said);
  EXPECT_EQ(diagnosis.probability, 0.0);
}

TEST(Diagnosis, NamesAnotherPhoneThatIsLikelyEnough) {
  const Diagnosis diagnosis = Diagnosed(Sound(5.0, {{{kOther, 0.8}, {kExpected, 0.2}}, 0.2}));
  EXPECT_EQ(diagnosis.claim, Claim::kSubstituted);
  EXPECT_EQ(diagnosis.said, kOther);
}

TEST(Diagnosis, NamesNoneThatIsNotLikelyEnoughOrTooShortToTell) {
  const Heard unlikely{{{kOther, 0.8}, {kExpected, 0.2}}, 0.3};  // 0.8 of 0.7
  EXPECT_EQ(Diagnosed(Sound(5.0, unlikely)).claim, Claim::kDistorted);
  const Heard likely{{{kOther, 0.9}}, 0.0};
  EXPECT_EQ(Diagnosed(Sound(5.0, likely, 0.02)).claim, Claim::kDistorted);
  EXPECT_EQ(Diagnosed(Sound(5.0, likely, 0.04)).claim, Claim::kSubstituted);
}

TEST(Diagnosis, CallsASoundDistortedThatIsWrongThoughTheExpectedPhoneWasHeard) {
  const Diagnosis diagnosis = Diagnosed(Sound(5.0, {{{kExpected, 1.0}}, 0.0}));
  EXPECT_EQ(diagnosis.claim, Claim::kDistorted);
  EXPECT_FALSE(diagnosis.said);
}

TEST(Diagnosis, CallsASoundDroppedWhereProbablyNoneWasMade) {
  EXPECT_EQ(Diagnosed(Sound(5.0, {{{kOther, 1.0}}, 0.7}, 0.012)).claim, Claim::kDropped);
}

TEST(Diagnosis, ClaimsNothingWhereBothCouldBeClaimed) {
  DiagnosisRule rule = SimpleRule();
  rule.phone.wrong = rule.phone.right;
  EXPECT_EQ(DiagnosisOf(Sound(90.0, {}), kWordAccuracy, rule).claim, Claim::kNotSure);
}

TEST(Diagnosis, MeasuresTheExpectedPhoneByItsShareOfWhatIsNotNothing) {
  const PhoneScore phone = Sound(40.0, {{{kOther, 0.5}, {kExpected, 0.5}}, 0.5}, 0.2);
  const auto terms = ClaimTerms(phone, kWordAccuracy);
  EXPECT_DOUBLE_EQ(terms[0], 40.0);
  EXPECT_NEAR(terms[1], std::log(0.25 / 0.75), 1e-9);
  EXPECT_NEAR(terms[3], std::log(0.2), 1e-9);
  EXPECT_DOUBLE_EQ(terms[4], kWordAccuracy);
  EXPECT_DOUBLE_EQ(ClaimTerms(Sound(40.0, {}), kWordAccuracy)[1], -5.0)
      << "what was not heard has finite odds";
}

/// One word with one sound, both evidently right.
class OfAReading : public testing::Test {
 protected:
  OfAReading() {
    calibration_.diagnosis = SimpleRule();
    calibration_.unsure_below = -2.0;
    analysis_.fit = -1.0;
    analysis_.quality.snr_db = 30.0;
    WordScore& word = analysis_.words.emplace_back();
    word.accuracy = 95.0;
    word.phones.push_back(Sound(95.0, {{{kExpected, 1.0}}, 0.0}));
  }
  const WordScore& Word() {
    Diagnose(calibration_, analysis_);
    return analysis_.words.front();
  }
  void ExpectNothingClaimed() {
    EXPECT_EQ(Word().certainty, Certainty::kNotSure);
    EXPECT_EQ(Word().phones.front().diagnosis->claim, Claim::kNotSure);
  }

  Calibration calibration_;
  Analysis analysis_;
};

TEST_F(OfAReading, WordsAndSoundsAreClaimedToBeRight) {
  EXPECT_EQ(Word().certainty, Certainty::kRight);
  EXPECT_EQ(Word().phones.front().diagnosis->claim, Claim::kRight);
}

TEST_F(OfAReading, NothingIsClaimedWithoutARule) {
  calibration_.diagnosis.reset();
  EXPECT_FALSE(Word().certainty);
  EXPECT_FALSE(Word().phones.front().diagnosis);
}

TEST_F(OfAReading, NothingIsClaimedOfAGuessedPronunciation) {
  analysis_.words.front().origin = Origin::kG2p;
  ExpectNothingClaimed();
}

TEST_F(OfAReading, NothingIsClaimedWhereTheTextIsDoubtful) {
  analysis_.fit = -2.1;
  ExpectNothingClaimed();
}

TEST_F(OfAReading, WhatChanceGivesIsTakenOffTheFit) {
  calibration_.chance_share = 0.25;
  analysis_.chance_fit = -8.0;  // So that nothing is lost by a fit of −3.9.
  analysis_.fit = -3.9;
  EXPECT_EQ(Word().certainty, Certainty::kRight);
  analysis_.fit = -4.1;
  ExpectNothingClaimed();
}

TEST_F(OfAReading, NothingIsClaimedInNoise) {
  analysis_.quality.snr_db = 9.9;
  ExpectNothingClaimed();
}

TEST_F(OfAReading, NothingIsClaimedOfARecordingWithAWarningButANoteDoesNotMatter) {
  analysis_.quality.findings = {{FindingKind::kDcOffset, Severity::kNote, 3.0, "%", "", ""}};
  EXPECT_EQ(Word().certainty, Certainty::kRight);
  analysis_.quality.findings.front().severity = Severity::kWarning;
  ExpectNothingClaimed();
}

TEST_F(OfAReading, AWordThatWasLeftOutIsNotJudged) {
  analysis_.words.front().phones.clear();
  EXPECT_FALSE(Word().certainty);
}

}  // namespace
}  // namespace euphone
