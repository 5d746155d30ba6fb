#include "audio/microphone.h"

#include <gtest/gtest.h>

#include "audio/quality_gate.h"
#include "audio/resampler.h"
#include "audio/test_signals.h"

namespace euphone {
namespace {

using testing_audio::Sine;
using testing_audio::SpeechLike;

constexpr SampleRate k16k{16000};

MicrophoneMeasures Measured(PcmView pcm) {
  return MeasureMicrophone(pcm, k16k, AssessQuality(pcm, k16k));
}

std::vector<float> WithTone(std::vector<float> pcm, double hz, double amplitude) {
  const auto tone = Sine(hz, static_cast<double>(pcm.size()) / 16000.0, k16k, amplitude);
  for (std::size_t i = 0; i < pcm.size(); ++i) pcm[i] += tone[i];
  return pcm;
}

TEST(Microphone, TakesWhatTheQualityGateMeasured) {
  const auto speech = SpeechLike(4.0, k16k);
  const QualityReport quality = AssessQuality(speech, k16k);
  const MicrophoneMeasures measures = MeasureMicrophone(speech, k16k, quality);
  EXPECT_EQ(measures.level_dbfs, quality.speech_dbfs);
  EXPECT_EQ(measures.noise_dbfs, quality.noise_dbfs);
  EXPECT_EQ(measures.bandwidth_hz, quality.bandwidth_hz);
  EXPECT_DOUBLE_EQ(measures.dc_offset_percent, 100.0 * quality.dc_offset);
}

TEST(Microphone, HearsHumAndTellsEuropeFromAmerica) {
  const auto speech = SpeechLike(4.0, k16k);
  EXPECT_LT(Measured(speech).hum_50_db, 6.0);
  EXPECT_LT(Measured(speech).hum_60_db, 6.0);
  for (const double hz : {50.0, 100.0, 150.0}) {
    const auto hum = Measured(WithTone(speech, hz, 0.02));
    EXPECT_GT(hum.hum_50_db, 12.0) << hz;
    EXPECT_LT(hum.hum_60_db, 6.0) << hz;
  }
  for (const double hz : {60.0, 120.0, 180.0}) {
    const auto hum = Measured(WithTone(speech, hz, 0.02));
    EXPECT_GT(hum.hum_60_db, 12.0) << hz;
    EXPECT_LT(hum.hum_50_db, 6.0) << hz;
  }
}

TEST(Microphone, HearsNoHumInLessThanASecond) {
  EXPECT_EQ(Measured(WithTone(SpeechLike(0.9, k16k), 50.0, 0.05)).hum_50_db, 0.0);
}

TEST(Microphone, MeasuresTiltAndMiddleAtAnyLevel) {
  const auto speech = SpeechLike(4.0, k16k);
  auto dull = speech;
  float state = 0.0f;
  for (float& sample : dull) sample = state += 0.4f * (sample - state);  // -3 dB at 1.3 kHz
  auto quiet = speech;
  for (float& sample : quiet) sample *= 0.1f;
  EXPECT_LT(Measured(dull).tilt_db, Measured(speech).tilt_db - 5.0);
  EXPECT_LT(Measured(dull).centroid_hz, Measured(speech).centroid_hz - 50.0);
  EXPECT_NEAR(Measured(quiet).tilt_db, Measured(speech).tilt_db, 0.1);
  EXPECT_NEAR(Measured(quiet).centroid_hz, Measured(speech).centroid_hz, 1.0);
  EXPECT_NEAR(Measured(quiet).level_dbfs, Measured(speech).level_dbfs - 20.0, 0.1);
}

}  // namespace
}  // namespace euphone
