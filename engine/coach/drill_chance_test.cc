#include "coach/drill_chance.h"

#include <gtest/gtest.h>

namespace euphone {
namespace {

double Word(double skill, SoundPlace place = SoundPlace::kInitial, std::size_t syllables = 1) {
  return ChanceIn(skill, DrillKind::kWord, false, place, syllables);
}

TEST(DrillChance, OfSomebodyUnknownSevenOfTenAreRight) {
  EXPECT_DOUBLE_EQ(SkillOf({}), 0.7);
  EXPECT_DOUBLE_EQ(SkillOf({.times = 1.0, .mean = 0.0}), 0.56) << "one bad reading says little";
  EXPECT_NEAR(SkillOf({.times = 400.0, .mean = 30.0}), 0.3, 0.01);
}

TEST(DrillChance, WhatIsForgottenFallsToAnEvenChanceAndWhatWasNeverRightDoesNotRiseToIt) {
  const SoundSkill good{.times = 40.0, .mean = 90.0, .recall = 0.5};
  EXPECT_NEAR(SkillOf(good), 0.5 * SkillOf({.times = 40.0, .mean = 90.0}) + 0.25, 1e-9);
  const SoundSkill bad{.times = 400.0, .mean = 10.0, .recall = 0.2};
  EXPECT_LT(SkillOf(bad), 0.12);
}

TEST(DrillChance, EndsAndClustersAreHarderThanBeginningsAndTextThanWords) {
  const double skill = 0.7;
  EXPECT_GT(Word(skill), Word(skill, SoundPlace::kMedial));
  EXPECT_GT(Word(skill, SoundPlace::kMedial), Word(skill, SoundPlace::kFinal));
  EXPECT_GT(Word(skill, SoundPlace::kFinal), Word(skill, SoundPlace::kCluster));
  EXPECT_GT(Word(skill), Word(skill, SoundPlace::kInitial, 3));
  const auto in = [](DrillKind kind) { return ChanceIn(0.7, kind, true, SoundPlace::kFinal, 2); };
  EXPECT_GT(in(DrillKind::kWord), in(DrillKind::kPair));
  EXPECT_GT(in(DrillKind::kPair), in(DrillKind::kSentence));
  EXPECT_DOUBLE_EQ(in(DrillKind::kSentence), 0.7) << "a vowel in running text is the measure";
}

TEST(DrillChance, AWordThatWasReadOftenIsKnownByItself) {
  EXPECT_DOUBLE_EQ(ChanceOfWord(0.8, {}), 0.8);
  EXPECT_DOUBLE_EQ(ChanceOfWord(0.8, {.times = 4.0, .mean = 40.0}), 0.6);
}

}  // namespace
}  // namespace euphone
