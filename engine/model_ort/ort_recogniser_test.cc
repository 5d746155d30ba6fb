#include "model_ort/ort_recogniser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "base/file.h"
#include "model/self_test.h"
#include "model/testing/recogniser_maker.h"

namespace euphone {
namespace {

using ::testing::HasSubstr;

std::string Toy(const std::string& name) {
  return ReadFile(EUPHONE_SOURCE_DIR "/engine/model_ort/testdata/" + name, 100'000).value();
}

testing::BundleMaker ToyMaker() {
  return testing::Recognising(Toy("toy_encoder.onnx"), Toy("toy_decoder.onnx"));
}

Bundle Made(const testing::BundleMaker& maker) {
  const std::string tar = maker.Tar();
  return Bundle::Read(std::as_bytes(std::span(tar)), "toy").value();
}

/// A frame of the toy for each sign: + is positive, . quietly so, - negative, a space silent.
std::vector<float> Speech(const std::string& signs) {
  const std::map<char, float> levels = {{'+', 0.5F}, {'.', 0.15F}, {'-', -0.5F}, {' ', 0.0F}};
  std::vector<float> pcm;
  for (const char sign : signs) pcm.insert(pcm.end(), 160, levels.at(sign));
  return pcm;
}

std::string Times(int count, const std::string& text) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

TEST(OrtRecogniser, WritesATokenAfterTheOtherUntilTheTextEnds) {
  const auto model = OpenRecogniser(Made(ToyMaker()));
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_EQ((*model)->spec().name, "toy-recogniser");
  // "na" needs the token before, and every frame but the first what the first run remembered.
  const auto transcript = (*model)->Transcribe(Speech("+-+++-"));
  ASSERT_TRUE(transcript) << transcript.error().message;
  EXPECT_EQ(transcript->text, "a b a na a b");
  EXPECT_EQ((*model)->Transcribe(Speech("-+ ++"))->text, "b a");
}

TEST(OrtRecogniser, TellsHowProbableTheTokensWere) {
  const auto model = OpenRecogniser(Made(ToyMaker()));
  ASSERT_TRUE(model);
  // Logits 10, 2, 9 and less for "a"; 10, 11, 2 and less for "na" after it.
  const double a = -std::log(1.0 + std::exp(-8.0) + std::exp(-1.0));
  const double na = -std::log(1.0 + std::exp(-1.0) + std::exp(-9.0));
  EXPECT_NEAR((*model)->Transcribe(Speech("+"))->log_probability, a, 1e-4);
  EXPECT_NEAR((*model)->Transcribe(Speech("++"))->log_probability, (a + na) / 2, 1e-4);
}

TEST(OrtRecogniser, WritesNothingWhereNothingIsSaid) {
  const auto model = OpenRecogniser(Made(ToyMaker()));
  ASSERT_TRUE(model);
  for (const auto& pcm : {Speech("   "), std::vector<float>(159, 0.5F), std::vector<float>()}) {
    const auto transcript = (*model)->Transcribe(pcm);
    ASSERT_TRUE(transcript) << transcript.error().message;
    EXPECT_EQ(transcript->text, "");
    EXPECT_EQ(transcript->log_probability, 0.0);
  }
}

TEST(OrtRecogniser, CutsALongClipWhereItIsQuietAndJoinsTheTexts) {
  testing::BundleMaker maker = ToyMaker();
  maker.manifest["recogniser"]["max_samples"] = 16000;  // 100 frames.
  const auto model = OpenRecogniser(Made(maker));
  ASSERT_TRUE(model) << model.error().message;
  // Cut in the middle of the quiet frames: of 80 frames 48 are written, 50 per second and 8 more,
  // and of the 30 others 23.
  const auto transcript = (*model)->Transcribe(
      Speech(std::string(70, '-') + std::string(20, '.') + std::string(20, '-')));
  ASSERT_TRUE(transcript) << transcript.error().message;
  EXPECT_EQ(transcript->text, Times(48, "b ") + Times(5, "a na ") + Times(12, "b ") + "b");
}

TEST(OrtRecogniser, StopsWritingWhenNobodyCouldHaveSaidAsMuch) {
  testing::BundleMaker maker = ToyMaker();
  maker.manifest["recogniser"]["tokens_per_second"] = 10;
  const auto model = OpenRecogniser(Made(maker));
  ASSERT_TRUE(model);
  const auto transcript = (*model)->Transcribe(Speech(std::string(50, '-')));  // Half a second.
  EXPECT_EQ(transcript->text.size(), 2u * 13 - 1);
}

TEST(OrtRecogniser, PassesTheSelfTestOfItsBundle) {
  const Bundle bundle = Made(ToyMaker());
  const auto report = RunSelfTest(bundle, **OpenRecogniser(bundle));
  EXPECT_TRUE(report) << report.error().message;
}

TEST(OrtRecogniser, AnswersAlikeOnManyThreads) {
  const auto model = OpenRecogniser(Made(ToyMaker()));
  ASSERT_TRUE(model);
  std::vector<std::string> texts(4);
  std::vector<std::thread> threads;
  for (std::string& text : texts)
    threads.emplace_back([&] { text = (*model)->Transcribe(Speech("++-"))->text; });
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(texts, ::testing::Each("a na b"));
}

TEST(OrtRecogniser, RefusesWhatDoesNotFitItsManifest) {
  const auto refusal = [](const testing::BundleMaker& maker) {
    const auto model = OpenRecogniser(Made(maker));
    return model ? std::string() : model.error().message;
  };
  testing::BundleMaker maker = ToyMaker();
  maker.manifest["recogniser"]["decoder"]["layers"] = 2;
  EXPECT_THAT(refusal(maker), HasSubstr("toy: decoder.onnx: its inputs are not those"));
  maker = ToyMaker();
  maker.manifest["recogniser"]["decoder"]["end_token"] = 6;
  EXPECT_THAT(refusal(maker), HasSubstr("toy: tokens.bin: lacks the tokens"));
  maker = ToyMaker();
  maker.files["tokens.bin"].back() = 'x';
  EXPECT_THAT(refusal(maker), HasSubstr("toy: tokens.bin: damaged"));
  maker = testing::Recognising(Toy("toy_encoder.onnx"), Toy("toy_decoder.onnx"), "\7<s>");
  EXPECT_THAT(refusal(maker), HasSubstr("toy: tokens.bin: piece 0"));
  EXPECT_THAT(refusal(testing::BundleMaker::Acoustic("w")), HasSubstr("not a recogniser bundle"));
}

TEST(OrtRecogniser, SaysThatTheDecoderWritesWithOtherTokens) {
  const auto model = OpenRecogniser(Made(testing::Recognising(
      Toy("toy_encoder.onnx"), Toy("toy_decoder.onnx"), testing::ToyTokens() + "\1x")));
  ASSERT_TRUE(model) << model.error().message;
  const auto transcript = (*model)->Transcribe(Speech("+"));
  ASSERT_FALSE(transcript);
  EXPECT_THAT(transcript.error().message, HasSubstr("toy: decoder.onnx: output logits"));
}

}  // namespace
}  // namespace euphone
