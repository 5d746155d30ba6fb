#include "coach/places.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "coach/advice.h"
#include "coach/feedback.h"
#include "coach/knowledge_fixture.h"
#include "score/analysis_fixture.h"

namespace euphone {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// "I love green tea.", all clear, with what goes wrong put in by each test.
class PlacesTest : public ::testing::Test {
 protected:
  void PauseAfter(std::size_t word, std::int64_t samples) {
    analysis_.pauses.push_back({{0, samples}, word, false});
  }

  /// Gives a word syllables without phones; the strongest that was heard.
  void SpeakAs(std::size_t word, const char* text, std::vector<Stress> expected,
               std::size_t heard) {
    WordScore& spoken = analysis_.words[word];
    spoken.text = text;
    spoken.syllables.clear();
    for (std::size_t s = 0; s < expected.size(); ++s) {
      SyllableScore& syllable = spoken.syllables.emplace_back();
      syllable.syllable.stress = expected[s];
      syllable.stress_heard = s == heard ? Stress::kPrimary : Stress::kUnstressed;
    }
  }

  /// The melody of a sentence that ends on "tea".
  void EndOn(AskedMovement asked, double semitones) {
    const Movement heard = semitones > 0.0 ? Movement::kRise : Movement::kFall;
    const bool agrees = (heard == Movement::kRise) == (asked == AskedMovement::kRise);
    SentenceMelody& melody = analysis_.prosody.sentences.emplace_back();
    melody.ends = {{3, 3, 0, semitones, heard, asked, agrees}};
  }

  std::vector<Advice> Given() const { return Advise(analysis_, phones_, knowledge_, record_); }

  static constexpr Stress kStrong = Stress::kPrimary, kWeak = Stress::kUnstressed;
  const PhoneSet phones_ = fixture::EnglishPhones();
  const Knowledge knowledge_ = fixture::EnglishKnowledge(phones_);
  Analysis analysis_ = [this] {
    Analysis analysis = fixture::Perfect(phones_);
    analysis.prosody.sentences.clear();
    analysis.pauses.clear();
    return analysis;
  }();
  LearnerRecord record_;
};

TEST_F(PlacesTest, NothingIsFoundInAReadingWithoutAFault) {
  EXPECT_FALSE(WrongStress(analysis_));
  EXPECT_FALSE(BrokenPhrase(analysis_));
  EXPECT_FALSE(WrongEnding(analysis_));
  EXPECT_THAT(Given(), IsEmpty());
}

TEST_F(PlacesTest, WrongStressNamesTheSyllableThatShouldBeStrongAndTheOneThatWas) {
  SpeakAs(2, "banana", {kWeak, kStrong, kWeak}, 0);
  const auto advice = Given();
  ASSERT_THAT(advice, SizeIs(1));
  EXPECT_EQ(advice[0].article, "prosody/word-stress");
  EXPECT_EQ(advice[0].word, 2u);
  ASSERT_TRUE(advice[0].place);
  EXPECT_EQ(advice[0].place->kind, PlaceKind::kStress);
  EXPECT_EQ(advice[0].place->syllable, 1u);
  EXPECT_EQ(advice[0].place->heard_syllable, 0u);
}

TEST_F(PlacesTest, OfTwoWordsTheOneWithTheLowerMarkForStressIsChosen) {
  SpeakAs(1, "lesson", {kStrong, kWeak}, 1);
  SpeakAs(2, "about", {kWeak, kStrong}, 0);
  analysis_.words[1].stress = 60.0;
  analysis_.words[2].stress = 20.0;
  EXPECT_EQ(WrongStress(analysis_)->word, 2u);
}

TEST_F(PlacesTest, AWordWhoseEndingDrawsTheStressIsToldSoAndTensAreToldByTheirNumber) {
  SpeakAs(2, "photographic", {kWeak, kWeak, kStrong, kWeak}, 0);
  EXPECT_EQ(Given()[0].article, "prosody/moving-stress");
  SpeakAs(2, "thirty", {kStrong, kWeak}, 1);
  EXPECT_EQ(Given()[0].article, "prosody/teens-and-tens");
  SpeakAs(2, "magic", {kStrong, kWeak}, 1);
  EXPECT_EQ(Given()[0].article, "prosody/word-stress");
}

TEST_F(PlacesTest, APauseBetweenAConsonantAndAVowelIsToldAsABrokenLinkWithBothWords) {
  analysis_.words[2].phones.front().phone = {*phones_.Find("AE"), Stress::kPrimary};
  PauseAfter(1, 9600);
  const auto advice = Given();
  ASSERT_THAT(advice, SizeIs(1));
  EXPECT_EQ(advice[0].article, "prosody/linking");
  EXPECT_EQ(advice[0].word, 1u);
  ASSERT_TRUE(advice[0].place);
  EXPECT_EQ(advice[0].place->kind, PlaceKind::kLink);
  EXPECT_EQ(advice[0].place->next_word, 2u);
}

TEST_F(PlacesTest, APauseBetweenTwoEqualConsonantsBreaksALinkAndBetweenOthersNone) {
  PauseAfter(1, 9600);
  EXPECT_EQ(BrokenPhrase(analysis_)->place.kind, PlaceKind::kPause);
  EXPECT_EQ(BrokenPhrase(analysis_)->place.next_word, 2u);
  analysis_.words[2].phones.front().phone = analysis_.words[1].phones.back().phone;
  EXPECT_EQ(BrokenPhrase(analysis_)->place.kind, PlaceKind::kLink);
}

TEST_F(PlacesTest, TheLongestPauseIsChosenAndExpectedOnesNever) {
  PauseAfter(0, 9600);
  PauseAfter(1, 16000);
  PauseAfter(2, 12000);
  EXPECT_EQ(BrokenPhrase(analysis_)->word, 1u);
  analysis_.pauses[1].expected = true;
  EXPECT_EQ(BrokenPhrase(analysis_)->word, 2u);
}

TEST_F(PlacesTest, AfterAPauseSomethingThatTheTextDoesNotHaveIsNoNextWord) {
  PauseAfter(1, 9600);
  analysis_.words[2].script_word.reset();
  analysis_.words[2].error = WordError::kInserted;
  EXPECT_EQ(BrokenPhrase(analysis_)->place.kind, PlaceKind::kPause);
  EXPECT_FALSE(BrokenPhrase(analysis_)->place.next_word);
}

TEST_F(PlacesTest, AStatementThatRisesIsToldToFallOnItsLastStressedWord) {
  EndOn(AskedMovement::kFall, 5.0);
  const auto advice = Given();
  ASSERT_THAT(advice, SizeIs(1));
  EXPECT_EQ(advice[0].article, "prosody/falling-tone");
  EXPECT_EQ(advice[0].word, 3u);
  EXPECT_EQ(advice[0].place->kind, PlaceKind::kFall);
  EXPECT_EQ(advice[0].place->syllable, 0u);
  EXPECT_EQ(ChooseFeedback(analysis_, phones_).focus->kind, FocusKind::kFall);
}

TEST_F(PlacesTest, AQuestionThatFallsIsToldToRise) {
  EndOn(AskedMovement::kRise, -4.0);
  EXPECT_EQ(Given()[0].article, "prosody/rising-tone");
  EXPECT_EQ(ChooseFeedback(analysis_, phones_).focus->kind, FocusKind::kRise);
}

TEST_F(PlacesTest, NoEndingIsBlamedOnAWordThatNobodyCanJudge) {
  EndOn(AskedMovement::kFall, 5.0);
  analysis_.words[3].band = Band::kNotSure;
  EXPECT_FALSE(WrongEnding(analysis_));
}

TEST_F(PlacesTest, TheKnowledgeBaseHasEveryTopicThatAPlaceCanLeadTo) {
  SpeakAs(2, "photographic", {kWeak, kWeak, kStrong, kWeak}, 0);
  std::vector<std::string_view> topics = TopicsFor(analysis_, *WrongStress(analysis_));
  SpeakAs(2, "thirty", {kStrong, kWeak}, 1);
  for (const std::string_view topic : TopicsFor(analysis_, *WrongStress(analysis_)))
    topics.push_back(topic);
  for (const PlaceKind kind : {PlaceKind::kLink, PlaceKind::kFall, PlaceKind::kRise}) {
    for (const std::string_view topic : TopicsFor(analysis_, {3, {.kind = kind}}))
      topics.push_back(topic);
  }
  EXPECT_THAT(topics, SizeIs(8));
  for (const std::string_view topic : topics) {
    const Article* const article = knowledge_.Find(topic);
    ASSERT_NE(article, nullptr) << topic;
    EXPECT_THAT(article->items("Tips"), ::testing::Not(IsEmpty())) << topic;
  }
}

TEST_F(PlacesTest, OfThreeFaultsTheTwoFirstAreTold) {
  SpeakAs(2, "about", {kWeak, kStrong}, 0);
  PauseAfter(1, 9600);
  EndOn(AskedMovement::kFall, 5.0);
  std::vector<std::string> told;
  for (const Advice& advice : Given()) told.push_back(advice.article);
  EXPECT_THAT(told, ElementsAre("prosody/word-stress", "prosody/pausing"));
}

TEST_F(PlacesTest, NoTipOfAPlaceComesAgainWithinThreeAttempts) {
  SpeakAs(2, "about", {kWeak, kStrong}, 0);
  EndOn(AskedMovement::kFall, 5.0);
  for (int attempt = 0; attempt < 12; ++attempt) {
    analysis_.advice = Given();
    ASSERT_THAT(analysis_.advice, SizeIs(2)) << attempt;
    for (const Advice& advice : analysis_.advice) {
      for (const auto& before : record_.told)
        EXPECT_THAT(before, ::testing::Not(::testing::Contains(advice.tip))) << attempt;
    }
    Remember(analysis_, record_);
  }
}

}  // namespace
}  // namespace euphone
