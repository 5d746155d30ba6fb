#include "evaluate/trials.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "audio/audio_encoder.h"
#include "evaluate/distortion.h"

namespace euphone {
namespace {

using testing::ElementsAre;

std::vector<RatedRecording> Texts(const std::vector<std::string>& texts) {
  std::vector<RatedRecording> recordings;
  for (const std::string& text : texts) {
    recordings.emplace_back().text = text;
    recordings.back().utt = "u" + std::to_string(recordings.size());
  }
  return recordings;
}

double Power(PcmView samples) {
  double sum = 0.0;
  for (const float s : samples) sum += static_cast<double>(s) * static_cast<double>(s);
  return sum / static_cast<double>(samples.size());
}

std::vector<float> Tone(double hz, double level) {
  std::vector<float> samples(16000);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i] = static_cast<float>(
        level * std::sin(2.0 * std::numbers::pi * hz * static_cast<double>(i) / 16000.0));
  }
  return samples;
}

TEST(OtherTextsTest, NobodyGetsTheirOwnTextOrTheSameOfAnother) {
  const auto recordings = Texts({"a b", "a b", "c d", "e f g", "c d"});
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto others = OtherTexts(recordings, seed);
    for (std::size_t i = 0; i < recordings.size(); ++i)
      EXPECT_NE(recordings[*others[i]].text, recordings[i].text);
  }
}

TEST(OtherTextsTest, TheNearestInLengthAreTaken) {
  std::vector<std::string> texts;
  for (int i = 0; i < 40; ++i) texts.push_back("word" + std::to_string(i));
  for (int i = 0; i < 40; ++i) texts.push_back("two words" + std::to_string(i));
  const auto others = OtherTexts(Texts(texts), 1);
  for (std::size_t i = 0; i < texts.size(); ++i) EXPECT_EQ(*others[i] < 40, i < 40) << i;
}

TEST(OtherTextsTest, WhereAllReadTheSameThereIsNoOther) {
  EXPECT_THAT(OtherTexts(Texts({"a", "a"}), 1), ElementsAre(std::nullopt, std::nullopt));
}

TEST(OtherTextsTest, ATextWithMostOfTheSameWordsIsNotAnother) {
  const auto others =
      OtherTexts(Texts({"lilly has a big toe", "lilly has a big leg", "we are not too late"}), 1);
  EXPECT_THAT(others, ElementsAre(2u, 2u, ::testing::AnyOf(0u, 1u)));
}

TEST(OtherTextsTest, TheSeedDecides) {
  std::vector<std::string> texts;
  for (int i = 0; i < 30; ++i) texts.push_back("word" + std::to_string(i));
  const auto recordings = Texts(texts);
  EXPECT_EQ(OtherTexts(recordings, 1), OtherTexts(recordings, 1));
  EXPECT_NE(OtherTexts(recordings, 1), OtherTexts(recordings, 2));
}

TEST(DrawSampleTest, DrawsDifferentIndicesInOrder) {
  const auto drawn = DrawSample(100, 30, 5);
  EXPECT_EQ(drawn.size(), 30u);
  for (std::size_t i = 1; i < drawn.size(); ++i) EXPECT_LT(drawn[i - 1], drawn[i]);
  EXPECT_LT(drawn.back(), 100u);
  EXPECT_THAT(DrawSample(3, 9, 5), ElementsAre(0u, 1u, 2u));
}

TEST(DistortionTest, GainIsTwelveDecibelsAndClipsAtFullScale) {
  const auto samples = Tone(440, 0.1);
  const double power = Power(samples);
  const auto louder = *Distorted(samples, Distortion::kLouder, 0);
  const auto quieter = *Distorted(samples, Distortion::kQuieter, 0);
  EXPECT_NEAR(10 * std::log10(Power(louder) / power), 12.0, 0.01);
  EXPECT_NEAR(10 * std::log10(Power(quieter) / power), -12.0, 0.01);
  const auto clipped = *Distorted(Tone(440, 0.9), Distortion::kLouder, 0);
  EXPECT_FLOAT_EQ(*std::max_element(clipped.begin(), clipped.end()), 1.0f);
}

TEST(DistortionTest, NoiseIsTwentyDecibelsBelow) {
  const auto samples = Tone(440, 0.3);
  auto noise = *Distorted(samples, Distortion::kNoise, 3);
  EXPECT_EQ(noise, *Distorted(samples, Distortion::kNoise, 3));
  for (std::size_t i = 0; i < noise.size(); ++i) noise[i] -= samples[i];
  EXPECT_NEAR(10 * std::log10(Power(samples) / Power(noise)), 20.0, 0.3);
}

TEST(DistortionTest, ATelephoneCarriesNothingAboveFourKilohertz) {
  const auto low = *Distorted(Tone(1000, 0.3), Distortion::kTelephone, 0);
  const auto high = *Distorted(Tone(6000, 0.3), Distortion::kTelephone, 0);
  EXPECT_EQ(low.size(), 16000u);
  EXPECT_NEAR(Power(low), Power(Tone(1000, 0.3)), 0.001);
  EXPECT_LT(Power(high), 1e-5);
}

TEST(DistortionTest, OpusKeepsATonesPowerAtAboutTheRateThatWasAskedFor) {
  const auto samples = Tone(440, 0.3);
  EXPECT_NEAR(Power(*Distorted(samples, Distortion::kOpus, 0)), Power(samples),
              0.1 * Power(samples));
  std::vector<float> noise(16000 * 10, 0.0f);
  for (std::size_t i = 0; i < noise.size(); ++i)
    noise[i] = 0.2f * static_cast<float>(std::sin(0.37 * static_cast<double>(i % 997) *
                                                  static_cast<double>(i % 89)));
  const double seconds = 10.0;
  const auto at = [&](double rate) {
    return 8.0 * static_cast<double>(EncodeAudio(noise, kRecordingRate, ".opus", rate)->size()) /
           seconds;
  };
  EXPECT_NEAR(at(16000), 16000, 5000);
  EXPECT_GT(at(64000), 2.5 * at(16000));
}

TEST(DistortionTest, NoSamplesStayNoSamples) {
  for (const DistortionInfo& info : kDistortions) {
    if (info.distortion == Distortion::kOpus) continue;
    const auto out = Distorted({}, info.distortion, 0);
    ASSERT_TRUE(out) << info.name;
    EXPECT_TRUE(out->empty()) << info.name;
  }
}

}  // namespace
}  // namespace euphone
