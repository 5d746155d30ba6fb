#include "store/learner_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "coach/knowledge_fixture.h"
#include "score/analysis_fixture.h"
#include "store/portable.h"
#include "store/store_fixture.h"

namespace euphone {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class LearnerRecordTest : public fixture::StoreTest {
 protected:
  PhoneId Id(const char* name) const { return *phones_.Find(name); }
  LearnerRecord Record(LearnerId learner, std::int64_t today = 10) {
    return LearnerRecordOf(store_, learner, phones_, today).value();
  }
  /// A take of which these tips were told.
  TakeId Tell(LearnerId learner, const std::vector<std::string>& tips,
              const char* verdict = "scored") {
    auto json = nlohmann::json::parse(fixture::Document({"think"}, {"TH:20:S"}, 60));
    json["verdict"] = verdict;
    for (const std::string& tip : tips) json["feedback"]["advice"].push_back({{"tip", tip}});
    return AddTake(store_, fixture::TakeOf(learner, 5 * kDayMs, "Think.", json.dump()),
                   std::nullopt)
        .value();
  }
  /// Reads the example, is told what is to be told, and keeps it.
  std::string Read(LearnerId learner) {
    Analysis analysis = fixture::Example(phones_);
    analysis.advice = Advise(analysis, phones_, knowledge_, Record(learner), 1);
    NewTake take = TakeOf(analysis, phones_, 9 * kDayMs).value();
    take.learner = learner;
    EXPECT_TRUE(AddTake(store_, take, std::nullopt));
    return analysis.advice.at(0).tip;
  }

  const PhoneSet phones_ = fixture::EnglishPhones();
  const Knowledge knowledge_ = fixture::EnglishKnowledge(phones_);
  const LearnerId ana_ = Learner("Ana"), bo_ = Learner("Bo");
};

TEST_F(LearnerRecordTest, TheSameReadingThriceIsGivenThreeTips) {
  const std::string first = Read(ana_), second = Read(ana_), third = Read(ana_);
  EXPECT_NE(first, second);
  EXPECT_NE(second, third);
  EXPECT_NE(first, third);
}

TEST_F(LearnerRecordTest, WhatAnotherLearnerWasToldDoesNotCount) {
  const std::string first = Read(ana_);
  EXPECT_EQ(Read(bo_), first);
  EXPECT_THAT(Record(bo_).told, SizeIs(1));
}

TEST_F(LearnerRecordTest, TheLastThreeAttemptsCountInTheOrderInWhichTheyWereKept) {
  Tell(ana_, {"a"});
  Tell(ana_, {"b", "c"});
  Tell(ana_, {});
  Tell(ana_, {"d"});
  Tell(ana_, {}, "withheld");
  EXPECT_THAT(Record(ana_).told, ElementsAre(ElementsAre("b", "c"), IsEmpty(), ElementsAre("d")));
}

TEST_F(LearnerRecordTest, ADeletedTakeWasNeverTold) {
  const TakeId take = Tell(ana_, {"a"});
  ASSERT_TRUE(DeleteTake(store_, take));
  EXPECT_THAT(Record(ana_).told, IsEmpty());
  EXPECT_EQ(store_.database().Number("SELECT count(*) FROM told_tips").value(), 0);
}

TEST_F(LearnerRecordTest, ALaterJudgementDoesNotChangeWhatWasTold) {
  const TakeId take = Tell(ana_, {"a"});
  const auto later = JudgementOf(fixture::Document({"think"}, {"TH:90"}, 95, "test 2")).value();
  ASSERT_TRUE(JudgeAgain(store_, take, later, 6 * kDayMs));
  EXPECT_THAT(Record(ana_).told, ElementsAre(ElementsAre("a")));
}

TEST_F(LearnerRecordTest, AnotherStoreRemembersAfterAnExportAndAnImport) {
  const TakeId take = Tell(ana_, {"a", "b"});
  const auto later = JudgementOf(fixture::Document({"think"}, {"TH:90"}, 95, "test 2")).value();
  ASSERT_TRUE(JudgeAgain(store_, take, later, 6 * kDayMs));
  ASSERT_TRUE(ExportStore(store_, root_ / "export", {}));
  Store other = Store::Create(root_ / "other", KeyKind::kNone, givers_).value();
  ASSERT_TRUE(ImportStore(other, root_ / "export"));
  const auto learner = FindLearner(other, "Ana").value();
  EXPECT_THAT(LearnerRecordOf(other, learner.id, phones_, 10)->told,
              ElementsAre(ElementsAre("a", "b")));
}

TEST_F(LearnerRecordTest, AHabitIsHowOftenASoundIsSaidAsAnotherInTheLastFourWeeks) {
  const std::vector<std::string> sounds(20, "TH:20:S");
  auto add = [&](std::int64_t day, const std::vector<std::string>& said) {
    const auto document = fixture::Document({"think"}, said, 60);
    ASSERT_TRUE(
        AddTake(store_, fixture::TakeOf(ana_, day * kDayMs, "Think.", document), std::nullopt));
  };
  add(1, sounds);
  add(40, std::vector<std::string>(5, "TH:20:S"));
  add(41, std::vector<std::string>(15, "TH:95"));
  add(41, {"V:20:W"});
  add(50, sounds);
  const auto habits = Record(ana_, 42).habits;
  EXPECT_THAT(habits, SizeIs(2));
  EXPECT_DOUBLE_EQ(habits.at({Id("TH"), Id("S")}), 0.25);
  EXPECT_DOUBLE_EQ(habits.at({Id("V"), Id("W")}), 0.1) << "one slip is no habit";
}

TEST_F(LearnerRecordTest, AFirstLanguageCountsWithoutItsRegion) {
  EXPECT_EQ(Record(ana_).first_language, "ko");
  const auto rio = AddLearner(store_, "Rio", "pt-BR", 1000).value();
  EXPECT_EQ(Record(rio.id).first_language, "pt");
  EXPECT_EQ(LearnerRecordOf(store_, {99}, phones_, 1).error().code, Errc::kNotFound);
}

TEST_F(LearnerRecordTest, ItsAttemptsAreFoundByAnIndex) {
  std::string plan;
  ASSERT_TRUE(store_.database().Each(
      "EXPLAIN QUERY PLAN SELECT id FROM takes WHERE learner = 1 AND verdict = 'scored'"
      " ORDER BY id DESC LIMIT 3",
      {}, [&](const SqlRow& row) { plan += row.Text(3) + "\n"; }));
  EXPECT_THAT(plan, testing::HasSubstr("COVERING INDEX takes_of_learner_by_verdict"));
  EXPECT_THAT(plan, testing::Not(testing::HasSubstr("TEMP B-TREE")));
}

}  // namespace
}  // namespace euphone
