#include "store/assignments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/own_lessons.h"
#include "store/store_fixture.h"

namespace euphone {
namespace {

using ::testing::IsEmpty;

class AssignmentsTest : public fixture::StoreTest {
 protected:
  void Read(LearnerId learner, std::int64_t said_ms, const std::string& item,
            std::optional<double> total, const std::string& lesson = "everyday") {
    auto take = fixture::TakeOf(learner, said_ms, "Text.", fixture::Document({"text"}, {}, 60));
    take.lesson = lesson;
    take.item = item;
    take.judgement.total = total;
    ASSERT_TRUE(AddTake(store_, take, std::nullopt));
  }
  Assignment Assign(LearnerId learner, std::int64_t made_ms) {
    const auto ids = AddAssignments(
        store_, {{.learner = learner, .lesson = "everyday", .made_ms = made_ms, .due_day = 7}});
    return GetAssignment(store_, ids.value().front()).value();
  }
};

TEST_F(AssignmentsTest, TheSameIsSetForSeveralLearnersOrForNone) {
  const LearnerId ana = Learner("Ana"), bo = Learner("Bo");
  const auto set = AddAssignments(
      store_, {{.learner = ana, .lesson = "everyday", .made_ms = 5, .note = "By Friday!"},
               {.learner = bo, .lesson = "everyday", .made_ms = 5, .due_day = 20}});
  ASSERT_TRUE(set) << set.error().message;
  EXPECT_EQ(AssignmentsOf(store_).value().size(), 2u);
  const auto of_ana = AssignmentsOf(store_, ana).value();
  ASSERT_EQ(of_ana.size(), 1u);
  EXPECT_EQ(of_ana[0].lesson, "everyday");
  EXPECT_EQ(of_ana[0].note, "By Friday!");
  EXPECT_FALSE(of_ana[0].due_day);
  EXPECT_EQ(AssignmentsOf(store_, bo).value()[0].due_day, 20);
  const auto failed = AddAssignments(
      store_, {{.learner = ana, .lesson = "everyday"}, {.learner = {99}, .lesson = "everyday"}});
  EXPECT_EQ(failed.error().code, Errc::kNotFound);
  EXPECT_EQ(AddAssignments(store_, {{.learner = ana, .lesson = ""}}).error().code,
            Errc::kInvalidArgument);
  EXPECT_EQ(AssignmentsOf(store_).value().size(), 2u);
}

TEST_F(AssignmentsTest, AnItemCountsOnceAsItWentTheLastTime) {
  const LearnerId ana = Learner("Ana");
  const Assignment assignment = Assign(ana, 100);
  Read(ana, 110, "hello", 40);
  Read(ana, 130, "hello", 80);
  Read(ana, 120, "hello", 60);
  Read(ana, 140, "bye", 90);
  const auto items = ItemsRead(store_, assignment).value();
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0].item, "bye");
  EXPECT_EQ(items[0].total, 90);
  EXPECT_EQ(items[1].item, "hello");
  EXPECT_EQ(items[1].total, 80);
}

TEST_F(AssignmentsTest, WhatIsOfOthersOrOfBeforeOrWithoutAScoreDoesNotCount) {
  const LearnerId ana = Learner("Ana"), bo = Learner("Bo");
  const Assignment assignment = Assign(ana, 100);
  Read(ana, 99, "before", 90);
  Read(bo, 110, "bo's", 90);
  Read(ana, 110, "other", 90, "travel");
  Read(ana, 110, "silent", std::nullopt);
  Read(ana, 110, "", 90);
  EXPECT_THAT(ItemsRead(store_, assignment).value(), IsEmpty());
}

TEST_F(AssignmentsTest, WhatWasReadIsLookedUpInItsIndex) {
  std::string plan;
  ASSERT_TRUE(store_.database().Each(
      "EXPLAIN QUERY PLAN SELECT item, total, max(said_ms) FROM takes WHERE learner = 1"
      " AND lesson = 'a' AND item <> '' AND said_ms >= 3 AND total IS NOT NULL GROUP BY item",
      {}, [&](const SqlRow& row) { plan += row.Text(3); }));
  EXPECT_THAT(plan, testing::HasSubstr("COVERING INDEX takes_of_lesson"));
}

TEST_F(AssignmentsTest, AnAssignmentGoesWithItsLearnerItsLessonOrByItself) {
  const LearnerId ana = Learner("Ana"), bo = Learner("Bo");
  const Assignment first = Assign(ana, 1);
  Assign(bo, 1);
  ASSERT_TRUE(DeleteAssignment(store_, first.id));
  EXPECT_EQ(DeleteAssignment(store_, first.id).error().code, Errc::kNotFound);
  EXPECT_EQ(GetAssignment(store_, first.uuid).error().code, Errc::kNotFound);
  ASSERT_TRUE(EraseLearner(store_, bo));
  EXPECT_THAT(AssignmentsOf(store_).value(), IsEmpty());
  ASSERT_TRUE(KeepLesson(store_, {"everyday", 5, "id\ttext\na\tHello.\n"}));
  Assign(ana, 6);
  ASSERT_TRUE(ForgetLesson(store_, "everyday"));
  EXPECT_THAT(AssignmentsOf(store_).value(), IsEmpty()) << "another lesson may get its name";
}

}  // namespace
}  // namespace euphone
