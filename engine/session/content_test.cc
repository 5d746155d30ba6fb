#include "session/content.h"

#include <gtest/gtest.h>

#include <initializer_list>

namespace euphone {
namespace {

struct Step {
  std::size_t word;
  WordError error = WordError::kNone;
};

Analysis Heard(std::size_t words, std::initializer_list<Step> steps) {
  Analysis analysis;
  analysis.verdict = Verdict::kScored;
  analysis.script.words.resize(words);
  for (const Step& step : steps) {
    WordScore& word = analysis.words.emplace_back();
    word.script_word = step.word;
    word.error = step.error;
  }
  return analysis;
}

constexpr WordError kOmitted = WordError::kOmitted, kRepeated = WordError::kRepeated;

TEST(Content, ATextReadButForOneWordIsWhole) {
  const Content content = ContentOf(Heard(3, {{0}, {1}, {2, kOmitted}}));
  EXPECT_EQ(content.kind, ContentKind::kWhole);
  EXPECT_EQ(content.last_word, 1u);
}

TEST(Content, ATextThatStopsHalfWayIsAPartAndSaysWhere) {
  const Content content = ContentOf(Heard(5, {{0}, {1}, {2}, {3, kOmitted}, {4, kOmitted}}));
  EXPECT_EQ(content.kind, ContentKind::kPart);
  EXPECT_EQ(content.first_word, 0u);
  EXPECT_EQ(content.last_word, 2u);
}

TEST(Content, ATextWithoutItsBeginningIsAPart) {
  const Content content = ContentOf(Heard(4, {{0, kOmitted}, {1, kOmitted}, {2}, {3}}));
  EXPECT_EQ(content.kind, ContentKind::kPart);
  EXPECT_EQ(content.first_word, 2u);
}

TEST(Content, TwoWordsMissingInsideALongTextAreSlips) {
  const Content content =
      ContentOf(Heard(8, {{0}, {1, kOmitted}, {2}, {3}, {4, kOmitted}, {5}, {6}, {7}}));
  EXPECT_EQ(content.kind, ContentKind::kWhole);
}

TEST(Content, ATextSaidTwiceIsCalledThatAndTheLastTimeCounts) {
  const Content content =
      ContentOf(Heard(3, {{0, kRepeated}, {1, kRepeated}, {2, kRepeated}, {0}, {1}, {2}}));
  EXPECT_EQ(content.kind, ContentKind::kTwice);
}

TEST(Content, AWordSaidTwiceLeavesTheTextWhole) {
  EXPECT_EQ(ContentOf(Heard(2, {{0, kRepeated}, {0}, {1}})).kind, ContentKind::kWhole);
}

TEST(Content, AnotherTextAndSilenceAreOther) {
  Analysis analysis = Heard(2, {{0}, {1}});
  analysis.verdict = Verdict::kWrongText;
  EXPECT_EQ(ContentOf(analysis).kind, ContentKind::kOther);
  EXPECT_EQ(ContentOf(Heard(1, {{0, kOmitted}})).kind, ContentKind::kOther);
}

}  // namespace
}  // namespace euphone
