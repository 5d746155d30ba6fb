#include "tutor/question_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace euphone {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(ParseQuestionSet, ReadsALineForEachQuestion) {
  const auto questions = ParseQuestionSet(
      "{\"id\": \"a\", \"set\": \"test\", \"question\": \"th?\", \"passages\": "
      "[\"sound/th#about\"]}\r\n\n"
      "{\"id\": \"b\", \"question\": \"rain?\", \"passages\": []}");
  ASSERT_TRUE(questions) << questions.error().message;
  ASSERT_EQ(questions->size(), 2U);
  EXPECT_EQ((*questions)[0].set, "test");
  EXPECT_THAT((*questions)[0].passages, ElementsAre("sound/th#about"));
  EXPECT_TRUE((*questions)[1].passages.empty());
}

TEST(ParseQuestionSet, NamesTheLineThatIsWrong) {
  const std::string good = "{\"id\": \"a\", \"question\": \"th?\", \"passages\": []}\n";
  for (const char* bad :
       {"no", "[]", "{\"id\": \"b\"}", "{\"id\": \"b\", \"question\": \"q\", \"passages\": [1]}"})
    EXPECT_THAT(ParseQuestionSet(good + bad).error().message, HasSubstr("line 2")) << bad;
  EXPECT_THAT(ParseQuestionSet(good + good).error().message, HasSubstr("twice"));
  EXPECT_FALSE(ParseQuestionSet("\n \n"));
}

}  // namespace
}  // namespace euphone
