#include "align/align.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "align/scripted_speech.h"

namespace euphone {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Four words of distinct phones, and one that none of them resembles.
const std::vector<int> kOne{1, 2, 3};
const std::vector<int> kTwo{4, 5, 6, 7};
const std::vector<int> kThree{8, 9};
const std::vector<int> kFour{10, 11, 12};
const std::vector<int> kOther{20, 21, 22, 23};

std::vector<AlignWord> FourWords() {
  return {{{kOne}, true}, {{kTwo}, false}, {{kThree}, false}, {{kFour}, false}};
}

Alignment Aligned(const ScriptedSpeech& speech, const std::vector<AlignWord>& words) {
  Result<Alignment> alignment = Align(speech.ctc, speech.frames, words, {});
  EXPECT_TRUE(alignment.has_value());
  return alignment ? *alignment : Alignment{};
}

/// "0 1 -2 +3 ~4": read, read, omitted, inserted before word 3, repeated.
std::string Summary(const Alignment& alignment) {
  std::string text;
  for (const Reading& reading : alignment.readings) {
    if (!text.empty()) text += ' ';
    if (reading.kind == ReadingKind::kOmitted) text += '-';
    if (reading.kind == ReadingKind::kInserted) text += '+';
    if (reading.kind == ReadingKind::kRepeated) text += '~';
    text += std::to_string(reading.word);
  }
  return text;
}

std::string SummaryOf(const ScriptedSpeech& speech) {
  return Summary(Aligned(speech, FourWords()));
}

ScriptedSpeech Speech(std::initializer_list<std::vector<int>> words) {
  ScriptedSpeech speech;
  speech.Silence(10);
  for (const std::vector<int>& word : words) speech.Say(word);
  speech.Silence(10);
  return speech;
}

TEST(Align, FindsEachWordAndPhoneWhereItWasSaid) {
  const ScriptedSpeech speech = Speech({kOne, kTwo, kThree, kFour});
  const Alignment alignment = Aligned(speech, FourWords());
  ASSERT_EQ(Summary(alignment), "0 1 2 3");
  std::size_t i = 0;
  for (const Reading& reading : alignment.readings) {
    EXPECT_EQ(reading.begin, speech.spoken()[i].begin);
    for (const PhoneSpan& phone : reading.phones) {
      EXPECT_EQ(phone.phone, speech.spoken()[i].phone);
      EXPECT_EQ(phone.begin, speech.spoken()[i].begin);
      EXPECT_EQ(phone.end, speech.spoken()[i].end);
      ++i;
    }
    EXPECT_EQ(reading.end, speech.spoken()[i - 1].end);
  }
  EXPECT_EQ(i, speech.spoken().size());
}

TEST(Align, NeverTakesARequiredWordForLeftOut) {
  const ScriptedSpeech speech = Speech({kOne, kTwo, kFour});
  std::vector<AlignWord> words = FourWords();
  ASSERT_EQ(Summary(Aligned(speech, words)), "0 1 -2 3");
  words[2].required = true;
  EXPECT_EQ(Summary(Aligned(speech, words)), "0 1 2 3");
}

TEST(Align, LeavesARequiredWordOutOnlyWhereNoFramesAreLeftForIt) {
  ScriptedSpeech speech;
  speech.Say({1});
  std::vector<AlignWord> words = FourWords();
  for (AlignWord& word : words) word.required = true;
  const Alignment alignment = Aligned(speech, words);
  EXPECT_EQ(alignment.readings.back().kind, ReadingKind::kOmitted);
}

TEST(Align, AllowsSilenceAnywhere) {
  ScriptedSpeech speech;
  speech.Say({1}).Silence(30).Say({2, 3}).Silence(80).Say(kTwo).Say(kThree).Silence(15).Say(kFour);
  const Alignment alignment = Aligned(speech, FourWords());
  ASSERT_EQ(Summary(alignment), "0 1 2 3");
  EXPECT_EQ(alignment.readings[0].phones[0].end, 6U);
  EXPECT_EQ(alignment.readings[0].phones[1].begin, 36U);
  EXPECT_EQ(alignment.readings[1].begin, 128U);
}

TEST(Align, ChoosesThePronunciationThatWasSaid) {
  std::vector<AlignWord> words = FourWords();
  words[1].variants = {{4, 5, 6}, kTwo, {14, 5, 6, 7}};
  const Alignment alignment = Aligned(Speech({kOne, {14, 5, 6, 7}, kThree, kFour}), words);
  ASSERT_EQ(Summary(alignment), "0 1 2 3");
  EXPECT_EQ(alignment.readings[1].variant, 2U);
  EXPECT_EQ(alignment.readings[1].phones.size(), 4U);
}

TEST(Align, FindsOmittedWordsAtTheStartInTheMiddleAndAtTheEnd) {
  EXPECT_EQ(SummaryOf(Speech({kTwo, kThree, kFour})), "-0 1 2 3");
  EXPECT_EQ(SummaryOf(Speech({kOne, kThree, kFour})), "0 -1 2 3");
  EXPECT_EQ(SummaryOf(Speech({kOne, kTwo, kFour})), "0 1 -2 3");
  EXPECT_EQ(SummaryOf(Speech({kOne, kTwo, kThree})), "0 1 2 -3");
}

TEST(Align, FindsSeveralOmittedWordsInARow) {
  EXPECT_EQ(SummaryOf(Speech({kOne, kFour})), "0 -1 -2 3");
  EXPECT_EQ(SummaryOf(Speech({kThree})), "-0 -1 2 -3");
}

TEST(Align, TakesSilenceForAllWordsOmitted) {
  ScriptedSpeech speech;
  speech.Silence(100);
  EXPECT_EQ(SummaryOf(speech), "-0 -1 -2 -3");
}

TEST(Align, OmitsWordsThatDoNotFitIntoTheFrames) {
  ScriptedSpeech speech;
  speech.Silence(1);
  EXPECT_EQ(SummaryOf(speech), "-0 -1 -2 -3");
}

TEST(Align, CountsTheLastReadingOfARepeatedWord) {
  const Alignment alignment = Aligned(Speech({kOne, kTwo, kTwo, kThree, kFour}), FourWords());
  ASSERT_EQ(Summary(alignment), "0 ~1 1 2 3");
  EXPECT_EQ(alignment.readings[1].phones.size(), 4U);
}

TEST(Align, FindsTheRestartOfAPhrase) {
  EXPECT_EQ(SummaryOf(Speech({kOne, kTwo, kThree, kOne, kTwo, kThree, kFour})), "~0 ~1 ~2 0 1 2 3");
  EXPECT_EQ(SummaryOf(Speech({kOne, kTwo, kThree, kTwo, kThree, kFour})), "0 ~1 ~2 1 2 3");
}

TEST(Align, FindsAFalseStart) {
  const Alignment alignment = Aligned(Speech({kOne, {4, 5}, kTwo, kThree, kFour}), FourWords());
  ASSERT_EQ(Summary(alignment), "0 ~1 1 2 3");
  EXPECT_EQ(alignment.readings[1].phones.size(), 2U);
}

TEST(Align, FindsAFalseStartThatGoesBackToAnEarlierWord) {
  EXPECT_EQ(SummaryOf(Speech({kOne, {4, 5, 6}, kOne, kTwo, kThree, kFour})), "~0 ~1 0 1 2 3");
}

TEST(Align, FindsInsertedSpeechInTheMiddleAndAtBothEnds) {
  const Alignment alignment = Aligned(Speech({kOne, kTwo, kOther, kThree, kFour}), FourWords());
  ASSERT_EQ(Summary(alignment), "0 1 +2 2 3");
  std::vector<int> heard;
  for (const PhoneSpan& phone : alignment.readings[2].phones) heard.push_back(phone.phone);
  EXPECT_THAT(heard, ElementsAre(20, 21, 22, 23));
  EXPECT_EQ(SummaryOf(Speech({kOther, kOne, kTwo, kThree, kFour})), "+0 0 1 2 3");
  EXPECT_EQ(SummaryOf(Speech({kOne, kTwo, kThree, kFour, kOther})), "0 1 2 3 +4");
}

TEST(Align, KeepsMispronouncedWordsAsRead) {
  EXPECT_EQ(SummaryOf(Speech({kOne, {4, 30, 6, 7}, kThree, kFour})), "0 1 2 3");    // substituted
  EXPECT_EQ(SummaryOf(Speech({kOne, {4, 30, 31, 7}, kThree, kFour})), "0 1 2 3");   // two of them
  EXPECT_EQ(SummaryOf(Speech({kOne, {4, 30, 31, 32}, kThree, kFour})), "0 1 2 3");  // three of four
  EXPECT_EQ(SummaryOf(Speech({kOne, {4, 6, 7}, kThree, kFour})), "0 1 2 3");        // deleted
  EXPECT_EQ(SummaryOf(Speech({kOne, {4, 5, 30, 6, 7, 31}, kThree, kFour})), "0 1 2 3");  // inserted
}

TEST(Align, TakesAWordOfWhichNothingWasSaidForLeftOutAndAnotherPutIn) {
  EXPECT_EQ(SummaryOf(Speech({kOne, {30, 31, 32, 33}, kThree, kFour})), "0 -1 +2 2 3");
}

TEST(Align, FitsAReadingThatStopsHalfWayStartsAgainOrHasOtherSpeechAroundIt) {
  const double departure = AlignConfig{}.departure;
  const auto fit = [](const ScriptedSpeech& speech) { return Aligned(speech, FourWords()).fit; };
  const std::vector<int> hello{24, 25, 26, 27, 28}, bye{13, 14, 15, 16, 17};
  EXPECT_NEAR(fit(Speech({kOne, kTwo, kThree, kFour})), 0.0, 1e-6);
  EXPECT_NEAR(fit(Speech({kOne, kTwo})), -departure, 1e-6);
  EXPECT_NEAR(fit(Speech({kOne, kTwo, kThree, kOne, kTwo, kThree, kFour})), -departure, 1e-6);
  EXPECT_NEAR(fit(Speech({hello, kOne, kTwo, kThree, kFour, bye})), -departure, 0.3);
  EXPECT_LT(fit(Speech({hello, kOther, bye})), -departure - 1.0);
}

TEST(Align, TellsWhatChanceGives) {
  const Alignment right = Aligned(Speech({kOne, kTwo, kThree, kFour}), FourWords());
  EXPECT_LT(right.chance_fit, -2.0);
  const std::vector<int> backwards = [] {
    std::vector<int> phones;
    for (const auto& word : {kOne, kTwo, kThree, kFour})
      phones.insert(phones.end(), word.begin(), word.end());
    std::ranges::reverse(phones);
    return phones;
  }();
  const Alignment wrong = Aligned(Speech({backwards}), FourWords());
  EXPECT_NEAR(wrong.chance_fit, 0.0, 1e-6);
  EXPECT_LT(wrong.fit, right.fit - 1.0);
}

TEST(Align, GivesTheSameReadingWhenSilenceIsAppended) {
  ScriptedSpeech speech = Speech({kOne, kTwo, kOther, kFour});
  const Alignment before = Aligned(speech, FourWords());
  speech.Silence(200);
  const Alignment after = Aligned(speech, FourWords());
  ASSERT_EQ(Summary(before), Summary(after));
  for (std::size_t i = 0; i < before.readings.size(); ++i) {
    EXPECT_EQ(before.readings[i].begin, after.readings[i].begin);
    EXPECT_EQ(before.readings[i].end, after.readings[i].end);
  }
}

TEST(Align, RejectsWhatMakesNoSense) {
  const ScriptedSpeech speech = Speech({kOne});
  const std::vector<AlignWord> words{{{kOne}, true}};
  const auto message = [](const Result<Alignment>& result) {
    return result ? std::string("no error") : result.error().message;
  };
  const auto of_words = [&](const std::vector<AlignWord>& bad) {
    return message(Align(speech.ctc, speech.frames, bad, {}));
  };
  EXPECT_THAT(of_words({}), HasSubstr("no words"));
  EXPECT_THAT(of_words({{{kOne}, true}, {{}, false}}), HasSubstr("word 1"));
  EXPECT_THAT(of_words({{{kOne, {}}, true}}), HasSubstr("without phones"));
  EXPECT_THAT(of_words({{{{39}}, true}}), HasSubstr("phone 39"));
  EXPECT_THAT(of_words({{{{-1}}, true}}), HasSubstr("phone -1"));

  EXPECT_THAT(message(Align({}, {}, words, {})), HasSubstr("empty"));
  Matrix shorter = speech.frames;
  --shorter.rows;
  shorter.values.resize(shorter.rows * shorter.columns);
  EXPECT_THAT(message(Align(speech.ctc, shorter, words, {})), HasSubstr("shape"));
  for (const float bad : {std::numeric_limits<float>::quiet_NaN(), 0.5F}) {
    ScriptedSpeech spoilt = speech;
    spoilt.ctc.values[77] = bad;
    EXPECT_THAT(message(Align(spoilt.ctc, spoilt.frames, words, {})), HasSubstr("CTC"));
    EXPECT_THAT(message(Align(spoilt.frames, spoilt.ctc, words, {})), HasSubstr("framewise"));
  }
  AlignConfig config;
  config.costs.omission = -1.0;
  EXPECT_THAT(message(Align(speech.ctc, speech.frames, words, config)), HasSubstr("costs"));
}

}  // namespace
}  // namespace euphone
