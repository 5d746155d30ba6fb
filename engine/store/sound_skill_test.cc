#include "store/sound_skill.h"

#include <gtest/gtest.h>

#include "store/practice.h"
#include "store/store_fixture.h"

namespace euphone {
namespace {

class SoundSkillTest : public fixture::StoreTest {
 protected:
  void Say(std::int64_t day, std::size_t times, const std::string& sound,
           const std::string& word = "think", double total = 60) {
    const auto document = fixture::Document({word}, std::vector(times, sound), total);
    ASSERT_TRUE(
        AddTake(store_, fixture::TakeOf(learner_, day * kDayMs, "Think.", document), std::nullopt));
  }
  SoundSkill Skill(std::int64_t today, const char* sound = "TH") {
    return SoundSkillOf(store_, learner_, sound, today).value();
  }

  LearnerId learner_ = Learner("Ana");
};

TEST_F(SoundSkillTest, CountsTheLastTwentyTimesInWholeDays) {
  Say(1, 50, "TH:20:S");
  Say(2, 15, "TH:60");
  Say(3, 10, "TH:80");
  Say(9, 10, "TH:0:S");
  const SoundSkill skill = Skill(3);
  EXPECT_DOUBLE_EQ(skill.times, 25.0);
  EXPECT_DOUBLE_EQ(skill.mean, (15 * 60.0 + 10 * 80.0) / 25.0);
}

TEST_F(SoundSkillTest, FadesAsTheMemoryOfTheSoundDoes) {
  Say(1, 20, "TH:80");
  EXPECT_GT(Skill(2).recall, Skill(30).recall);
  EXPECT_LT(SkillOf(Skill(60)), SkillOf(Skill(2)));
}

TEST_F(SoundSkillTest, KnowsTheWordsThatWereRead) {
  Say(1, 1, "TH:20:S", "think", 30);
  Say(2, 1, "TH:90", "Think", 90);
  EXPECT_DOUBLE_EQ(Skill(2).words.at("think").times, 2.0);
  EXPECT_DOUBLE_EQ(Skill(2).words.at("think").mean, 60.0);
}

TEST_F(SoundSkillTest, OfASoundThatWasNeverScoredNothingIsKnown) {
  Say(1, 5, "TH:80");
  const SoundSkill skill = Skill(2, "V");
  EXPECT_DOUBLE_EQ(skill.times, 0.0);
  EXPECT_DOUBLE_EQ(SkillOf(skill), SkillOf({}));
  EXPECT_EQ(SoundSkillOf(store_, {99}, "TH", 1).error().code, Errc::kNotFound);
}

}  // namespace
}  // namespace euphone
