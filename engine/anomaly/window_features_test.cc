#include "anomaly/window_features.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>

#include "anomaly/windower.h"

namespace euphone {
namespace {

constexpr double kRate = 1000.0;
constexpr std::size_t kSize = 1000;

std::map<std::string, double> Described(const std::vector<float>& window) {
  auto features = WindowFeatures::Create(window.size(), kRate);
  EXPECT_TRUE(features);
  std::vector<float> values;
  features->Compute(window, values);
  EXPECT_EQ(values.size(), WindowFeatures::List().size());
  std::map<std::string, double> named;
  for (std::size_t i = 0; i < values.size(); ++i) named[WindowFeatures::List()[i].name] = values[i];
  return named;
}

std::vector<float> Tone(double hz, double amplitude, double offset = 0.0) {
  std::vector<float> samples(kSize);
  for (std::size_t i = 0; i < kSize; ++i)
    samples[i] = static_cast<float>(
        offset + amplitude * std::sin(2.0 * M_PI * hz * static_cast<double>(i) / kRate + 0.3));
  return samples;
}

std::vector<float> Noise(std::size_t count) {
  std::mt19937 generator(5);
  std::vector<float> samples(count);
  for (float& sample : samples)
    sample = static_cast<float>(static_cast<double>(generator()) / 2147483648.0 - 1.0);
  return samples;
}

TEST(WindowFeatures, DescribeATone) {
  const auto tone = Described(Tone(100.0, 2.0, 5.0));
  EXPECT_NEAR(tone.at("mean"), 5.0, 0.01);
  EXPECT_NEAR(tone.at("rms"), 10.0 * std::log10(2.0), 0.05);
  EXPECT_NEAR(tone.at("peak"), 20.0 * std::log10(2.0), 0.05);
  EXPECT_NEAR(tone.at("crest"), 3.01, 0.05);
  EXPECT_NEAR(tone.at("kurtosis"), std::log2(1.5), 0.01);
  EXPECT_NEAR(tone.at("crossings"), 20.0, 0.2);
  EXPECT_NEAR(tone.at("dominant"), std::log2(100.0), 0.02);
  // 500 Hz / 2^2.5 = 88 Hz to 500 / 2^2 = 125 Hz.
  EXPECT_NEAR(tone.at("band_5"), tone.at("rms"), 0.1);
  EXPECT_LT(tone.at("band_1"), tone.at("rms") - 50.0);
}

TEST(WindowFeatures, TellKnocksByKurtosisAndCrest) {
  auto knocks = Noise(kSize);
  for (float& sample : knocks) sample *= 0.1f;
  const auto before = Described(knocks);
  for (std::size_t i = 50; i < kSize; i += 100) knocks[i] += 2.0f;
  const auto after = Described(knocks);
  EXPECT_GT(after.at("kurtosis"), before.at("kurtosis") + 2.0);
  EXPECT_GT(after.at("crest"), before.at("crest") + 10.0);
}

TEST(WindowFeatures, WeighADoublingTheSameAtAnyLevelAndInAnyUnit) {
  const auto small = Described(Tone(60.0, 1e-6));
  const auto twice = Described(Tone(60.0, 2e-6));
  const auto large = Described(Tone(60.0, 1e6));
  EXPECT_NEAR(twice.at("rms") - small.at("rms"), 6.02, 0.01);
  EXPECT_NEAR(large.at("rms") - small.at("rms"), 240.0, 0.01);
  EXPECT_NEAR(large.at("band_7") - small.at("band_7"), 240.0, 0.1);
}

TEST(WindowFeatures, AreFiniteForAConstant) {
  for (const auto& [name, value] : Described(std::vector<float>(kSize, 3.25f)))
    EXPECT_TRUE(std::isfinite(value)) << name;
}

TEST(WindowFeatures, RefuseWindowsThatAreTooShortOrTooLong) {
  EXPECT_FALSE(WindowFeatures::Create(kShortestWindow - 1, kRate));
  EXPECT_FALSE(WindowFeatures::Create(kLongestWindow + 1, kRate));
  EXPECT_FALSE(WindowFeatures::Create(100, 0.0));
  EXPECT_TRUE(WindowFeatures::Create(kShortestWindow, kRate));
  EXPECT_TRUE(WindowFeatures::Create(101, kRate)) << "an odd length";
}

TEST(Windower, CutsTheSameWindowsAsTheFeaturesSee) {
  const auto noise = Noise(2500);
  auto windower = Windower::Create(2, kRate, 1.0);
  auto features = WindowFeatures::Create(kSize, kRate);
  ASSERT_TRUE(windower && features);
  std::vector<DescribedWindow> windows;
  for (const float sample : noise)
    if (windower->Push(std::vector{sample, -sample})) windows.push_back(windower->window());
  ASSERT_EQ(windows.size(), 2u);
  std::vector<float> expected;
  features->Compute(std::span(noise).subspan(kSize, kSize), expected);
  EXPECT_EQ(
      std::vector(windows[1].features.begin(), windows[1].features.begin() + std::ssize(expected)),
      expected);
  EXPECT_DOUBLE_EQ(windows[1].start_s, 1.0);
  EXPECT_DOUBLE_EQ(windows[1].end_s, 2.0);
}

TEST(Windower, LetsNoWindowReachOverAGap) {
  auto windower = Windower::Create(1, kRate, 1.0);
  ASSERT_TRUE(windower);
  for (int i = 0; i < 999; ++i) EXPECT_FALSE(windower->Push(std::vector{0.5f}));
  windower->Skip(60.0);
  for (int i = 0; i < 999; ++i) EXPECT_FALSE(windower->Push(std::vector{0.5f}));
  EXPECT_TRUE(windower->Push(std::vector{0.5f}));
  EXPECT_NEAR(windower->window().end_s, 61.999, 1e-9);
}

TEST(Windower, NamesFeaturesByTheirChannel) {
  const auto names = Windower::Names({"x", "y"});
  EXPECT_EQ(names.size(), 2 * WindowFeatures::List().size());
  EXPECT_EQ(names.front(), "x.mean");
  EXPECT_EQ(names.back(), "y.band_12");
  EXPECT_EQ(Windower::LeastScales(2).size(), names.size());
}

}  // namespace
}  // namespace euphone
