#include "practice/memory.h"

#include <gtest/gtest.h>

#include <vector>

namespace euphone {
namespace {

struct Step {
  std::int64_t day;
  Grade grade;
  double stability, difficulty;
  std::int64_t interval;
  double recall_after_a_week;
};

void Follow(const std::vector<Step>& steps) {
  Memory memory;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Step& step = steps[i];
    memory = i == 0 ? FirstReview(step.day, step.grade) : NextReview(memory, step.day, step.grade);
    SCOPED_TRACE(step.day);
    EXPECT_NEAR(memory.stability_days, step.stability, 1e-9 * step.stability);
    EXPECT_NEAR(memory.difficulty, step.difficulty, 1e-9);
    EXPECT_EQ(DueDay(memory), step.day + step.interval);
    EXPECT_NEAR(Retrievability(memory, step.day + 7), step.recall_after_a_week, 1e-9);
  }
  EXPECT_EQ(memory.reviews, static_cast<int>(steps.size()));
}

// Made by the PyPI package `fsrs` 6.3.2: Scheduler(learning_steps=(), relearning_steps=(),
// enable_fuzzing=False), one review_card() for each line.
TEST(Memory, GrowsWithReviewsThatGoWellAndFallsWithALapse) {
  Follow({{0, Grade::kGood, 2.3065, 2.118103970459016, 2, 0.8083099402375552},
          {3, Grade::kGood, 13.826903694354568, 2.111214235785395, 14, 0.9397486038241063},
          {10, Grade::kEasy, 61.30130885425572, 1.0, 61, 0.9837707474402021},
          {40, Grade::kAgain, 3.2080962524430205, 7.0269895692968385, 3, 0.838287004771947},
          {41, Grade::kHard, 4.545617332528975, 8.011605503110008, 5, 0.8677185120871234},
          {50, Grade::kGood, 13.450317614110345, 7.998822266903736, 13, 0.9384100350097131}});
}

TEST(Memory, ComesBackTheNextDayAfterABadStart) {
  Follow({{0, Grade::kAgain, 0.212, 6.4133, 1, 0.5822354046773924},
          {1, Grade::kAgain, 0.10088578982099844, 8.806304468856837, 1, 0.5205091737382788},
          {2, Grade::kGood, 0.6832068408085884, 8.792726533684817, 1, 0.6904739253461494},
          {5, Grade::kEasy, 4.5562468567477845, 8.37454036948265, 5, 0.8679064386870574},
          {100, Grade::kGood, 25.68005054444039, 8.361394198410006, 26, 0.9641393366096348}});
}

TEST(Memory, WaitsLongForWhatWasEasyFromTheStart) {
  Follow({{0, Grade::kEasy, 8.2956, 1.0, 8, 0.9112367728465863},
          {30, Grade::kHard, 49.40520250464168, 4.010608969296839, 49, 0.9801439658859789},
          {31, Grade::kGood, 52.232110025564985, 4.00182672962438, 52, 0.9811454092000528}});
}

TEST(Memory, CountsLapsesAfterTheFirstReviewOnly) {
  Memory memory = FirstReview(0, Grade::kAgain);
  EXPECT_EQ(memory.lapses, 0);
  memory = NextReview(memory, 4, Grade::kAgain);
  EXPECT_EQ(memory.lapses, 1);
  EXPECT_EQ(NextReview(memory, 4, Grade::kGood).lapses, 1);
}

TEST(Memory, OfTheSameDayNeverFallsByAGoodReview) {
  const Memory first = FirstReview(9, Grade::kEasy);
  EXPECT_GE(NextReview(first, 9, Grade::kGood).stability_days, first.stability_days);
  EXPECT_LT(NextReview(first, 9, Grade::kAgain).stability_days, first.stability_days);
}

TEST(Memory, GradesByTheScoresOfADay) {
  EXPECT_EQ(GradeOf(0.0), Grade::kAgain);
  EXPECT_EQ(GradeOf(50.0), Grade::kHard);
  EXPECT_EQ(GradeOf(84.9), Grade::kGood);
  EXPECT_EQ(GradeOf(100.0), Grade::kEasy);
}

}  // namespace
}  // namespace euphone
