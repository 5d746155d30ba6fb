#include "score/tempo.h"

#include <gtest/gtest.h>

#include <vector>

namespace euphone {
namespace {

constexpr SampleRate kRate{1000};  // One sample is one millisecond.

TEST(Tempo, CountsPausesInSpeechRateButNotInArticulationRate) {
  const std::vector<SpokenStretch> stretches = {{100, 600, 2, false}, {1100, 2100, 4, false}};
  const Tempo tempo = MeasureTempo(stretches, kRate);
  EXPECT_DOUBLE_EQ(tempo.speech_rate, 6 / 2.0);
  EXPECT_DOUBLE_EQ(tempo.articulation_rate, 6 / 1.5);
  EXPECT_DOUBLE_EQ(tempo.pause_ratio, 0.25);
  EXPECT_DOUBLE_EQ(tempo.words_per_minute, 60.0);
  EXPECT_DOUBLE_EQ(tempo.mean_run, 3.0);
}

TEST(Tempo, DoesNotTakeAPlosivesClosureForAPause) {
  const std::vector<SpokenStretch> stretches = {{0, 500, 2, false}, {600, 1000, 2, false}};
  EXPECT_DOUBLE_EQ(MeasureTempo(stretches, kRate).pause_ratio, 0.0);
}

TEST(Tempo, CountsRepetitionsAsDisfluenciesNotAsSyllables) {
  const std::vector<SpokenStretch> stretches = {{0, 500, 2, true}, {500, 1000, 2, false}};
  const Tempo tempo = MeasureTempo(stretches, kRate);
  EXPECT_DOUBLE_EQ(tempo.disfluencies, 1.0);
  EXPECT_DOUBLE_EQ(tempo.speech_rate, 2.0);
}

TEST(Tempo, IsZeroForNoSpeech) { EXPECT_DOUBLE_EQ(MeasureTempo({}, kRate).speech_rate, 0.0); }

}  // namespace
}  // namespace euphone
