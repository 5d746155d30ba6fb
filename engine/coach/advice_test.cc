#include "coach/advice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "coach/knowledge_fixture.h"
#include "score/analysis_fixture.h"

namespace euphone {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class AdviceTest : public ::testing::Test {
 protected:
  PhoneId Id(const char* name) const { return *phones_.Find(name); }
  std::vector<Advice> Given() const { return Advise(analysis_, phones_, knowledge_, record_); }

  /// Has the sound be said as another.
  void SayAs(std::size_t word, std::size_t phone, const char* heard) {
    WordScore& said = analysis_.words[word];
    PhoneScore& score = said.phones[phone];
    said.band = Band::kHardToUnderstand;
    score.score = 10.0;
    score.band = Band::kNotAsWritten;
    score.diagnosis = Diagnosis{Claim::kSubstituted, Id(heard), 0.9};
  }
  void StartClear() { analysis_ = fixture::Perfect(phones_); }

  const PhoneSet phones_ = fixture::EnglishPhones();
  const Knowledge knowledge_ = fixture::EnglishKnowledge(phones_);
  Analysis analysis_ = fixture::Example(phones_);
  LearnerRecord record_;
};

TEST_F(AdviceTest, AConfusionIsToldByItsContrastWithAPairToTry) {
  const auto advice = Given();
  ASSERT_THAT(advice, Not(IsEmpty()));
  EXPECT_EQ(advice[0].tip, "contrast/s-th:TH-S-1");
  EXPECT_EQ(advice[0].article, "contrast/s-th");
  EXPECT_EQ(advice[0].word, 0u);
  EXPECT_EQ(advice[0].phone, 0u);
  EXPECT_TRUE(advice[0].pair);
}

TEST_F(AdviceTest, NothingIsSaidOfWhatWasClearOrNotScored) {
  StartClear();
  EXPECT_THAT(Given(), IsEmpty());
  analysis_ = fixture::Withheld(phones_);
  EXPECT_THAT(Given(), IsEmpty());
  analysis_ = fixture::WrongText(phones_);
  EXPECT_THAT(Given(), IsEmpty());
}

TEST_F(AdviceTest, AtMostTwoThingsAreSaidAndOfDifferentMatters) {
  StartClear();
  SayAs(1, 0, "R");   // love
  SayAs(2, 0, "K");   // green
  SayAs(3, 0, "CH");  // tea
  const auto advice = Given();
  ASSERT_THAT(advice, SizeIs(2));
  EXPECT_NE(advice[0].article, advice[1].article);
  EXPECT_THAT(Advise(analysis_, phones_, knowledge_, record_, 1), SizeIs(1));
}

TEST_F(AdviceTest, ATipIsNotGivenAgainForThreeAttempts) {
  std::set<std::string> told;
  for (std::size_t attempt = 0; attempt < 3; ++attempt) {
    const auto advice = Advise(analysis_, phones_, knowledge_, record_, 1);
    ASSERT_THAT(advice, SizeIs(1));
    EXPECT_TRUE(told.insert(advice[0].tip).second) << advice[0].tip << " was said already";
    record_.told.push_back({advice[0].tip});
  }
}

TEST_F(AdviceTest, WhereNothingElseIsToSayTheOldestTipComesAgain) {
  StartClear();
  SayAs(1, 0, "R");
  const auto all = TipsFor(phones_, knowledge_, Id("L"), Id("R"));
  record_.told = {{all[1].tip}, {}, {}};
  for (const Advice& tip : all) {
    if (tip.tip != all[1].tip) record_.told.back().push_back(tip.tip);
  }
  const auto advice = Given();
  ASSERT_THAT(advice, SizeIs(1));
  EXPECT_EQ(advice[0].tip, all[1].tip);
}

TEST_F(AdviceTest, WhatTheLearnerOftenDoesComesFirst) {
  StartClear();
  SayAs(1, 0, "R");
  SayAs(2, 0, "K");
  const std::string first = Given()[0].article;
  const bool l_first = first == "contrast/l-r";
  record_.habits[l_first ? std::pair(Id("G"), Id("K")) : std::pair(Id("L"), Id("R"))] = 0.9;
  EXPECT_NE(Given()[0].article, first);
}

TEST_F(AdviceTest, TheFirstLanguageNudgesAndNeverSpeaksAlone) {
  StartClear();
  record_.first_language = "ja";
  EXPECT_THAT(Given(), IsEmpty());
  SayAs(1, 0, "R");
  EXPECT_EQ(Given()[0].article, "contrast/l-r");
}

TEST_F(AdviceTest, ADroppedLastConsonantIsToldAsOne) {
  StartClear();
  WordScore& love = analysis_.words[1];
  love.band = Band::kHardToUnderstand;
  PhoneScore& last = love.phones.back();
  last.score = 0.0;
  last.band = Band::kNotAsWritten;
  last.diagnosis = Diagnosis{Claim::kDropped, std::nullopt, 0.9};
  const auto advice = Given();
  ASSERT_THAT(advice, SizeIs(1));
  EXPECT_EQ(advice[0].article, "sound/v");
  for (int i = 1; i <= 4; ++i)
    record_.told.resize(1), record_.told[0].push_back("sound/v:out-" + std::to_string(i));
  EXPECT_EQ(Given()[0].article, "prosody/final-consonants");
}

TEST_F(AdviceTest, StressAndPausesAreToldWhereSoundsAreRight) {
  StartClear();
  analysis_.pauses = {{.span = {}, .after_word = 1, .expected = false}};
  ASSERT_THAT(Given(), SizeIs(1));
  EXPECT_EQ(Given()[0].article, "prosody/pausing");
  EXPECT_EQ(Given()[0].word, 1u);
}

TEST_F(AdviceTest, ForEveryTwoSoundsThereIsAdviceThatFitsTheTable) {
  for (std::size_t i = 0; i < phones_.size(); ++i) {
    for (std::size_t j = 0; j < phones_.size(); ++j) {
      if (i == j) continue;
      const auto expected = static_cast<PhoneId>(i), heard = static_cast<PhoneId>(j);
      const auto tips = TipsFor(phones_, knowledge_, expected, heard);
      ASSERT_THAT(tips, Not(IsEmpty())) << i << " " << j;
      std::set<std::string> names;
      for (const Advice& tip : tips) {
        EXPECT_FALSE(tip.text.empty()) << tip.tip;
        EXPECT_TRUE(names.insert(tip.tip).second) << tip.tip;
        if (!phones_.info(expected).voiced && phones_.info(heard).voiced) {
          EXPECT_THAT(tip.text, Not(HasSubstr("Use your voice"))) << tip.tip;
        }
      }
    }
  }
}

TEST_F(AdviceTest, EveryContrastIsReachedFromADiagnosisInBothDirections) {
  for (const Article& article : knowledge_.articles()) {
    if (article.topic != Topic::kContrast) continue;
    for (const bool turned : {false, true}) {
      const PhoneId expected = article.phones[turned ? 1 : 0],
                    heard = article.phones[turned ? 0 : 1];
      StartClear();
      analysis_.words[1].phones[0].phone.id = expected;
      SayAs(1, 0, phones_.info(heard).arpabet.c_str());
      const auto advice = Given();
      ASSERT_THAT(advice, SizeIs(1)) << article.id;
      EXPECT_EQ(advice[0].article, article.id);
    }
  }
}

TEST_F(AdviceTest, TheSameAttemptHasTheSameAdvice) {
  analysis_ = fixture::Story(phones_);
  const auto one = Given(), other = Given();
  ASSERT_EQ(one.size(), other.size());
  for (std::size_t i = 0; i < one.size(); ++i) EXPECT_EQ(one[i].tip, other[i].tip);
  EXPECT_THAT(one, Not(IsEmpty()));
}

}  // namespace
}  // namespace euphone
