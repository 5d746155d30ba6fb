#include "score/calibration.h"

#include <gtest/gtest.h>

#include <array>

#include "score/calibration_fixture.h"

namespace euphone {
namespace {

TEST(Curve, GoesThroughItsPointsAndIsFlatOutside) {
  const Curve curve{.x = {0, 1, 3}, .y = {10, 20, 100}};
  EXPECT_DOUBLE_EQ(curve.At(-5), 10);
  EXPECT_DOUBLE_EQ(curve.At(0.5), 15);
  EXPECT_DOUBLE_EQ(curve.At(1), 20);
  EXPECT_DOUBLE_EQ(curve.At(2), 60);
  EXPECT_DOUBLE_EQ(curve.At(9), 100);
}

TEST(LinearModel, AddsWeightedTermsToItsBias) {
  EXPECT_DOUBLE_EQ((LinearModel{.bias = 1, .weights = {2, -1}}).At(std::array{3.0, 4.0}), 3.0);
}

TEST(BandEdges, AnEdgeBelongsToTheBetterBand) {
  const BandEdges edges{.clear = 90, .slightly_accented = 60, .hard_to_understand = 30};
  EXPECT_EQ(edges.At(90), Band::kClear);
  EXPECT_EQ(edges.At(89.9), Band::kSlightlyAccented);
  EXPECT_EQ(edges.At(30), Band::kHardToUnderstand);
  EXPECT_EQ(edges.At(0), Band::kNotAsWritten);
}

TEST(Calibration, ReadsWhatTheBundleCarries) {
  const auto calibration = Calibration::Parse(testing::SimpleCalibration(), testing::TwoPhones());
  ASSERT_TRUE(calibration) << calibration.error().message;
  EXPECT_EQ(calibration->phones.size(), 2u);
  EXPECT_DOUBLE_EQ(calibration->phones[1].weights[1], 10);
  EXPECT_DOUBLE_EQ(calibration->wrong_text_below, -3.0);
  EXPECT_DOUBLE_EQ(calibration->TextMargin(-4.0, -8.0), -4.0) << "no share of chance is taken off";
}

std::string Replaced(const std::string& from, const std::string& to) {
  std::string text = testing::SimpleCalibration();
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Calibration, NamesTheFieldThatIsWrong) {
  const std::array<std::array<std::string, 3>, 6> faults = {{
      {"\"margin\": 0.1", "\"margin\": \"much\"", "/prominence/margin"},
      {"\"ctc_ratio\", \"frame_posterior\"", "\"frame_posterior\", \"ctc_ratio\"", "/phone/terms"},
      {"\"B\": {\"bias\"", "\"C\": {\"bias\"", "/phone/models/B"},
      {"[0, 10, 0, 0, 0, 0]", "[0, 10]", "/phone/models/AA/weights"},
      {"\"x\": [0, 100]", "\"x\": [100, 0]", "/phone/curve"},
      {"\"wrong_below\": -3.0", "\"wrong_below\": null", "/text/wrong_below"},
  }};
  for (const auto& [from, to, field] : faults) {
    const auto calibration = Calibration::Parse(Replaced(from, to), testing::TwoPhones());
    ASSERT_FALSE(calibration) << to;
    EXPECT_EQ(calibration.error().code, Errc::kCorrupt);
    EXPECT_NE(calibration.error().message.find(field), std::string::npos)
        << calibration.error().message;
  }
}

TEST(Calibration, ReadsTheCurvesOfALearnedScorerWhereThereAreAny) {
  EXPECT_FALSE(
      Calibration::Parse(testing::SimpleCalibration(), testing::TwoPhones())->learned.phone);
  const auto calibration = Calibration::Parse(
      Replaced("\"text\":",
               R"("learned": {"word_curve": {"x": [0, 100], "y": [20, 80]}}, "text":)"),
      testing::TwoPhones());
  ASSERT_TRUE(calibration) << calibration.error().message;
  ASSERT_TRUE(calibration->learned.word);
  EXPECT_DOUBLE_EQ(calibration->learned.word->At(50), 50);
  EXPECT_DOUBLE_EQ(calibration->learned.word->At(0), 20);
  EXPECT_FALSE(calibration->learned.total);
}

TEST(Calibration, PutsTheEdgesOfALearnedScorerInPlaceOfThePlainOnes) {
  const auto calibration =
      Calibration::Parse(Replaced("\"text\":", R"("learned": {"mispronounced_below": 12,
        "word_bands": {"clear": 3, "slightly_accented": 2, "hard_to_understand": 1}}, "text":)"),
                         testing::TwoPhones());
  ASSERT_TRUE(calibration) << calibration.error().message;
  const Calibration learned = calibration->ForLearned();
  EXPECT_DOUBLE_EQ(learned.mispronounced_below, 12);
  EXPECT_DOUBLE_EQ(learned.word_bands.clear, 3);
  EXPECT_DOUBLE_EQ(learned.phone_bands.clear, calibration->phone_bands.clear);
}

const std::string kDiagnosis = R"("diagnosis": {
    "phone": {"terms": ["score", "expected", "uncertainty", "log_duration", "word_accuracy"],
              "right": {"bias": 1, "weights": [1, 2, 3, 4, 5]}, "wrong": {"bias": 2, "weights": [5, 4, 3, 2, 1]},
              "right_from": 0.9, "wrong_from": 0.8},
    "word": {"terms": ["accuracy", "lowest_phone", "uncertainty"],
             "right": {"bias": 1, "weights": [1, 2, 3]}, "wrong": {"bias": 2, "weights": [3, 2, 1]},
             "right_from": 0.7, "wrong_from": 0.6},
    "naming": {"name_from": 0.5, "nothing_from": 0.4, "shortest_s": 0.03}, "least_snr_db": 12}, "text":)";

TEST(Calibration, ReadsTheRuleForClaimsWhichHoldsForTheLearnedScorerAlone) {
  const auto calibration =
      Calibration::Parse(Replaced("\"text\":", kDiagnosis), testing::TwoPhones());
  ASSERT_TRUE(calibration) << calibration.error().message;
  EXPECT_FALSE(calibration->diagnosis);
  const auto rule = calibration->ForLearned().diagnosis;
  ASSERT_TRUE(rule);
  EXPECT_DOUBLE_EQ(rule->phone.wrong.weights[0], 5);
  EXPECT_DOUBLE_EQ(rule->word.right_from, 0.7);
  EXPECT_DOUBLE_EQ(rule->nothing_from, 0.4);
  EXPECT_DOUBLE_EQ(rule->least_snr_db, 12);
}

TEST(Calibration, RefusesARuleForClaimsOverOtherTerms) {
  std::string other = kDiagnosis;
  other.replace(other.find("\"score\""), 7, "\"shape\"");
  const auto calibration = Calibration::Parse(Replaced("\"text\":", other), testing::TwoPhones());
  ASSERT_FALSE(calibration);
  EXPECT_NE(calibration.error().message.find("/diagnosis/phone/terms"), std::string::npos);
}

TEST(Calibration, RefusesLearnedCurvesThatItCannotUse) {
  for (const auto& [section, complaint] : std::array<std::array<std::string, 2>, 3>{{
           {R"({"total_curve": {"x": [0, 100], "y": [9, 5]}})", "/learned/total_curve is not"},
           {R"({"phones_curve": {"x": [0, 1], "y": [0, 1]}})", "/learned has an unknown entry"},
           {"[]", "/learned is not an object"},
       }}) {
    const auto calibration = Calibration::Parse(
        Replaced("\"text\":", "\"learned\": " + section + ", \"text\":"), testing::TwoPhones());
    ASSERT_FALSE(calibration) << section;
    EXPECT_NE(calibration.error().message.find(complaint), std::string::npos)
        << calibration.error().message;
  }
}

TEST(Calibration, RefusesWhatIsNotJson) {
  EXPECT_FALSE(Calibration::Parse("", testing::TwoPhones()));
  EXPECT_FALSE(Calibration::Parse("[1]", testing::TwoPhones()));
  EXPECT_FALSE(Calibration::Parse("{\"schema_version\": 2}", testing::TwoPhones()));
}

}  // namespace
}  // namespace euphone
