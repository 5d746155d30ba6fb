#include "store/llm_runs.h"

#include <gtest/gtest.h>

#include "store/store_fixture.h"

namespace euphone {
namespace {

class LlmRunsTest : public fixture::StoreTest {
 protected:
  LlmRun Add(std::string name) {
    return AddLlmRun(store_, {.name = std::move(name),
                              .made_ms = 5,
                              .model = "tiny",
                              .settings = {{"shots", "2"}, {"step", "400"}}})
        .value();
  }
};

TEST_F(LlmRunsTest, ARunIsFoundAgainWithItsSettings) {
  const LlmRun run = Add("a");
  EXPECT_EQ(run.uuid.size(), 36U);
  const LlmRun found = GetLlmRun(store_, "a").value();
  EXPECT_EQ(found.id, run.id);
  EXPECT_EQ(found.model, "tiny");
  EXPECT_EQ(found.settings, run.settings);
  EXPECT_EQ(AllLlmRuns(store_)->size(), 1U);
  EXPECT_EQ(GetLlmRun(store_, "b").error().code, Errc::kNotFound);
}

TEST_F(LlmRunsTest, NoTwoHaveOneName) {
  Add("a");
  EXPECT_EQ(AddLlmRun(store_, {.name = "a", .model = "m"}).error().code, Errc::kInvalidArgument);
}

TEST_F(LlmRunsTest, AnAnswerComesInPlaceOfTheOneBefore) {
  const LlmRun run = Add("a");
  LlmAnswer answer{.question = "q1", .repeat = 0, .text = "Air.", .right = 1.0, .total_ms = 7.5};
  ASSERT_TRUE(KeepLlmAnswer(store_, run.id, answer));
  answer.text = "More air.";
  answer.prompt_tokens = 12;
  ASSERT_TRUE(KeepLlmAnswer(store_, run.id, answer));
  answer.repeat = 1;
  ASSERT_TRUE(KeepLlmAnswer(store_, run.id, answer));
  const auto answers = LlmAnswers(store_, run.id).value();
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(answers[0].text, "More air.");
  EXPECT_EQ(answers[0].right, 1.0);
  EXPECT_EQ(answers[0].prompt_tokens, 12);
  EXPECT_FALSE(answers[0].completion_tokens);
}

TEST_F(LlmRunsTest, ARunGoesWithItsAnswers) {
  const LlmRun run = Add("a");
  ASSERT_TRUE(KeepLlmAnswer(store_, run.id, {.question = "q"}));
  ASSERT_TRUE(ForgetLlmRun(store_, run.id));
  EXPECT_TRUE(AllLlmRuns(store_)->empty());
  EXPECT_EQ(store_.database().Number("SELECT count(*) FROM llm_answers").value(), 0);
  EXPECT_EQ(store_.database().Number("SELECT count(*) FROM llm_settings").value(), 0);
}

}  // namespace
}  // namespace euphone
