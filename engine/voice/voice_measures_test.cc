#include "voice/voice_measures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "audio/test_signals.h"
#include "voice/clipping.h"
#include "voice/harmonicity.h"
#include "voice/vowel_for_test.h"

namespace euphone {
namespace {

using testing::HasSubstr;
using testing_voice::Make;
using testing_voice::PeriodsOf;
using testing_voice::Recipe;
using testing_voice::RelativeDifference;

constexpr SampleRate kRate{44100};

VoiceMeasures Measured(const std::vector<float>& pcm, const VoiceOptions& options = {}) {
  const auto measures = MeasureVoice(pcm, kRate, options);
  if (!measures || measures->size() != 1) {
    ADD_FAILURE() << (measures ? "not one vowel" : measures.error().message);
    return {};
  }
  return measures->front();
}

std::string Complaint(const std::vector<float>& pcm, const VoiceOptions& options = {}) {
  const auto measures = MeasureVoice(pcm, kRate, options);
  return measures ? "measured" : measures.error().message;
}

// What is left of one period rings into the next, the more the shorter they are, which draws the
// periods that are found together: at 200 Hz by a sixth. Praat finds the same.
TEST(MeasureVoice, FindsTheJitterThatWasPutIn) {
  for (const double hz : {100.0, 200.0}) {
    for (const double jitter : {0.002, 0.01, 0.03}) {
      const auto vowel = Make({.hz = hz, .jitter = jitter});
      const double truth = RelativeDifference(PeriodsOf(vowel));
      const auto found = Measured(vowel.pcm).jitter;
      EXPECT_NEAR(found.local.value_or(0.0), truth, 0.2 * truth) << hz << ' ' << jitter;
    }
  }
}

TEST(MeasureVoice, FindsTheShimmerThatWasPutIn) {
  for (const double shimmer : {0.02, 0.05, 0.1}) {
    const auto vowel = Make({.hz = 100.0, .shimmer = shimmer});
    const double truth = RelativeDifference(vowel.strengths);
    EXPECT_NEAR(Measured(vowel.pcm).shimmer.local.value_or(0.0), truth, 0.1 * truth);
  }
}

TEST(MeasureVoice, FindsTheNoiseThatWasPutIn) {
  for (const double hnr : {5.0, 10.0, 20.0, 30.0}) {
    const auto vowel = Make({.hz = 120.0, .hnr_db = hnr});
    EXPECT_NEAR(Measured(vowel.pcm).hnr_db.value_or(0.0), hnr, 1.0);
  }
}

TEST(MeasureVoice, FindsNothingInAPerfectVoice) {
  const VoiceMeasures perfect = Measured(Make({.hz = 150.0}).pcm);
  EXPECT_LT(perfect.jitter.local.value_or(1.0), 0.0001);
  EXPECT_LT(perfect.shimmer.local.value_or(1.0), 0.001);
  EXPECT_GT(perfect.hnr_db.value_or(0.0), 40.0);
  EXPECT_EQ(perfect.breaks.count, 0U);
  EXPECT_EQ(perfect.unvoiced_share, 0.0);
}

TEST(MeasureVoice, IsTheSameForLoudAndSoft) {
  auto pcm = Make({.hz = 180.0, .jitter = 0.01, .shimmer = 0.04, .hnr_db = 20.0}).pcm;
  const VoiceMeasures loud = Measured(pcm);
  for (float& sample : pcm) sample *= 0.1F;
  const VoiceMeasures soft = Measured(pcm);
  EXPECT_NEAR(*loud.jitter.local, *soft.jitter.local, 1e-5);
  EXPECT_NEAR(*loud.shimmer.local, *soft.shimmer.local, 1e-5);
  EXPECT_NEAR(*loud.hnr_db, *soft.hnr_db, 0.01);
  EXPECT_NEAR(loud.loudness->mean_db - soft.loudness->mean_db, 20.0, 0.01);
}

TEST(MeasureVoice, DescribesThePitchOfAVibrato) {
  std::vector<float> pcm(2 * 44100);
  double turn = 0.0;
  for (std::size_t i = 0; i < pcm.size(); ++i) {
    const double wave = std::sin(2.0 * std::numbers::pi * 5.0 * static_cast<double>(i) / 44100.0);
    turn += 2.0 * std::numbers::pi * (200.0 + 8.0 * wave) / 44100.0;
    pcm[i] = static_cast<float>(0.3 * std::sin(turn) + 0.2 * std::sin(2.0 * turn));
  }
  const PitchStatistics pitch = Measured(pcm).pitch.value_or(PitchStatistics{});
  EXPECT_NEAR(pitch.mean_hz, 200.0, 0.5);
  EXPECT_NEAR(pitch.least_hz, 192.0, 0.5);
  EXPECT_NEAR(pitch.most_hz, 208.0, 0.5);
  EXPECT_NEAR(pitch.sd_hz.value_or(0.0), 8.0 / std::numbers::sqrt2, 0.2);
  EXPECT_NEAR(pitch.sd_semitones.value_or(0.0), 12.0 * std::log2(1.0 + 5.657 / 200.0), 0.02);
}

TEST(MeasureVoice, TellsTheLevelOfASine) {
  const auto tone = testing_audio::Sine(200.0, 1.0, kRate, 0.5);
  const auto loudness = Measured(tone).loudness;
  ASSERT_TRUE(loudness);
  EXPECT_NEAR(loudness->mean_db, 20.0 * std::log10(0.5) - 3.01, 0.05);
  EXPECT_NEAR(loudness->most_db - loudness->least_db, 0.0, 0.05);
}

TEST(MeasureVoice, MeasuresTheStretchThatIsAskedFor) {
  auto pcm = Make({.hz = 120.0, .seconds = 1.0}).pcm;
  const auto second = Make({.hz = 220.0, .seconds = 1.0}).pcm;
  pcm.insert(pcm.end(), second.begin(), second.end());
  const VoiceMeasures found = Measured(pcm, {.pitch = {}, .periods = {}, .from_s = 1.2});
  EXPECT_NEAR(found.range.to_s, 2.0, 1e-6);
  EXPECT_NEAR(found.pitch->mean_hz, 220.0, 0.5);
}

TEST(MeasureVoice, SaysWhatIsWrongAndWhatToDo) {
  const auto vowel = Make({.hz = 150.0}).pcm;
  const auto asked = [](double from, double to) {
    return VoiceOptions{.pitch = {}, .periods = {}, .from_s = from, .to_s = to};
  };
  EXPECT_THAT(Complaint(std::vector<float>(44100)), HasSubstr("silent; check"));
  EXPECT_THAT(Complaint(testing_audio::Noise(1.0, kRate, 0.3)), HasSubstr("no voice"));
  EXPECT_THAT(Complaint(std::vector<float>(vowel.begin(), vowel.begin() + 3000)),
              HasSubstr("too short to be measured (0.07 s)"));
  EXPECT_THAT(Complaint({}), HasSubstr("too short"));
  EXPECT_THAT(Complaint(testing_audio::SpeechLike(3.0, kRate)), HasSubstr("half a second"));
  EXPECT_THAT(Complaint(vowel, asked(2.0, 3.0)), HasSubstr("the recording has 1.50 s"));
  EXPECT_THAT(Complaint(vowel, asked(0.5, 3.0)), HasSubstr("the recording has 1.50 s"));
  EXPECT_THAT(Complaint(vowel, asked(0.5, 0.55)), HasSubstr("take 0.10 s or more"));
  EXPECT_THAT(Complaint(vowel, asked(0.9, 0.5)), HasSubstr("too short"));
  EXPECT_THAT(Complaint(vowel, {.pitch = {.floor_hz = 300.0, .ceiling_hz = 310.0}, .periods = {}}),
              HasSubstr("ceiling"));
}

TEST(FindHarmonicity, HasNoValueWhereItIsSilent) {
  auto pcm = Make({.hz = 150.0, .seconds = 0.5}).pcm;
  pcm.resize(2 * pcm.size());
  const Harmonicity harmonicity = FindHarmonicity(pcm, kRate, {});
  EXPECT_TRUE(harmonicity.MeanIn({0.1, 0.4}).has_value());
  EXPECT_FALSE(harmonicity.MeanIn({0.6, 0.9}).has_value());
}

TEST(ClippedShare, IsThatOfFlatTopsAndNothingForAVoiceThatFits) {
  auto pcm = Make({.hz = 150.0}).pcm;
  for (float& sample : pcm) sample *= 3.0F;
  EXPECT_EQ(ClippedShare(pcm), 0.0);
  EXPECT_EQ(ClippedShare(testing_audio::Sine(200.0, 1.0, kRate, 0.9)), 0.0);
  const float half = 0.5F * std::ranges::max(pcm);
  ASSERT_GT(half, 0.25F);
  std::size_t cut = 0;
  for (float& sample : pcm) {
    cut += std::abs(sample) > half;
    sample = std::clamp(sample, -half, half);
  }
  const double share = static_cast<double>(cut) / static_cast<double>(pcm.size());
  EXPECT_NEAR(ClippedShare(pcm), share, 0.1 * share);
  EXPECT_EQ(ClippedShare({}), 0.0);
}

}  // namespace
}  // namespace euphone
