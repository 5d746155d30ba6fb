#include "session/pauses.h"

#include <gtest/gtest.h>

namespace euphone {
namespace {

/// Words at the given milliseconds (1 kHz), a comma after the first, a full stop after the second.
Analysis ReadAt(std::initializer_list<SampleSpan> spans) {
  Analysis analysis;
  analysis.rate = 1000;
  analysis.samples = 5000;
  std::size_t index = 0;
  for (const SampleSpan& span : spans) {
    WordScore word;
    word.script_word = index++;
    word.span = span;
    analysis.words.push_back(word);
    SpokenWord spoken;
    spoken.pause_expected_after = index <= 2;
    analysis.script.words.push_back(spoken);
  }
  analysis.script.sentences = {{.span = {}, .first_word = 0, .word_count = 2},
                               {.span = {}, .first_word = 2, .word_count = spans.size() - 2}};
  return analysis;
}

TEST(Pauses, AreFoundBeforeBetweenAndAfterWords) {
  const auto pauses = FindPauses(ReadAt({{500, 1000}, {1100, 1500}, {2000, 3000}, {3600, 4000}}));
  ASSERT_EQ(pauses.size(), 4u);
  EXPECT_FALSE(pauses[0].after_word);
  EXPECT_EQ(pauses[1].span.begin, 1500);
  EXPECT_TRUE(pauses[1].expected);
  EXPECT_FALSE(pauses[2].expected);
  EXPECT_TRUE(pauses[3].expected) << "the end of the text is a good place to stop";
}

TEST(Pauses, ALongOneWithinAPhraseIsUnexpected) {
  Analysis analysis = ReadAt({{0, 500}, {1500, 2000}, {2400, 3000}, {3700, 4000}});
  MarkPauses(FindBreaks(analysis), analysis);
  EXPECT_EQ(analysis.words[1].error, WordError::kNone) << "a comma asks for a pause";
  EXPECT_EQ(analysis.words[2].error, WordError::kUnexpectedPause) << "the reader stopped after it";
  EXPECT_EQ(analysis.words[3].error, WordError::kNone);
  EXPECT_FALSE(FindPauses(analysis)[2].expected);
}

TEST(Pauses, AShortOneWithinAPhraseIsNoHesitation) {
  Analysis analysis = ReadAt({{0, 500}, {500, 1000}, {1400, 2000}, {2400, 3000}});
  MarkPauses(FindBreaks(analysis), analysis);
  EXPECT_EQ(analysis.words[2].error, WordError::kNone);
  EXPECT_TRUE(FindPauses(analysis)[1].expected);
}

TEST(Pauses, ASentenceThatRunsIntoTheNextLacksOne) {
  Analysis analysis = ReadAt({{0, 500}, {500, 1000}, {1010, 1500}});
  MarkPauses(FindBreaks(analysis), analysis);
  EXPECT_EQ(analysis.words[1].error, WordError::kMissingPause);
}

TEST(Pauses, ARestartOfTheTextNeedsNoBreak) {
  Analysis analysis = ReadAt({{0, 500}, {500, 1000}, {1010, 1500}});
  analysis.words[1].error = WordError::kRepeated;
  analysis.words[1].script_word = 2;
  MarkPauses(FindBreaks(analysis), analysis);
  EXPECT_EQ(analysis.words[2].error, WordError::kNone);
}

TEST(Pauses, DoNotHideAGraverError) {
  Analysis analysis = ReadAt({{0, 500}, {500, 1000}, {1010, 1500}});
  analysis.words[1].error = WordError::kMispronounced;
  const std::vector<Break> breaks = FindBreaks(analysis);
  MarkPauses(breaks, analysis);
  EXPECT_EQ(analysis.words[1].error, WordError::kMispronounced);
  ASSERT_EQ(breaks.size(), 1u) << "the break is still named";
  EXPECT_EQ(breaks[0].kind, BreakKind::kMissing);
  EXPECT_EQ(breaks[0].after_word, 1u);
  EXPECT_EQ(breaks[0].samples, 10);
}

TEST(Pauses, OmittedWordsTakeNoTime) {
  EXPECT_EQ(FindPauses(ReadAt({{0, 500}, {0, 0}, {510, 5000}})).size(), 0u);
}

}  // namespace
}  // namespace euphone
