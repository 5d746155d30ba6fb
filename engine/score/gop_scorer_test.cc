#include "score/gop_scorer.h"

#include <gtest/gtest.h>

#include "score/calibration_fixture.h"

namespace euphone {
namespace {

WordEvidence Word(std::initializer_list<double> ratios) {
  WordEvidence word;
  for (const double ratio : ratios) {
    word.phones.push_back({.id = 0, .stress = Stress::kPrimary});
    word.spans.push_back({.phone = 0, .begin = 0, .end = 1});
    word.evidence.push_back({0, ratio, 0, 0, 0, 0});
  }
  return word;
}

GopScorer Scorer() {
  return GopScorer(*Calibration::Parse(testing::SimpleCalibration(), testing::TwoPhones()));
}

TEST(GopScorer, ScoresPhonesWordsAndTheSentence) {
  SentenceEvidence sentence{.words = {Word({0, -4}), Word({2})}, .tempo = {.speech_rate = 3}};
  const auto judged = Scorer().Judge(sentence, {});
  ASSERT_TRUE(judged);
  EXPECT_DOUBLE_EQ(judged->words[0].phones[0], 100);
  EXPECT_DOUBLE_EQ(judged->words[0].phones[1], 60);
  EXPECT_DOUBLE_EQ(judged->words[0].accuracy, 80);
  EXPECT_DOUBLE_EQ(judged->words[1].accuracy, 100);
  EXPECT_DOUBLE_EQ(judged->accuracy, 90);
  EXPECT_DOUBLE_EQ(*judged->fluency, 30);
}

TEST(GopScorer, CountsAWordThatWasLeftOutAsZero) {
  const auto judged = Scorer().Judge({.words = {Word({0}), Word({})}, .tempo = {}}, {});
  EXPECT_DOUBLE_EQ(judged->words[1].accuracy, 0);
  EXPECT_DOUBLE_EQ(judged->accuracy, 50);
}

TEST(GopScorer, DoesNotInventProsody) {
  EXPECT_FALSE(Scorer().Judge({.words = {Word({0})}, .tempo = {}}, {})->prosody);
}

TEST(GopScorer, OneWrongSoundLeavesItsNeighboursAlone) {
  const auto right = Scorer().Judge({.words = {Word({0, 0, 0})}, .tempo = {}}, {});
  const auto wrong = Scorer().Judge({.words = {Word({0, -9, 0})}, .tempo = {}}, {});
  EXPECT_DOUBLE_EQ(right->words[0].phones[0], wrong->words[0].phones[0]);
  EXPECT_DOUBLE_EQ(right->words[0].phones[2], wrong->words[0].phones[2]);
  EXPECT_LT(wrong->words[0].phones[1], 20);
}

}  // namespace
}  // namespace euphone
