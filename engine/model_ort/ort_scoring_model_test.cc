#include "model_ort/ort_scoring_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <span>
#include <string>
#include <vector>

#include "base/file.h"
#include "model/self_test.h"
#include "model/testing/bundle_maker.h"
#include "model_ort/ort_acoustic_model.h"

namespace euphone {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::FloatNear;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pointwise;

std::string ToyFile(const std::string& name) {
  return ReadFile(EUPHONE_SOURCE_DIR "/engine/model_ort/testdata/" + name, 100'000).value();
}

testing::BundleMaker ToyMaker() {
  return testing::BundleMaker::Scored(ToyFile("toy_acoustic.onnx"), ToyFile("toy_scorer.onnx"));
}

Bundle Pack(const testing::BundleMaker& maker) {
  const std::string tar = maker.Tar();
  return Bundle::Read(std::as_bytes(std::span(tar)), "toy").value();
}

/// Three phones in two words; make_toy_models.py says what the toy makes of them.
ScoringInput ThreePhones() {
  ScoringInput input;
  input.features = Matrix{6, 2, {1, 0, 0.5, 0, 9, 9, 0.25, 0, 9, 9, 9, 9}};
  input.ctc = Matrix::Filled(6, 3, std::log(1.0F / 3));
  input.ctc.row(1)[0] = -0.125F;
  input.frames = Matrix::Filled(6, 3, 0.0F);  // Probability 1, so that feature 0 is the score.
  input.frames.row(1)[2] = std::log(0.5F);    // Of phone 1, whose column is 2.
  input.spans = {0, 1, 1, 3, 3, 6};
  input.phones = {0, 1, 0};
  input.words = {0, 0, 1};
  input.prosody = Matrix{3, 1, {1, 2, 4}};
  return input;
}

void ExpectTable(const Matrix& table, std::size_t columns, const std::vector<float>& values) {
  EXPECT_EQ(table.columns, columns);
  EXPECT_EQ(table.rows * columns, values.size());
  EXPECT_THAT(table.values, Pointwise(FloatNear(1e-5F), values));
}

void ExpectRefusedRun(const testing::BundleMaker& maker, const std::string& complaint) {
  const auto model = OpenScoringModel(Pack(maker));
  ASSERT_TRUE(model) << model.error().message;
  const auto answer = (*model)->Run(ThreePhones());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::kInternal);
  EXPECT_EQ(answer.error().message, complaint);
}

void ExpectRefused(const testing::BundleMaker& maker, const std::string& complaint) {
  const auto model = OpenScoringModel(Pack(maker));
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, Errc::kCorrupt);
  EXPECT_THAT(model.error().message,
              AllOf(HasSubstr("toy: scorer.onnx: "), HasSubstr(complaint), Not(HasSubstr("\n"))));
}

TEST(OrtScoringModel, GivesTheScoresOfEachMember) {
  const auto model = OpenScoringModel(Pack(ToyMaker()));
  ASSERT_TRUE(model) << model.error().message;
  const auto answer = (*model)->Run(ThreePhones());
  ASSERT_TRUE(answer) << answer.error().message;
  ExpectTable(answer->phones, 3, {1, 0.25, 0.25, 1.2F, 0.45F, 0.45F});
  // accuracy and stress of the first word, then of the second
  ExpectTable(answer->words, 4, {0.625, 1.5, 0.25, 4, 0.825F, 1.7F, 0.45F, 4.2F});
  ExpectTable(answer->sentence, 3, {0.5, 2, 7.0F / 3, 0.7F, 2.2F, 7.0F / 3 + 0.2F});
  EXPECT_EQ(answer->heard.rows, 3u);
  EXPECT_FLOAT_EQ(answer->heard.at(1, 0), -0.125F);
}

TEST(OrtScoringModel, TellsWhatItsBundleSaysOfIt) {
  const auto model = OpenScoringModel(Pack(ToyMaker()));
  ASSERT_TRUE(model) << model.error().message;
  const ScoringSpec& spec = (*model)->spec();
  EXPECT_EQ(spec.name, "toy-acoustic 1.0.0");
  EXPECT_EQ(spec.feature_width, 2u);
  EXPECT_EQ(spec.classes, 3u);
  EXPECT_EQ(spec.max_phones, 50u);
  EXPECT_TRUE(spec.hears);
  EXPECT_THAT(spec.word_scores, ElementsAre("accuracy", "stress"));
  EXPECT_THAT(spec.sentence_scores, ElementsAre("accuracy", "fluency", "prosodic"));
  EXPECT_THAT(spec.prosody_terms, ElementsAre("log_duration"));
}

TEST(OrtScoringModel, RunsOnWhatTheAcousticModelOfItsBundleGives) {
  const Bundle bundle = Pack(ToyMaker());
  const auto acoustic = OpenAcousticModel(bundle);
  const auto model = OpenScoringModel(bundle);
  ASSERT_TRUE(acoustic && model);
  const auto members = TryScorer(bundle, **acoustic, **model);
  ASSERT_TRUE(members) << members.error().message;
  EXPECT_EQ(*members, 2u);
}

TEST(OrtScoringModel, MayLeaveOpenWhatWasHeard) {
  testing::BundleMaker maker = ToyMaker();
  maker.manifest["scorer"]["outputs"].erase("heard");
  const auto model = OpenScoringModel(Pack(maker));
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_FALSE((*model)->spec().hears);
  EXPECT_EQ((*model)->Run(ThreePhones())->heard.rows, 0u);
}

TEST(OrtScoringModel, DoesNotHandOutNumbersThatAreNotFinite) {
  ScoringInput input = ThreePhones();
  input.features.values[0] = INFINITY;
  const auto answer = (*OpenScoringModel(Pack(ToyMaker())))->Run(input);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().message,
            "toy: scorer.onnx: output phone_scores: holds numbers that are not finite");
}

TEST(OrtScoringModel, ReportsAWordTableOfAnotherWidthThanTheManifests) {
  testing::BundleMaker maker = ToyMaker();
  maker.manifest["scorer"]["word_scores"].push_back("total");
  ExpectRefusedRun(maker, "toy: scorer.onnx: output word_scores: has not the shape [rows, 2, 3]");
}

TEST(OrtScoringModel, ReportsASentenceTableOfAnotherWidthThanTheManifests) {
  testing::BundleMaker maker = ToyMaker();
  maker.manifest["scorer"]["sentence_scores"].erase(2);
  ExpectRefusedRun(maker, "toy: scorer.onnx: output sentence_scores: has not the shape [rows, 2]");
}

TEST(OrtScoringModel, ReportsHeardTablesOfAnotherWidthThanTheClasses) {
  testing::BundleMaker maker = ToyMaker();
  maker.manifest["acoustic"]["classes"].push_back("CH");
  ExpectRefusedRun(maker, "toy: scorer.onnx: output heard: has not the shape [3, 4]");
}

TEST(OrtScoringModel, IsNotOpenedWhenAnInputHasAnotherName) {
  testing::BundleMaker maker = ToyMaker();
  maker.manifest["scorer"]["inputs"]["spans"] = "times";
  ExpectRefused(maker, "its inputs are not those of the manifest, features, ctc, frames, times,");
}

TEST(OrtScoringModel, IsNotOpenedWhenItAsksForProsodyThatTheManifestDoesNotName) {
  testing::BundleMaker maker = ToyMaker();
  maker.manifest["scorer"]["prosody_terms"].clear();
  maker.manifest["scorer"]["inputs"].erase("prosody");
  ExpectRefused(maker, "its inputs are not those of the manifest, ");
}

TEST(OrtScoringModel, IsNotOpenedWhenAnOutputIsMissing) {
  testing::BundleMaker maker = ToyMaker();
  maker.manifest["scorer"]["outputs"]["heard"] = "ears";
  ExpectRefused(maker, "lacks the float output ears of the manifest");
}

TEST(OrtScoringModel, IsNotOpenedFromADamagedFile) {
  testing::BundleMaker maker = ToyMaker();
  maker.files["scorer.onnx"].back() ^= 1;
  const auto model = OpenScoringModel(Pack(maker));
  ASSERT_FALSE(model);
  EXPECT_THAT(model.error().message, HasSubstr("toy: scorer.onnx: damaged"));
}

TEST(OrtScoringModel, IsNotOpenedFromABundleWithoutAScorer) {
  const auto model =
      OpenScoringModel(Pack(testing::BundleMaker::Acoustic(ToyFile("toy_acoustic.onnx"))));
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, Errc::kInvalidArgument);
  EXPECT_EQ(model.error().message, "toy: carries no scorer");
}

}  // namespace
}  // namespace euphone
