#include "store/practice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/store_fixture.h"

namespace euphone {
namespace {

using fixture::Document;
using fixture::TakeOf;

class PracticeTest : public fixture::StoreTest {
 protected:
  TakeId Say(std::int64_t day, const std::vector<std::string>& words,
             const std::vector<std::string>& sounds, double total = 60) {
    const auto take = TakeOf(learner_, day * kDayMs, "Think.", Document(words, sounds, total));
    return AddTake(store_, take, {}, SampleRate{16000}).value();
  }
  std::vector<PracticeItem> Practice(std::int64_t today) {
    return PracticeOf(store_, learner_, today).value();
  }
  static std::optional<PracticeItem> Find(const std::vector<PracticeItem>& items,
                                          const std::string& what) {
    for (const PracticeItem& item : items)
      if (item.what == what) return item;
    return std::nullopt;
  }

  LearnerId learner_ = Learner("Ana");
};

TEST_F(PracticeTest, ASoundThatGoesWrongComesBackTheNextDayAndOneThatIsRightWaits) {
  Say(10, {"think", "tea"}, {"TH:20:S", "T:95"});
  const auto items = Practice(11);
  ASSERT_GE(items.size(), 2u);
  EXPECT_EQ(items.front().what, "TH");
  EXPECT_EQ(items.front().due_day, 11);
  EXPECT_EQ(Find(items, "T")->due_day, 18);
  EXPECT_LT(items.front().recall, Find(items, "T")->recall);
}

TEST_F(PracticeTest, EachDayIsOneReviewHoweverManyTakesItHas) {
  Say(10, {"think"}, {"TH:20:S"});
  Say(10, {"think"}, {"TH:90"});
  Say(12, {"think"}, {"TH:90"});
  const auto th = Find(Practice(12), "TH");
  ASSERT_TRUE(th);
  const Memory expected = NextReview(FirstReview(10, GradeOf(55.0)), 12, GradeOf(90.0));
  EXPECT_EQ(th->memory.reviews, 2);
  EXPECT_DOUBLE_EQ(th->memory.stability_days, expected.stability_days);
  EXPECT_DOUBLE_EQ(th->last_mean, 90.0);
}

TEST_F(PracticeTest, OfWordsOnlyThoseThatWentWrongArePlanned) {
  Say(10, {"think"}, {"TH:20:S"}, 30);
  Say(10, {"tea"}, {"T:95"}, 90);
  const auto items = Practice(10);
  const auto think = Find(items, "think");
  ASSERT_TRUE(think);
  EXPECT_EQ(think->kind, PracticeItem::Kind::kWord);
  EXPECT_FALSE(Find(items, "tea"));
}

TEST_F(PracticeTest, ATakeThatIsDeletedWasNeverPractised) {
  Say(10, {"think"}, {"TH:20:S"}, 30);
  const auto before = Practice(12);
  const TakeId id = Say(11, {"think"}, {"TH:90"});
  EXPECT_NE(Find(Practice(12), "TH")->memory.reviews, Find(before, "TH")->memory.reviews);
  ASSERT_TRUE(DeleteTake(store_, id));
  EXPECT_EQ(Find(Practice(12), "TH")->memory.reviews, 1);
  EXPECT_EQ(Find(Practice(12), "think")->memory.reviews, 1);
}

TEST_F(PracticeTest, ADayThatIsStillToComeDoesNotCountYet) {
  Say(10, {"think"}, {"TH:20:S"});
  Say(14, {"think"}, {"TH:90"});
  EXPECT_EQ(Find(Practice(12), "TH")->memory.day, 10);
  EXPECT_TRUE(Practice(9).empty());
  EXPECT_EQ(PracticeOf(store_, {99}, 1).error().code, Errc::kNotFound);
}

TEST(CurveOfDays, CountsScoredTakesOnlyAndLooksAsFarAheadAsTheLastFourWeeksWent) {
  std::vector<DayOfPractice> days;
  double before = 0.0;
  for (std::int64_t day = 0; day < 40; ++day) {
    const double score = 80.0 - 40.0 / std::sqrt(before + 6.0);
    days.push_back({day, 12, 1000, Mean{10, score, 1.0}});
    days.push_back({day + 1000, 1, 10, std::nullopt});
    days.pop_back();
    before += 10.0;
  }
  days[3].total.reset();
  const auto curve = CurveOf(days);
  ASSERT_TRUE(curve);
  EXPECT_DOUBLE_EQ(curve->takes, 390.0);
  EXPECT_NEAR(curve->later.score, 80.0 - 40.0 / std::sqrt(670.0), 1.0);
  EXPECT_FALSE(CurveOf({}));
}

}  // namespace
}  // namespace euphone
