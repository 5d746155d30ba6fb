#include "evaluate/certainty.h"

#include <gtest/gtest.h>

#include <string>

namespace euphone {
namespace {

constexpr std::size_t kDraws = 200;

/// What is claimed of a word of one phone, and the raters' marks; invented for these tests.
struct Item {
  Certainty word = Certainty::kNotSure, phone = Certainty::kNotSure;
  double word_mark = 10.0, phone_mark = 2.0;
};

struct Case {
  std::vector<RatedRecording> corpus;
  Records records;

  void Add(const std::string& speaker, const Item& item) {
    RatedRecording& recording = corpus.emplace_back();
    recording.utt = "u" + std::to_string(corpus.size());
    recording.speaker = speaker;
    RatedWord& rated = recording.words.emplace_back();
    rated.phones = {"AY1"};
    rated.phone_accuracy = {item.phone_mark};
    rated.accuracy = item.word_mark;
    PredictedWord word;
    word.certainty = item.word;
    word.claims = {item.phone};
    ScoredRecord& record = records.scored[recording.utt];
    record.prediction.utt = recording.utt;
    record.prediction.verdict = PredictionVerdict::kScored;
    record.prediction.words = {word};
  }
  std::optional<CertaintyResult> Phones() const {
    return PhoneCertainty(corpus, records, kDraws, 1);
  }
  std::optional<CertaintyResult> Words() const { return WordCertainty(corpus, records, kDraws, 1); }
};

TEST(Certainty, CountsTheClaimsThatTheRatersAgreeWith) {
  Case test;
  test.Add("a", {.phone = Certainty::kRight, .phone_mark = 1.5});
  test.Add("a", {.phone = Certainty::kWrong, .phone_mark = 0.9});
  test.Add("b", {.phone = Certainty::kWrong, .phone_mark = 2.0});
  test.Add("b", {.phone = Certainty::kNotSure, .phone_mark = 0.0});
  const auto result = test.Phones();
  ASSERT_TRUE(result);
  EXPECT_EQ(result->items, 4u);
  EXPECT_EQ(result->right.agreed, 1u);
  EXPECT_EQ(result->wrong.claimed, 2u);
  EXPECT_EQ(result->wrong.agreed, 1u);
  EXPECT_EQ(result->wrong.rated, 2u);
  EXPECT_DOUBLE_EQ(*result->agreement.value, 2.0 / 3.0);
}

TEST(Certainty, APhoneBetweenTheEdgesAgreesWithNoClaim) {
  Case test;
  test.Add("a", {.phone = Certainty::kRight, .phone_mark = 1.4});
  test.Add("a", {.phone = Certainty::kWrong, .phone_mark = 1.0});
  EXPECT_DOUBLE_EQ(*test.Phones()->agreement.value, 0.0);
}

TEST(Certainty, AWordIsWrongWhereMostRatersMarkItUnderFive) {
  Case test;
  test.Add("a", {.word = Certainty::kWrong, .word_mark = 4.0});
  test.Add("a", {.word = Certainty::kRight, .word_mark = 5.0});
  EXPECT_DOUBLE_EQ(*test.Words()->agreement.value, 1.0);
}

TEST(Certainty, TheIntervalDrawsSpeakersAndIsAbsentForOneAlone) {
  Case test;
  test.Add("a", {.word = Certainty::kRight});
  test.Add("a", {.word = Certainty::kRight, .word_mark = 1.0});
  EXPECT_FALSE(test.Words()->agreement.low);
  for (int i = 0; i < 8; ++i) test.Add("s" + std::to_string(i), {.word = Certainty::kRight});
  const Estimate agreement = test.Words()->agreement;
  EXPECT_NEAR(*agreement.value, 0.9, 1e-9);
  EXPECT_LT(*agreement.low, 0.9);
  EXPECT_DOUBLE_EQ(*agreement.high, 1.0);
}

TEST(Certainty, IsAbsentWhereTheScorerClaimsNothing) {
  Case test;
  test.Add("a", {});
  test.records.scored.begin()->second.prediction.words.front().certainty.reset();
  EXPECT_FALSE(test.Phones());
  EXPECT_FALSE(test.Words());
}

TEST(Certainty, HasNoAgreementWhereEverythingIsNotSure) {
  Case test;
  test.Add("a", {});
  ASSERT_TRUE(test.Words());
  EXPECT_FALSE(test.Words()->agreement.value);
}

TEST(Certainty, OfAPredictionSurvivesBeingWritten) {
  Case test;
  test.Add("a", {.word = Certainty::kWrong, .phone = Certainty::kRight});
  Records read;
  ASSERT_TRUE(read.Take(RecordLine(test.records.scored.begin()->second)));
  const PredictedWord& word = read.scored.begin()->second.prediction.words.front();
  EXPECT_EQ(word.certainty, Certainty::kWrong);
  EXPECT_EQ(word.claims, std::vector{Certainty::kRight});
}

}  // namespace
}  // namespace euphone
