#include "evaluate/evaluation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "evaluate/evaluation_json.h"
#include "evaluate/evaluation_page.h"
#include "evaluate/plots.h"

namespace euphone {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Four readers, two of them children; one word of two phones each, rated 2, 4, 6, 8. No human
/// ratings: invented for these tests.
std::vector<RatedRecording> Corpus() {
  std::vector<RatedRecording> corpus;
  for (int i = 0; i < 4; ++i) {
    RatedRecording recording;
    recording.utt = "u" + std::to_string(i);
    recording.speaker = "s" + std::to_string(i);
    recording.age = i < 2 ? 15 : 16;
    recording.gender = i % 2 == 0 ? "f" : "m";
    recording.text = "GO";
    recording.accuracy = 2.0 * i + 2.0;
    recording.words = {{.text = "GO",
                        .phones = {"G", "OW1"},
                        .phone_accuracy = {0.4 * i, 2.0},
                        .accuracy = 2.0 * i + 2.0,
                        .stress = {},
                        .total = {}}};
    corpus.push_back(std::move(recording));
  }
  return corpus;
}

ScoredRecord Scored(const std::string& utt, double accuracy) {
  ScoredRecord record;
  record.prediction.utt = utt;
  record.prediction.verdict = PredictionVerdict::kScored;
  record.prediction.accuracy = accuracy;
  record.prediction.words = {{.text = "GO",
                              .accuracy = accuracy,
                              .stress = {},
                              .total = accuracy,
                              .phones = {0.2, 1.8},
                              .heard = {"K", "OW"}}};
  record.audio_seconds = 2.0;
  record.processor_seconds = 0.5;
  return record;
}

Records ThreeScored() {
  Records records;
  for (int i = 0; i < 3; ++i) {
    const std::string utt = "u" + std::to_string(i);
    records.scored[utt] = Scored(utt, 2.0 * i + 3.0);
  }
  records.scored["u3"].prediction = Unscored("u3", PredictionVerdict::kWithheld, "too noisy");
  return records;
}

const GroupResult* Find(const Evaluation& evaluation, Level level, std::string_view group) {
  for (const LevelResult& result : evaluation.levels) {
    for (const GroupResult& one : result.groups) {
      if (result.level == level && one.group == group) return &one;
    }
  }
  return nullptr;
}

TEST(EvaluationTest, ARecordingWithoutScoresIsCountedAndNamedNotDropped) {
  const Evaluation evaluation = Evaluate(Corpus(), ThreeScored(), {});
  EXPECT_EQ(evaluation.coverage.scored, 3u);
  EXPECT_EQ(evaluation.coverage.withheld, 1u);
  EXPECT_EQ(evaluation.coverage.words, 4u);
  EXPECT_EQ(evaluation.coverage.phones_scored, 6u);
  ASSERT_EQ(evaluation.coverage.missing.size(), 1u);
  EXPECT_EQ(evaluation.coverage.missing[0].utt, "u3");
  EXPECT_EQ(Find(evaluation, Level::kPhoneAccuracy, "all")->not_scored, 2u);
}

TEST(EvaluationTest, ARecordingThatNobodyAnalysedCountsAsUnreadable) {
  const Evaluation evaluation = Evaluate(Corpus(), {}, {});
  EXPECT_EQ(evaluation.coverage.unreadable, 4u);
  EXPECT_EQ(Find(evaluation, Level::kWordAccuracy, "all")->agreement.count, 0u);
}

TEST(EvaluationTest, GroupsHoldTheirReadersOnly) {
  const Evaluation evaluation = Evaluate(Corpus(), ThreeScored(), {});
  EXPECT_EQ(Find(evaluation, Level::kWordAccuracy, "all")->agreement.count, 3u);
  EXPECT_EQ(Find(evaluation, Level::kWordAccuracy, "child")->agreement.count, 2u);
  EXPECT_EQ(Find(evaluation, Level::kWordAccuracy, "adult")->agreement.count, 1u);
  EXPECT_EQ(Find(evaluation, Level::kWordAccuracy, "adult")->not_scored, 1u);
  EXPECT_EQ(Find(evaluation, Level::kWordAccuracy, "female")->agreement.count, 2u);
}

TEST(EvaluationTest, FiguresAreThoseComputedByHand) {
  const Evaluation evaluation = Evaluate(Corpus(), ThreeScored(), {});
  const GroupResult* words = Find(evaluation, Level::kWordAccuracy, "all");
  EXPECT_NEAR(*words->agreement.pearson.value, 1.0, 1e-12);
  EXPECT_NEAR(*words->agreement.squared_error.value, 1.0, 1e-12);
  EXPECT_NEAR(*evaluation.calibration_error, 10.0, 1e-9) << "one mark of ten is ten points";
  EXPECT_EQ(evaluation.low_words->chosen.low, 2u);
  EXPECT_EQ(evaluation.low_words->chosen.flagged, 1u) << "5 is not below 5";
  EXPECT_DOUBLE_EQ(*evaluation.low_words->oracle.f1, 1.0);
  EXPECT_EQ(evaluation.wrong_phones->chosen.low, 2u);
  EXPECT_DOUBLE_EQ(evaluation.timing.audio_seconds, 6.0);
}

TEST(EvaluationTest, ALevelThatNobodyRatedIsLeftOut) {
  const Evaluation evaluation = Evaluate(Corpus(), ThreeScored(), {});
  EXPECT_EQ(Find(evaluation, Level::kWordStress, "all"), nullptr);
  EXPECT_EQ(Find(evaluation, Level::kSentenceFluency, "all"), nullptr);
}

TEST(EvaluationTest, WrongPhonesAreCountedWithWhatWasHeard) {
  const Evaluation evaluation = Evaluate(Corpus(), ThreeScored(), {});
  ASSERT_EQ(evaluation.confusion.size(), 1u);
  EXPECT_EQ(evaluation.confusion[0].expected, "G");
  EXPECT_EQ(evaluation.confusion[0].heard, "K");
  EXPECT_EQ(evaluation.confusion[0].count, 2u);
}

TEST(EvaluationTest, OtherTextsAreSharesOfWhatCouldBeJudged) {
  Records records = ThreeScored();
  using enum PredictionVerdict;
  records.texts["u0"] = {.utt = "u0", .other = "u1", .own_text = kScored, .other_text = kWrongText};
  records.texts["u1"] = {.utt = "u1", .other = "u0", .own_text = kWrongText, .other_text = kScored};
  records.texts["u2"] = {
      .utt = "u2", .other = "u0", .own_text = kWithheld, .other_text = kWithheld};
  const Evaluation evaluation = Evaluate(Corpus(), records, {});
  EXPECT_EQ(evaluation.wrong_text->right, 2u);
  EXPECT_EQ(evaluation.wrong_text->right_flagged, 1u);
  EXPECT_EQ(evaluation.wrong_text->wrong_flagged, 1u);
}

TEST(EvaluationTest, StabilityIsHowFarWordsMoveAndHowManyAreLost) {
  Records records = ThreeScored();
  records.stability["u0"] = {.utt = "u0", .words = {{"x", std::vector{34.0}}}};
  records.stability["u1"] = {.utt = "u1", .words = {{"x", std::vector{42.0}}}};
  records.stability["u2"] = {.utt = "u2", .words = {{"x", std::nullopt}}};
  const Evaluation evaluation = Evaluate(Corpus(), records, {});
  ASSERT_EQ(evaluation.stability.size(), 1u);
  EXPECT_EQ(evaluation.stability[0].recordings, 3u);
  EXPECT_EQ(evaluation.stability[0].not_scored, 1u);
  EXPECT_NEAR(*evaluation.stability[0].median, 6.0, 1e-9) << "30 to 34, 50 to 42";
}

TEST(EvaluationJsonTest, FiguresThatAreNotDefinedAreNull) {
  RunDescription run;
  run.corpus = "tiny";
  const auto json =
      nlohmann::json::parse(EvaluationJson(Evaluate(Corpus(), ThreeScored(), {}), run, {}));
  EXPECT_EQ(json["schema"], "euphone.evaluation/1");
  EXPECT_EQ(json["levels"]["word_accuracy"]["groups"]["all"]["pcc"], 1.0);
  EXPECT_TRUE(json["levels"]["word_accuracy"]["groups"]["adult"]["pcc"].is_null());
  EXPECT_TRUE(json["wrong_text"].is_null());
  EXPECT_EQ(json["coverage"]["not_scored"][0]["reason"], "too noisy");
}

TEST(EvaluationPageTest, TheSameRunGivesTheSamePageWithNothingFromElsewhere) {
  const auto corpus = Corpus();
  const Records records = ThreeScored();
  const Evaluation evaluation = Evaluate(corpus, records, {});
  RunDescription run;
  run.corpus = "<tiny>";
  const std::string page = EvaluationPage(evaluation, run, {}, corpus, records);
  EXPECT_EQ(page, EvaluationPage(evaluation, run, {}, corpus, records));
  EXPECT_THAT(page, HasSubstr("&lt;tiny&gt;"));
  EXPECT_THAT(page, HasSubstr("too noisy"));
  for (const char* elsewhere : {"<tiny>", "http", "src=", "url(", "<script", "@import"})
    EXPECT_THAT(page, Not(HasSubstr(elsewhere)));
}

TEST(PlotsTest, ADensityPlotHoldsEveryPairOnce) {
  Pairs pairs;
  pairs.Add(2.0, 3.0, 0);
  pairs.Add(2.0, 3.0, 0);
  pairs.Add(10.0, 10.0, 0);
  const std::string svg = DensityPlot(pairs, InfoOf(Level::kWordAccuracy));
  EXPECT_THAT(svg, HasSubstr("<title>2</title>"));
  EXPECT_THAT(svg, HasSubstr("<title>1</title>"));
  EXPECT_THAT(svg, HasSubstr("3 pairs"));
}

}  // namespace
}  // namespace euphone
