#include "align/other_readings.h"

#include <gtest/gtest.h>

#include <vector>

#include "align/align.h"
#include "align/align_invariants.h"
#include "align/scripted_speech.h"

namespace euphone {
namespace {

std::vector<AlignWord> Text() {
  std::vector<AlignWord> words;
  for (int first : {3, 8, 13, 18, 23})
    words.push_back({.variants = {{first, first + 1, first + 2}}});
  return words;
}

/// What Align() might have made of it: nothing that fits.
Alignment Lost(const std::vector<AlignWord>& words) {
  Alignment alignment;
  for (std::size_t w = 0; w < words.size(); ++w)
    alignment.readings.push_back({ReadingKind::kOmitted, w, 0, 0, 0, {}});
  alignment.fit = -30.0;
  return alignment;
}

std::vector<ReadingKind> Kinds(const Alignment& alignment) {
  std::vector<ReadingKind> kinds;
  for (const Reading& reading : alignment.readings) kinds.push_back(reading.kind);
  return kinds;
}

ScriptedSpeech Said(std::initializer_list<int> firsts) {
  ScriptedSpeech speech;
  for (int first : firsts) speech.Say({first, first + 1, first + 2});
  return speech;
}

constexpr ReadingKind kRead = ReadingKind::kRead, kOmitted = ReadingKind::kOmitted,
                      kRepeated = ReadingKind::kRepeated;

TEST(OtherReadings, FindTheBeginningThatWasRead) {
  const ScriptedSpeech speech = Said({3, 8, 13});
  const auto found = AlignOtherwise(speech.ctc, speech.frames, Text(), Lost(Text()), {});
  ASSERT_TRUE(found && *found);
  EXPECT_EQ(Kinds(**found), (std::vector<ReadingKind>{kRead, kRead, kRead, kOmitted, kOmitted}));
  EXPECT_EQ((*found)->readings[2].phones.back().end, speech.spoken().back().end);
  EXPECT_GT((*found)->fit, -2.0);
  EXPECT_LT((*found)->chance_fit, (*found)->fit - 3.0);
}

TEST(OtherReadings, FindATextSaidTwiceAndCountTheSecondTime) {
  const ScriptedSpeech speech = Said({3, 8, 13, 18, 23, 3, 8, 13, 18, 23});
  const auto found = AlignOtherwise(speech.ctc, speech.frames, Text(), Lost(Text()), {});
  ASSERT_TRUE(found && *found);
  std::vector<ReadingKind> expected(5, kRepeated);
  expected.resize(10, kRead);
  EXPECT_EQ(Kinds(**found), expected);
  EXPECT_EQ((*found)->readings[5].word, 0u);
  EXPECT_EQ((*found)->readings[5].begin, 15 * ScriptedSpeech::kPhoneFrames);
}

TEST(OtherReadings, AreNoneWhereTheWholeTextFits) {
  const ScriptedSpeech speech = Said({3, 8, 13, 18, 23});
  const auto whole = Align(speech.ctc, speech.frames, Text(), {});
  ASSERT_TRUE(whole);
  const auto found = AlignOtherwise(speech.ctc, speech.frames, Text(), *whole, {});
  ASSERT_TRUE(found);
  EXPECT_FALSE(*found);
}

TEST(OtherReadings, NeedTwoFifthsOfTheText) {
  const ScriptedSpeech speech = Said({3});
  const auto found = AlignOtherwise(speech.ctc, speech.frames, Text(), Lost(Text()), {});
  ASSERT_TRUE(found && *found);
  EXPECT_LT((*found)->fit, -2.0) << "one word of five says nothing about the text";
}

TEST(OtherReadings, OfATextOfOneWordHaveNoBeginning) {
  const ScriptedSpeech speech = Said({3, 3});
  std::vector<AlignWord> word = {{.variants = {{3, 4, 5}}}};
  const auto found = AlignOtherwise(speech.ctc, speech.frames, word, Lost(word), {});
  ASSERT_TRUE(found && *found);
  EXPECT_EQ(Kinds(**found), (std::vector<ReadingKind>{kRepeated, kRead}));
}

}  // namespace
}  // namespace euphone
