#include "model_litert/litert_acoustic_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/file.h"
#include "model/self_test.h"
#include "model/testing/bundle_maker.h"
#include "model/testing/hearing.h"

namespace euphone {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::HeardInPieces;
using ::testing::Not;
using testing::Ramp;

std::string Toy(const std::string& name) {
  return ReadFile(EUPHONE_SOURCE_DIR "/engine/model_litert/testdata/" + name, 100'000).value();
}

/// A bundle whose model is named as LiteRT's are.
testing::BundleMaker Renamed(testing::BundleMaker maker) {
  auto file = maker.files.extract("model.onnx");
  file.key() = "model.tflite";
  maker.files.insert(std::move(file));
  for (auto& entry : maker.manifest["files"]) {
    if (entry["path"] == "model.onnx") entry["path"] = "model.tflite";
  }
  return maker;
}

testing::BundleMaker ClipMaker() {
  return Renamed(testing::BundleMaker::Acoustic(Toy("toy_acoustic.tflite")));
}

testing::BundleMaker WindowMaker() {
  return Renamed(testing::BundleMaker::Streaming(Toy("toy_stream.tflite")));
}

Bundle Pack(const testing::BundleMaker& maker) {
  const std::string tar = maker.Tar();
  return Bundle::Read(std::as_bytes(std::span(tar)), "toy").value();
}

std::unique_ptr<AcousticModel> ClipModel(int threads = 1) {
  return std::move(OpenLiteRtAcousticModel(Pack(ClipMaker()), {.threads = threads}).value());
}

std::unique_ptr<StreamingModel> WindowModel() {
  return std::move(OpenLiteRtStreamingModel(Pack(WindowMaker())).value());
}

void ExpectRefused(const testing::BundleMaker& maker, const std::string& complaint) {
  const auto model = OpenLiteRtAcousticModel(Pack(maker));
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, Errc::kCorrupt);
  EXPECT_THAT(model.error().message,
              AllOf(HasSubstr("toy: model.tflite: "), HasSubstr(complaint), Not(HasSubstr("\n"))));
}

TEST(LiteRtAcousticModel, GivesTwoTablesOfLogProbabilitiesForClipsOfAnyLength) {
  const auto model = ClipModel();
  for (const std::size_t frames : {10u, 1u, 63u, 10u}) {
    const auto answer = model->Run(std::vector<float>(160 * frames + 100, 0.25F));
    ASSERT_TRUE(answer) << answer.error().message;
    ASSERT_EQ(answer->ctc.rows, frames);
    EXPECT_EQ(answer->frames.rows, frames);
    EXPECT_EQ(answer->features.rows, 0u);
    // The toy's logits for a constant 0.25 are 1, 0 and 0.5.
    const double sum = std::exp(1.0) + 1.0 + std::exp(0.5);
    EXPECT_NEAR(answer->ctc.at(frames - 1, 0), 1.0 - std::log(sum), 1e-5);
    EXPECT_NEAR(answer->ctc.at(frames - 1, 1), -std::log(sum), 1e-5);
  }
}

TEST(LiteRtAcousticModel, PassesTheSelfTestOfItsBundle) {
  const Bundle bundle = Pack(ClipMaker());
  const auto report = RunSelfTest(bundle, **OpenLiteRtAcousticModel(bundle));
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->frames, 2u);
}

TEST(LiteRtAcousticModel, OutlivesItsBundle) {
  auto bundle = std::make_unique<Bundle>(Pack(ClipMaker()));
  const auto model = OpenLiteRtAcousticModel(*bundle);
  ASSERT_TRUE(model);
  bundle.reset();
  EXPECT_TRUE((*model)->Run(std::vector<float>(160, 0.0F)));
}

TEST(LiteRtAcousticModel, RefusesClipsOutsideItsLimits) {
  const auto model = ClipModel();
  EXPECT_EQ(model->Run(std::vector<float>(159)).error().code, Errc::kInvalidArgument);
  const auto endless = model->Run(std::vector<float>(160'001));
  ASSERT_FALSE(endless);
  EXPECT_EQ(endless.error().code, Errc::kTooLarge);
  EXPECT_THAT(endless.error().message, HasSubstr("at most 10.0 s"));
}

TEST(LiteRtAcousticModel, RefusesSamplesThatAreNotFinite) {
  const auto model = ClipModel();
  for (const float bad : {NAN, INFINITY, -INFINITY}) {
    std::vector<float> pcm(1600, 0.0F);
    pcm[1599] = bad;
    EXPECT_EQ(model->Run(pcm).error().code, Errc::kInvalidArgument);
  }
}

TEST(LiteRtAcousticModel, DoesNotHandOutNumbersThatAreNotFinite) {
  const auto answer = ClipModel()->Run(std::vector<float>(320, std::numeric_limits<float>::max()));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::kInternal);
  EXPECT_THAT(answer.error().message, HasSubstr("not finite"));
}

TEST(LiteRtAcousticModel, AnswersTheSameFromSeveralThreadsAtOnce) {
  testing::ExpectTheSameFromSeveralThreads(*ClipModel(2));
}

TEST(LiteRtAcousticModel, IsNotOpenedFromAFileThatIsNotLiteRts) {
  for (const std::string& content : {std::string("not a model at all"), std::string(4096, '\0'),
                                     Toy("toy_acoustic.tflite").substr(0, 1500)}) {
    ExpectRefused(Renamed(testing::BundleMaker::Acoustic(content)),
                  "not a model that LiteRT reads");
  }
}

TEST(LiteRtAcousticModel, IsNotOpenedFromADamagedFile) {
  testing::BundleMaker maker = ClipMaker();
  maker.files["model.tflite"][1200] ^= 1;
  ExpectRefused(maker, "damaged: its SHA-256 differs");
}

TEST(LiteRtAcousticModel, IsNotOpenedWhenItsTensorsAreNotThoseOfTheManifest) {
  testing::BundleMaker maker = ClipMaker();
  maker.manifest["acoustic"]["outputs"]["frames"] = "boundaries";
  ExpectRefused(maker, "lacks the float output boundaries");
  maker.manifest["acoustic"]["input"] = "audio";
  ExpectRefused(maker, "its inputs are not those of the manifest, audio");
}

TEST(LiteRtAcousticModel, ReportsAnOutputOfAnotherWidthThanTheClasses) {
  testing::BundleMaker maker = ClipMaker();
  maker.manifest["acoustic"]["classes"].push_back("CH");
  const auto model = OpenLiteRtAcousticModel(Pack(maker));
  ASSERT_TRUE(model);
  const auto answer = (*model)->Run(std::vector<float>(320, 0.0F));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().message,
            "toy: model.tflite: output ctc: has not the shape [1, rows, 4]");
}

TEST(LiteRtAcousticModel, ReportsAClipThatIsTooShortForItsNetwork) {
  testing::BundleMaker maker = ClipMaker();
  maker.manifest["acoustic"]["min_samples"] = 50;
  const auto model = OpenLiteRtAcousticModel(Pack(maker));
  ASSERT_TRUE(model);
  EXPECT_EQ((*model)->Run(std::vector<float>(60)).error().code, Errc::kInternal);
  EXPECT_TRUE((*model)->Run(std::vector<float>(1600))) << "another run goes well";
}

TEST(LiteRtAcousticModel, LeavesOtherBundlesToOtherRuntimes) {
  const Bundle onnx = Pack(testing::BundleMaker::Acoustic(Toy("toy_acoustic.tflite")));
  EXPECT_FALSE(IsLiteRtBundle(onnx));
  EXPECT_TRUE(IsLiteRtBundle(Pack(ClipMaker())));
  const auto model = OpenLiteRtAcousticModel(onnx);
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, Errc::kUnsupported);
  const Bundle letters = Pack(Renamed(testing::BundleMaker::Grapheme("letters")));
  EXPECT_EQ(OpenLiteRtAcousticModel(letters).error().code, Errc::kInvalidArgument);
}

TEST(LiteRtAcousticModel, SaysThatItComputesOnTheProcessorOnly) {
  const auto model = OpenLiteRtAcousticModel(Pack(ClipMaker()), {.device = ComputeDevice::kCuda});
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, Errc::kUnsupported);
  EXPECT_THAT(model.error().message, HasSubstr("not on cuda"));
}

TEST(LiteRtStreamingModel, AnswersTheSameHoweverTheAudioIsCut) {
  const auto model = WindowModel();
  const std::vector<float> pcm = Ramp();
  std::vector<Posteriors> answers;
  for (const std::size_t size : {std::size_t{16'000}, std::size_t{7}, std::size_t{680}}) {
    const Posteriors& whole = answers.emplace_back(HeardInPieces(*model, pcm, {size}));
    EXPECT_EQ(whole.ctc.values, answers.front().ctc.values);
    ASSERT_EQ(whole.features.rows, (16'000u - 40u) / 160u);
    for (std::size_t i = 0; i < whole.features.rows; ++i) {
      EXPECT_EQ(whole.features.at(i, 0), static_cast<float>(i + 1)) << "its state goes on";
    }
  }
}

TEST(LiteRtStreamingModel, HearsInLongerOrShorterWindowsFromWhenItIsAskedTo) {
  testing::ExpectWindowsAsAsked(*WindowModel());
}

TEST(LiteRtStreamingModel, HearsAWholeClipAtOnceToo) {
  const auto clip = OpenLiteRtAcousticModel(Pack(WindowMaker()));
  ASSERT_TRUE(clip) << clip.error().message;
  EXPECT_EQ((*clip)->Run(Ramp(16'123)).value().features.rows, (16'123u - 40u) / 160u);
}

TEST(LiteRtStreamingModel, SaysWhichBundleHearsWholeRecordingsOnly) {
  const auto model = OpenLiteRtStreamingModel(Pack(ClipMaker()));
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, Errc::kUnsupported);
  EXPECT_THAT(model.error().message, HasSubstr("toy: hears whole recordings only"));
}

TEST(LiteRtStreamingModel, ReportsAStateOfAnotherSizeThanTheManifests) {
  auto maker = WindowMaker();
  maker.manifest["acoustic"]["stream"]["states"][0]["shape"] = {2};
  const auto model = OpenLiteRtStreamingModel(Pack(maker));
  ASSERT_TRUE(model);
  EXPECT_EQ((*model)->Start()->Push(Ramp(680)).error().code, Errc::kInternal);
}

}  // namespace
}  // namespace euphone
