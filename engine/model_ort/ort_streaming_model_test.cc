#include "model_ort/ort_streaming_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/file.h"
#include "model/testing/bundle_maker.h"
#include "model/testing/hearing.h"
#include "model_ort/ort_acoustic_model.h"

namespace euphone {
namespace {

using ::testing::HasSubstr;
using testing::HeardInPieces;
using testing::Ramp;

std::string Toy(const std::string& name) {
  return ReadFile(EUPHONE_SOURCE_DIR "/engine/model_ort/testdata/" + name, 100'000).value();
}

testing::BundleMaker StreamingMaker() {
  return testing::BundleMaker::Streaming(Toy("toy_stream.onnx"));
}

Bundle Pack(const testing::BundleMaker& maker) {
  const std::string tar = maker.Tar();
  return Bundle::Read(std::as_bytes(std::span(tar)), "toy").value();
}

TEST(OrtStreamingModel, AnswersTheSameHoweverTheAudioIsCut) {
  const auto model = std::move(OpenStreamingModel(Pack(StreamingMaker())).value());
  const std::vector<float> pcm = Ramp();
  const Posteriors at_once = HeardInPieces(*model, pcm, {pcm.size()});
  for (const auto& sizes : std::vector<std::vector<std::size_t>>{{1}, {160}, {7, 1000, 3}, {680}}) {
    const Posteriors pieces = HeardInPieces(*model, pcm, sizes);
    EXPECT_EQ(pieces.ctc.values, at_once.ctc.values);
    EXPECT_EQ(pieces.frames.values, at_once.frames.values);
    EXPECT_EQ(pieces.features.values, at_once.features.values);
  }
}

TEST(OrtStreamingModel, CarriesItsStateFromWindowToWindow) {
  const auto model = std::move(OpenStreamingModel(Pack(StreamingMaker())).value());
  const Posteriors heard = HeardInPieces(*model, Ramp(), {500});
  ASSERT_EQ(heard.features.rows, (16'000u - 40u) / 160u);
  for (std::size_t i = 0; i < heard.features.rows; ++i)
    EXPECT_EQ(heard.features.at(i, 0), static_cast<float>(i + 1));
}

TEST(OrtStreamingModel, GivesFramesAsSoonAsAWindowIsFull) {
  const auto model = std::move(OpenStreamingModel(Pack(StreamingMaker())).value());
  const auto stream = model->Start();
  const std::vector<float> pcm = Ramp(679);
  EXPECT_EQ(stream->Push(pcm).value().ctc.rows, 0u);
  EXPECT_EQ(stream->Push(std::vector<float>{0.5F}).value().ctc.rows, 4u);
}

TEST(OrtStreamingModel, HearsInLongerOrShorterWindowsFromWhenItIsAskedTo) {
  testing::ExpectWindowsAsAsked(*OpenStreamingModel(Pack(StreamingMaker())).value());
}

TEST(OrtStreamingModel, KeepsStreamsApart) {
  const auto model = std::move(OpenStreamingModel(Pack(StreamingMaker())).value());
  const auto first = model->Start(), second = model->Start();
  const std::vector<float> pcm = Ramp(680);
  EXPECT_EQ(first->Push(pcm).value().features.at(0, 0), 1.0F);
  EXPECT_EQ(second->Push(pcm).value().features.at(0, 0), 1.0F);
}

TEST(OrtStreamingModel, HearsAWholeClipAtOnceToo) {
  const Bundle bundle = Pack(StreamingMaker());
  const auto clip = std::move(OpenAcousticModel(bundle).value());
  const std::vector<float> pcm = Ramp(16'123);
  const auto answer = clip->Run(pcm);
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->features.rows, (16'123u - 40u) / 160u);
}

TEST(OrtStreamingModel, GivesNothingForLessThanAStep) {
  const auto model = std::move(OpenStreamingModel(Pack(StreamingMaker())).value());
  const Posteriors heard = HeardInPieces(*model, Ramp(199), {50});
  EXPECT_EQ(heard.ctc.rows, 0u);
  EXPECT_EQ(heard.ctc.columns, 3u);
}

TEST(OrtStreamingModel, RefusesSamplesThatAreNotFinite) {
  const auto model = std::move(OpenStreamingModel(Pack(StreamingMaker())).value());
  std::vector<float> pcm = Ramp(1000);
  pcm[500] = std::numeric_limits<float>::quiet_NaN();
  const auto answer = model->Start()->Push(pcm);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::kInvalidArgument);
}

TEST(OrtStreamingModel, SaysWhichBundleHearsWholeRecordingsOnly) {
  const auto model =
      OpenStreamingModel(Pack(testing::BundleMaker::Acoustic(Toy("toy_acoustic.onnx"))));
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, Errc::kUnsupported);
  EXPECT_THAT(model.error().message, HasSubstr("toy: hears whole recordings only"));
}

TEST(OrtStreamingModel, RefusesAModelWithoutTheStatesOfItsManifest) {
  auto maker = StreamingMaker();
  maker.manifest["acoustic"]["stream"]["states"][0]["output"] = "memory";
  const auto model = OpenStreamingModel(Pack(maker));
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, Errc::kCorrupt);
  EXPECT_THAT(model.error().message, HasSubstr("lacks the float output memory"));
}

}  // namespace
}  // namespace euphone
