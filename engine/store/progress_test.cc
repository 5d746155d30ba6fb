#include "store/progress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/store_fixture.h"

namespace euphone {
namespace {

using fixture::Document;
using fixture::TakeOf;

class ProgressTest : public fixture::StoreTest {
 protected:
  TakeId Say(std::int64_t day, const std::vector<std::string>& sounds, double total) {
    const auto take = TakeOf(learner_, day * kDayMs, "Think.", Document({"Think"}, sounds, total));
    return AddTake(store_, take, {}, SampleRate{16000}).value();
  }
  const SoundProgress* Sound(const LearnerProgress& progress, const std::string& sound) {
    for (const SoundProgress& each : progress.sounds)
      if (each.sound == sound) return &each;
    return nullptr;
  }

  LearnerId learner_ = Learner("Ana");
};

TEST_F(ProgressTest, ASoundsMeanCountsEveryTimeItWasSaidWhateverItsStress) {
  Say(1, {"AH0:90", "AH1:50", "TH:20:S"}, 70);
  Say(2, {"AH0:70"}, 80);
  const auto progress = ProgressOf(store_, learner_).value();
  const SoundProgress* ah = Sound(progress, "AH");
  ASSERT_NE(ah, nullptr);
  EXPECT_EQ(ah->all.count, 3);
  EXPECT_DOUBLE_EQ(ah->all.value, 70);
  EXPECT_NEAR(ah->all.error, 11.547, 0.001);  // A deviation of 20 over the root of 3.
  EXPECT_EQ(ah->days.size(), 2u);
  EXPECT_EQ(progress.sounds.front().sound, "TH");
  EXPECT_DOUBLE_EQ(progress.sounds.front().wrong, 1.0);
}

TEST_F(ProgressTest, ConfusionsSayWhatWasHeardInstead) {
  Say(1, {"TH:20:S", "T:0:-"}, 70);
  Say(3, {"TH:25:S", "TH:30:F", "T:90"}, 70);
  const auto progress = ProgressOf(store_, learner_).value();
  ASSERT_EQ(progress.confusions.size(), 3u);
  EXPECT_EQ(progress.confusions[0].expected, "TH");
  EXPECT_EQ(progress.confusions[0].said, "S");
  EXPECT_EQ(progress.confusions[0].count, 2);
  EXPECT_EQ(progress.confusions[0].last_day, 3);
  EXPECT_EQ(progress.confusions[1].said, "");
}

TEST_F(ProgressTest, DaysCarryTheMeanOfTheirTakes) {
  Say(1, {"TH:20"}, 40);
  Say(1, {"TH:20"}, 60);
  Say(4, {"TH:20"}, 90);
  const auto progress = ProgressOf(store_, learner_).value();
  ASSERT_EQ(progress.days.size(), 2u);
  EXPECT_EQ(progress.days[0].takes, 2);
  EXPECT_DOUBLE_EQ(progress.days[0].total->value, 50);
  EXPECT_EQ(progress.days[1].day, 4);
  EXPECT_EQ(ProgressOf(store_, learner_, 2).value().days.size(), 1u);
}

TEST_F(ProgressTest, BeforeAndAfterAreToldOnceThereIsEnoughOfBoth) {
  for (int day = 0; day < 10; ++day)
    Say(day, {"R:40", "R:50", "R:60", "R:" + std::to_string(50 + 4 * day)}, 60);
  EXPECT_TRUE(Sound(ProgressOf(store_, learner_).value(), "R")->first);
  const auto r = *Sound(ProgressOf(store_, learner_).value(), "R");
  EXPECT_EQ(r.first->count, 20);
  EXPECT_LT(r.first->value, r.last->value);
  EXPECT_FALSE(Sound(ProgressOf(store_, learner_, 5).value(), "R")->first);
}

TEST_F(ProgressTest, TakingATakeBackTakesBackWhatItCounted) {
  Say(1, {"TH:90"}, 90);
  const auto before = ProgressOf(store_, learner_).value();
  const TakeId id = Say(1, {"TH:10:S"}, 20);
  EXPECT_EQ(ProgressOf(store_, learner_).value().words[0].count, 2);
  ASSERT_TRUE(DeleteTake(store_, id));
  const auto after = ProgressOf(store_, learner_).value();
  EXPECT_EQ(after.confusions.size(), before.confusions.size());
  EXPECT_DOUBLE_EQ(Sound(after, "TH")->all.value, 90);
  EXPECT_DOUBLE_EQ(after.days[0].total->value, 90);
  EXPECT_EQ(after.words[0].word, "think");
  EXPECT_DOUBLE_EQ(after.words[0].wrong, 0.0);
}

TEST_F(ProgressTest, ANewJudgementReplacesWhatTheOldOneCounted) {
  const TakeId id = Say(1, {"TH:10:S"}, 20);
  ASSERT_TRUE(JudgeAgain(store_, id, JudgementOf(Document({"think"}, {"TH:80"}, 85)).value(), 5));
  const auto progress = ProgressOf(store_, learner_).value();
  EXPECT_TRUE(progress.confusions.empty());
  EXPECT_DOUBLE_EQ(Sound(progress, "TH")->all.value, 80);
  EXPECT_DOUBLE_EQ(progress.days[0].total->value, 85);
}

TEST_F(ProgressTest, WhatWasNotScoredCountsForNothing) {
  auto take = TakeOf(learner_, 0, "Think.", Document({"think"}, {"TH:10"}, 20));
  std::string document = take.judgement.document;
  document.replace(document.find("\"scored\""), 8, "\"withheld\"");
  EXPECT_TRUE(JudgementOf(document).value().sums.sounds.empty());
  EXPECT_EQ(JudgementOf("{}").error().code, Errc::kCorrupt);
  EXPECT_EQ(JudgementOf("not JSON").error().code, Errc::kCorrupt);
}

TEST_F(ProgressTest, NobodysProgressIsNotFound) {
  EXPECT_EQ(ProgressOf(store_, {99}).error().code, Errc::kNotFound);
}

}  // namespace
}  // namespace euphone
