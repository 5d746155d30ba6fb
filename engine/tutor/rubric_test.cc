#include "tutor/rubric.h"

#include <gtest/gtest.h>

namespace euphone {
namespace {

RubricInput Input(std::string answer) {
  return {.question = "how do I make the th sound?",
          .answer = std::move(answer),
          .cited = {"sound/th#about"},
          .right = {"sound/th#about"},
          .given = {"Put the tongue between the teeth.", "Round the lips."},
          .right_texts = {"Put the tongue between the teeth."}};
}

TEST(MarkAnswer, AnAnswerOutOfTheRightPassageGetsAllMarks) {
  const RubricMarks marks = MarkAnswer(Input("Putting your tongue between your teeth."));
  EXPECT_EQ(marks.cites, 1.0);
  EXPECT_EQ(marks.grounded, 1.0);
  EXPECT_EQ(marks.right, 1.0);
  EXPECT_GE(marks.covers, 0.75);
}

TEST(MarkAnswer, WordsOfNoPassageAreNotGrounded) {
  EXPECT_LT(MarkAnswer(Input("Whistle loudly near elephants.")).grounded, 0.1);
  EXPECT_EQ(MarkAnswer(Input("Whistle loudly.")).covers, 0.0);
}

TEST(MarkAnswer, ACitationOfAnotherPassageIsNotRight) {
  RubricInput input = Input("Put the tongue between the teeth.");
  input.cited = {"sound/s#about"};
  EXPECT_EQ(MarkAnswer(input).right, 0.0);
  input = Input("Put the tongue between the teeth.");
  input.fair = false;
  EXPECT_EQ(MarkAnswer(input).right, 0.0);
}

TEST(MarkAnswer, WhereNothingAnswersToSaySoIsRight) {
  RubricInput input = Input("The passages do not answer this.");
  EXPECT_EQ(MarkAnswer(input).right, 0.0);
  EXPECT_EQ(MarkAnswer(input).refuses, 1.0);
  input.right.clear();
  EXPECT_EQ(MarkAnswer(input).right, 1.0);
  input.answer = "It rains.";
  EXPECT_EQ(MarkAnswer(input).right, 0.0);
}

TEST(MeanOverQuestions, CountsEachQuestionOnceAndIsTheSameEachTime) {
  const QuestionMean mean = MeanOverQuestions({{1.0, 1.0, 1.0, 1.0}, {0.0}, {}});
  EXPECT_DOUBLE_EQ(mean.value, 0.5);
  EXPECT_EQ(mean.low, 0.0);
  EXPECT_EQ(mean.high, 1.0);
  EXPECT_EQ(MeanOverQuestions({{0.5}, {0.5}}).low, 0.5);
}

TEST(MeanOverQuestions, ItsIntervalNarrowsWithMoreQuestions) {
  std::vector<std::vector<double>> few, many;
  for (int i = 0; i < 400; ++i) {
    if (i < 20) few.push_back({i % 2 == 0 ? 1.0 : 0.0});
    many.push_back({i % 2 == 0 ? 1.0 : 0.0});
  }
  const QuestionMean wide = MeanOverQuestions(few), narrow = MeanOverQuestions(many);
  EXPECT_LT(narrow.high - narrow.low, 0.5 * (wide.high - wide.low));
  EXPECT_LT(narrow.low, 0.5);
  EXPECT_GT(narrow.high, 0.5);
}

}  // namespace
}  // namespace euphone
