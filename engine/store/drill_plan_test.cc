#include "store/drill_plan.h"

#include <gtest/gtest.h>

#include "coach/knowledge_fixture.h"
#include "score/analysis_fixture.h"
#include "store/store_fixture.h"

namespace euphone {
namespace {

class DrillPlanTest : public fixture::StoreTest {
 protected:
  void Say(std::int64_t day, const std::vector<std::string>& sounds) {
    const auto document = fixture::Document({"think"}, sounds, 60);
    ASSERT_TRUE(
        AddTake(store_, fixture::TakeOf(learner_, day * kDayMs, "Think.", document), std::nullopt));
  }
  PhoneId Id(const char* name) const { return *phones_.Find(name); }
  DrillPlan Plan(std::int64_t today, std::optional<PhoneId> sound = {},
                 std::optional<PhoneId> against = {}) {
    return PlanDrill(store_, learner_, phones_, knowledge_, today, sound, against).value();
  }

  const PhoneSet phones_ = fixture::EnglishPhones();
  const Knowledge knowledge_ = fixture::EnglishKnowledge(phones_);
  LearnerId learner_ = Learner("Ana");
};

TEST_F(DrillPlanTest, TheSoundThatIsDueIsDrilledAgainstWhatIsSaidForIt) {
  Say(10, {"TH:20:F", "TH:20:F", "S:95"});
  const DrillPlan plan = Plan(11);
  ASSERT_EQ(plan.sounds.size(), 1u);
  EXPECT_EQ(plan.sounds[0].what, "TH");
  EXPECT_EQ(plan.order.sound, Id("TH"));
  EXPECT_EQ(plan.order.against, Id("F"));
  EXPECT_EQ(plan.order.day, 11);
  EXPECT_DOUBLE_EQ(plan.skill.mean, 20.0);
}

TEST_F(DrillPlanTest, WhereNoneIsDueTheNextOneIsAndWhereNoneWasReadTheContrastOfTheDay) {
  const DrillPlan fresh = Plan(10);
  EXPECT_TRUE(fresh.sounds.empty());
  const auto pair = ContrastOfDay(knowledge_, "ko", 10);
  EXPECT_EQ(fresh.order.sound, pair->first);
  EXPECT_EQ(fresh.order.against, pair->second);
  Say(10, {"S:95", "TH:95"});
  const DrillPlan next = Plan(11);
  ASSERT_EQ(next.sounds.size(), 1u);
  EXPECT_GT(next.sounds[0].due_day, 11);
  EXPECT_EQ(next.order.sound, Id(next.sounds[0].what.c_str()));
}

TEST_F(DrillPlanTest, WhatIsAskedForComesBeforeWhatIsDue) {
  Say(10, {"TH:20:F", "V:90"});
  EXPECT_EQ(Plan(11, Id("V")).order.sound, Id("V"));
  EXPECT_DOUBLE_EQ(Plan(11, Id("V")).skill.mean, 90.0);
  EXPECT_EQ(Plan(11, Id("TH"), Id("D")).order.against, Id("D"));
  EXPECT_EQ(PlanDrill(store_, {99}, phones_, knowledge_, 1).error().code, Errc::kNotFound);
}

}  // namespace
}  // namespace euphone
