#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "base/file.h"
#include "model/bundle.h"
#include "model/self_test.h"
#include "model/testing/bundle_maker.h"
#include "model/testing/hearing.h"
#include "model_kernels/counted_memory_for_test.h"
#include "model_kernels/kernels_acoustic_model.h"
#include "model_kernels/kernels_grapheme_model.h"
#include "model_kernels/kernels_scoring_model.h"
#include "model_kernels/known_networks.h"

namespace euphone {
namespace {

using ::testing::HasSubstr;
using testing::HeardInPieces;
using Numbers = std::vector<float>;

Bundle Shipped(const std::string& name) {
  return Bundle::Open(EUPHONE_SOURCE_DIR "/models/" + name).value();
}

Numbers Speech(const Bundle& bundle) {
  const auto bytes = bundle.bytes("selftest/pcm.f32");
  Numbers pcm(bytes.size() / sizeof(float));
  std::memcpy(pcm.data(), bytes.data(), bytes.size());
  return pcm;
}

TEST(KernelsModels, PassTheSelfTestsOfTheirBundlesWithEachSetOfInstructions) {
  const Bundle tiny = Shipped("en-us-tiny"), letters = Shipped("en-us-g2p");
  for (const kernels::Kernels* const each : kernels::RunnableKernels()) {
    const auto model = OpenKernelsAcousticModel(tiny, *each).value();
    const auto heard = RunSelfTest(tiny, *model);
    EXPECT_TRUE(heard) << each->name << heard.error().message;
    const auto scored = TryScorer(tiny, *model, *OpenKernelsScoringModel(tiny, *each).value());
    ASSERT_TRUE(scored) << each->name << scored.error().message;
    EXPECT_EQ(*scored, 2u);
    const auto live = TryStream(tiny, *OpenKernelsStreamingModel(tiny, *each).value());
    EXPECT_TRUE(live) << each->name << live.error().message;
    const auto spelt = RunSelfTest(letters, *OpenKernelsGraphemeModel(letters, *each).value());
    EXPECT_TRUE(spelt) << each->name << spelt.error().message;
  }
}

TEST(KernelsModels, GiveTheSameBitsWithEachSetOfInstructions) {
  const Bundle tiny = Shipped("en-us-tiny");
  const Numbers pcm = Speech(tiny);
  const auto& sets = kernels::RunnableKernels();
  const auto expected = OpenKernelsAcousticModel(tiny, *sets[0]).value()->Run(pcm).value();
  for (const kernels::Kernels* const each : sets) {
    const auto heard = OpenKernelsAcousticModel(tiny, *each).value()->Run(pcm).value();
    EXPECT_EQ(heard.ctc.values, expected.ctc.values) << each->name;
    EXPECT_EQ(heard.frames.values, expected.frames.values) << each->name;
    EXPECT_EQ(heard.features.values, expected.features.values) << each->name;
  }
}

TEST(KernelsStreamingModel, AnswersTheSameHoweverTheAudioIsCut) {
  const Bundle tiny = Shipped("en-us-tiny");
  const auto model = OpenKernelsStreamingModel(tiny).value();
  const Numbers pcm = Speech(tiny);
  const Posteriors whole = HeardInPieces(*model, pcm, {pcm.size()});
  for (const auto& sizes : std::vector<std::vector<std::size_t>>{{160}, {1, 7'000}, {1663, 383}}) {
    const Posteriors heard = HeardInPieces(*model, pcm, sizes);
    EXPECT_EQ(heard.ctc.values, whole.ctc.values);
    EXPECT_EQ(heard.frames.values, whole.frames.values);
    EXPECT_EQ(heard.features.values, whole.features.values);
  }
}

TEST(KernelsStreamingModel, WindowsMayChangeTheirLengthAndWhatWasHeardStays) {
  const Bundle tiny = Shipped("en-us-tiny");
  const auto model = OpenKernelsStreamingModel(tiny).value();
  const Numbers once = Speech(tiny);
  Numbers pcm;  // Longer than what windows look back at.
  for (int i = 0; i < 4; ++i) pcm.insert(pcm.end(), once.begin(), once.end());
  const auto frames_of = [&](std::size_t first, std::size_t then) {
    const auto stream = model->Start();
    stream->SetWindow(first);
    Posteriors heard;
    Append(stream->Push(PcmView(pcm).first(60'000)).value(), heard);
    stream->SetWindow(then);
    Append(stream->Push(PcmView(pcm).subspan(60'000)).value(), heard);
    Append(stream->Finish().value(), heard);
    return heard;
  };
  const Posteriors same = frames_of(3, 3);
  for (const auto& [first, then] :
       std::vector<std::pair<std::size_t, std::size_t>>{{3, 9}, {9, 3}, {1, 2}, {100, 1}}) {
    const Posteriors heard = frames_of(first, then);
    ASSERT_EQ(heard.ctc.rows, same.ctc.rows);
    // Another window sees a little more or less ahead, which moves few frames by much.
    std::size_t like = 0;
    for (std::size_t row = 0; row < same.ctc.rows; ++row) {
      const auto best = [row](const Matrix& m) {
        return std::ranges::max_element(m.row(row)) - m.row(row).begin();
      };
      if (best(heard.ctc) == best(same.ctc)) ++like;
    }
    EXPECT_GT(static_cast<double>(like), 0.9 * static_cast<double>(same.ctc.rows))
        << first << ' ' << then;
  }
}

TEST(KernelsStreamingModel, TakesNoMemoryForAWindowButTheTablesThatItGivesBack) {
  const Bundle tiny = Shipped("en-us-tiny");
  const auto model = OpenKernelsStreamingModel(tiny).value();
  const Numbers pcm = Speech(tiny);
  const auto stream = model->Start();
  for (std::size_t at = 0; at + 160 <= pcm.size(); at += 160) {
    const std::size_t before = CountAllocations();
    const auto heard = stream->Push(PcmView(pcm).subspan(at, 160));
    const std::size_t taken = CountAllocations() - before;
    ASSERT_TRUE(heard);
    EXPECT_EQ(taken, heard->ctc.rows > 0 ? 3u : 0u) << at;
  }
}

TEST(KernelsAcousticModel, RefusesRecordingsAsOnnxRuntimesDoes) {
  const Bundle tiny = Shipped("en-us-tiny");
  const auto model = OpenKernelsAcousticModel(tiny).value();
  const auto early = model->Run(Numbers(100));
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().code, Errc::kInvalidArgument);
  EXPECT_THAT(early.error().message, HasSubstr("too short"));
  EXPECT_EQ(model->Run(Numbers(480'001)).error().code, Errc::kTooLarge);
  Numbers broken(16'000);
  broken[77] = std::numeric_limits<float>::quiet_NaN();
  const auto nan = model->Run(broken);
  ASSERT_FALSE(nan);
  EXPECT_THAT(nan.error().message, HasSubstr("not finite"));
  EXPECT_FALSE(OpenKernelsStreamingModel(tiny).value()->Start()->Push(broken));
}

TEST(KernelsModels, HearSilenceAndNoiseOfAnyLoudness) {
  const Bundle tiny = Shipped("en-us-tiny");
  const auto model = OpenKernelsAcousticModel(tiny).value();
  for (const float size : {0.0F, 1e-30F, 1.0F, 1e6F}) {
    Numbers pcm(16'000);
    for (std::size_t i = 0; i < pcm.size(); ++i) pcm[i] = i % 7 < 3 ? size : -size;
    EXPECT_TRUE(model->Run(pcm)) << size;
  }
}

TEST(KernelsModels, KnowTheNetworksThatTheyRunAndRefuseOthersInOneLine) {
  EXPECT_TRUE(KernelsRun(Shipped("en-us-tiny")));
  EXPECT_TRUE(KernelsRun(Shipped("en-us-g2p")));
  const Bundle standard = Shipped("en-us-standard");
  EXPECT_FALSE(KernelsRun(standard));
  const auto model = OpenKernelsAcousticModel(standard);
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, Errc::kUnsupported);
  EXPECT_THAT(model.error().message,
              HasSubstr("model.onnx: is not the small network that the kernels know"));
  EXPECT_EQ(OpenKernelsScoringModel(standard).error().code, Errc::kUnsupported);
  EXPECT_EQ(OpenKernelsStreamingModel(standard).error().code, Errc::kUnsupported);
  EXPECT_EQ(OpenKernelsGraphemeModel(standard).error().code, Errc::kInvalidArgument);
  EXPECT_EQ(OpenKernelsAcousticModel(Shipped("en-us-g2p")).error().code, Errc::kInvalidArgument);
}

TEST(KernelsModels, RefuseAFileThatIsNoNetwork) {
  for (const std::string& model : {std::string("not a network"), std::string()}) {
    const std::string tar = testing::BundleMaker::Acoustic(model).Tar();
    const auto bundle = Bundle::Read(std::as_bytes(std::span(tar)), "toy");
    if (!bundle) continue;  // An empty file is refused before.
    EXPECT_FALSE(KernelsRun(*bundle));
    const auto opened = OpenKernelsAcousticModel(*bundle);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, Errc::kCorrupt) << opened.error().message;
  }
}

TEST(KernelsScoringModel, RefusesPhonesThatDoNotLieInTheRecording) {
  const Bundle tiny = Shipped("en-us-tiny");
  const auto model = OpenKernelsScoringModel(tiny).value();
  const std::size_t rows = 20;
  ScoringInput input{.features = Matrix::Filled(rows, 288, 0.1F),
                     .ctc = Matrix::Filled(rows, 40, -3.0F),
                     .frames = Matrix::Filled(rows, 40, -3.0F),
                     .spans = {0, 10, 10, 20},
                     .phones = {3, 5},
                     .words = {0, 1},
                     .prosody = {}};
  EXPECT_TRUE(model->Run(input));
  input.spans[3] = 21;
  EXPECT_EQ(model->Run(input).error().code, Errc::kInternal);
  input.spans[3] = 20;
  input.phones[1] = 39;
  EXPECT_EQ(model->Run(input).error().code, Errc::kInternal);
}

TEST(KernelsGraphemeModel, RefusesLettersThatItDoesNotKnow) {
  const auto model = OpenKernelsGraphemeModel(Shipped("en-us-g2p")).value();
  EXPECT_EQ(model->Run({}).error().code, Errc::kInvalidArgument);
  EXPECT_EQ(model->Run(std::vector<std::int64_t>{1, 99}).error().code, Errc::kInvalidArgument);
}

}  // namespace
}  // namespace euphone
