#include "model_ort/ort_acoustic_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "base/file.h"
#include "model/self_test.h"
#include "model/testing/bundle_maker.h"
#include "model/testing/hearing.h"

namespace euphone {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

testing::BundleMaker ToyMaker() {
  const std::string path = EUPHONE_SOURCE_DIR "/engine/model_ort/testdata/toy_acoustic.onnx";
  return testing::BundleMaker::Acoustic(ReadFile(path, 100'000).value());
}

Bundle Pack(const testing::BundleMaker& maker) {
  const std::string tar = maker.Tar();
  return Bundle::Read(std::as_bytes(std::span(tar)), "toy").value();
}

std::unique_ptr<AcousticModel> ToyModel(int threads = 1) {
  return std::move(OpenAcousticModel(Pack(ToyMaker()), {.threads = threads}).value());
}

void ExpectRefused(const testing::BundleMaker& maker, const std::string& complaint) {
  const auto model = OpenAcousticModel(Pack(maker));
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, Errc::kCorrupt);
  EXPECT_THAT(model.error().message,
              AllOf(HasSubstr("toy: model.onnx: "), HasSubstr(complaint), Not(HasSubstr("\n"))));
}

TEST(OrtAcousticModel, GivesTwoTablesOfLogProbabilitiesOnTheSameGrid) {
  const auto model = ToyModel();
  const auto answer = model->Run(std::vector<float>(1600, 0.25F));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->ctc.rows, 10u);
  EXPECT_EQ(answer->frames.rows, 10u);
  EXPECT_EQ(answer->ctc.columns, model->spec().classes.size());
  // The toy's logits for a constant 0.25 are 1, 0 and 0.5.
  const double sum = std::exp(1.0) + 1.0 + std::exp(0.5);
  EXPECT_NEAR(answer->ctc.at(3, 0), 1.0 - std::log(sum), 1e-5);
  EXPECT_NEAR(answer->ctc.at(3, 1), -std::log(sum), 1e-5);
}

TEST(OrtAcousticModel, PassesTheSelfTestOfItsBundle) {
  const Bundle bundle = Pack(ToyMaker());
  const auto report = RunSelfTest(bundle, **OpenAcousticModel(bundle));
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->frames, 2u);
}

/// The toy with the features that its file gives and its manifest does not name.
testing::BundleMaker DescribingMaker() {
  testing::BundleMaker maker = ToyMaker();
  return testing::BundleMaker::Scored(maker.files["model.onnx"], "no scorer is opened");
}

TEST(OrtAcousticModel, GivesTheFeaturesThatItsManifestNames) {
  const auto model = OpenAcousticModel(Pack(DescribingMaker()));
  ASSERT_TRUE(model) << model.error().message;
  const auto answer = (*model)->Run(std::vector<float>(1600, 0.25F));
  ASSERT_TRUE(answer) << answer.error().message;
  ASSERT_EQ(answer->features.rows, 10u);
  ASSERT_EQ(answer->features.columns, 2u);
  EXPECT_NEAR(answer->features.at(7, 0), 1.0, 1e-5);
  EXPECT_NEAR(answer->features.at(7, 1), 0.5, 1e-5);
}

TEST(OrtAcousticModel, GivesNoFeaturesWhereItsManifestNamesNone) {
  EXPECT_EQ(ToyModel()->Run(std::vector<float>(1600, 0.25F))->features.rows, 0u);
}

TEST(OrtAcousticModel, ComparesFeaturesInItsSelfTest) {
  testing::BundleMaker maker = DescribingMaker();
  const Bundle sound = Pack(maker);
  EXPECT_TRUE(RunSelfTest(sound, **OpenAcousticModel(sound)));
  maker.manifest["self_test"]["expected"]["features"] = "test/other.f32";
  maker.Add("test/other.f32", "self_test",
            testing::RawBytes(std::vector<float>{0.0F, 0.5F, 0.0F, 0.6F}));
  const Bundle other = Pack(maker);
  const auto report = RunSelfTest(other, **OpenAcousticModel(other));
  ASSERT_FALSE(report);
  EXPECT_THAT(report.error().message,
              HasSubstr("toy: self-test: test/other.f32: the answer differs by 0.0909"));
}

TEST(OrtAcousticModel, OutlivesItsBundle) {
  auto bundle = std::make_unique<Bundle>(Pack(ToyMaker()));
  const auto model = OpenAcousticModel(*bundle);
  ASSERT_TRUE(model);
  bundle.reset();
  EXPECT_TRUE((*model)->Run(std::vector<float>(160, 0.0F)));
}

TEST(OrtAcousticModel, RefusesClipsOutsideItsLimits) {
  const auto model = ToyModel();
  const auto brief = model->Run(std::vector<float>(159));
  ASSERT_FALSE(brief);
  EXPECT_EQ(brief.error().code, Errc::kInvalidArgument);
  const auto endless = model->Run(std::vector<float>(160'001));
  ASSERT_FALSE(endless);
  EXPECT_EQ(endless.error().code, Errc::kTooLarge);
  EXPECT_THAT(endless.error().message, HasSubstr("at most 10.0 s"));
}

TEST(OrtAcousticModel, RefusesSamplesThatAreNotFinite) {
  const auto model = ToyModel();
  for (const float bad : {NAN, INFINITY, -INFINITY}) {
    std::vector<float> pcm(1600, 0.0F);
    pcm[1599] = bad;
    const auto answer = model->Run(pcm);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, Errc::kInvalidArgument);
  }
}

TEST(OrtAcousticModel, DoesNotHandOutNumbersThatAreNotFinite) {
  const auto answer = ToyModel()->Run(std::vector<float>(320, std::numeric_limits<float>::max()));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::kInternal);
  EXPECT_THAT(answer.error().message, HasSubstr("not finite"));
}

TEST(OrtAcousticModel, AnswersTheSameFromSeveralThreadsAtOnce) {
  testing::ExpectTheSameFromSeveralThreads(*ToyModel(2));
}

TEST(OrtAcousticModel, IsNotOpenedFromAFileThatIsNotOnnx) {
  ExpectRefused(testing::BundleMaker::Acoustic("not a model at all"), "ONNX Runtime: ");
}

TEST(OrtAcousticModel, IsNotOpenedFromADamagedFile) {
  testing::BundleMaker maker = ToyMaker();
  maker.files["model.onnx"][1200] ^= 1;  // inside a weight: still a model, but not this one
  ExpectRefused(maker, "damaged: its SHA-256 differs");
}

TEST(OrtAcousticModel, IsNotOpenedWhenTheInputHasAnotherName) {
  testing::BundleMaker maker = ToyMaker();
  maker.manifest["acoustic"]["input"] = "audio";
  ExpectRefused(maker, "its input is not the one of the manifest, audio");
}

TEST(OrtAcousticModel, IsNotOpenedWhenAnOutputIsMissing) {
  testing::BundleMaker maker = ToyMaker();
  maker.manifest["acoustic"]["outputs"]["frames"] = "boundaries";
  ExpectRefused(maker, "lacks the float output boundaries");
}

TEST(OrtAcousticModel, ReportsAnOutputOfAnotherWidthThanTheClasses) {
  testing::BundleMaker maker = ToyMaker();
  maker.manifest["acoustic"]["classes"].push_back("CH");
  const auto model = OpenAcousticModel(Pack(maker));
  ASSERT_TRUE(model);
  const auto answer = (*model)->Run(std::vector<float>(320, 0.0F));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().message, "toy: model.onnx: output ctc: has not the shape [1, rows, 4]");
}

TEST(OrtAcousticModel, ReportsFeaturesOfAnotherWidthThanTheManifests) {
  testing::BundleMaker maker = DescribingMaker();
  maker.manifest["acoustic"]["feature_width"] = 5;
  const auto answer = (*OpenAcousticModel(Pack(maker)))->Run(std::vector<float>(320, 0.0F));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().message,
            "toy: model.onnx: output features: has not the shape [1, rows, 5]");
}

TEST(OrtAcousticModel, IsNotOpenedFromAG2pBundle) {
  const auto model = OpenAcousticModel(Pack(testing::BundleMaker::Grapheme("w")));
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, Errc::kInvalidArgument);
}

}  // namespace
}  // namespace euphone
