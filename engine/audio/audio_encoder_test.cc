#include "audio/audio_encoder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "audio/audio_reader.h"

namespace euphone {
namespace {

std::vector<float> SixteenBitTone(std::size_t samples) {
  std::vector<float> tone(samples);
  for (std::size_t i = 0; i < samples; ++i)
    tone[i] = std::round(8000.0f * std::sin(0.05f * static_cast<float>(i))) / 32768.0f;
  return tone;
}

TEST(AudioEncoder, FlacAndWavGiveSixteenBitSamplesBackAsTheyWere) {
  const std::vector<float> tone = SixteenBitTone(20000);
  for (const char* ending : {".flac", ".wav"}) {
    const auto encoded = EncodeAudio(tone, kRecordingRate, ending);
    ASSERT_TRUE(encoded) << encoded.error().message;
    const auto read = ReadRecording(std::as_bytes(std::span(*encoded)), ending);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_THAT(read->samples, testing::Pointwise(testing::FloatNear(1e-4f), tone)) << ending;
  }
}

TEST(AudioEncoder, OpusIsAMuchSmallerFileOfTheSameLength) {
  const std::vector<float> tone = SixteenBitTone(48000);
  const auto encoded = EncodeAudio(tone, kRecordingRate, ".opus");
  ASSERT_TRUE(encoded) << encoded.error().message;
  EXPECT_LT(encoded->size(), tone.size());
  const auto read = ReadRecording(std::as_bytes(std::span(*encoded)), "tone");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_NEAR(static_cast<double>(read->samples.size()), 48000.0, 400.0);
}

TEST(AudioEncoder, TheSameSamplesGiveTheSameFlacFile) {
  const std::vector<float> tone = SixteenBitTone(5000);
  EXPECT_EQ(EncodeAudio(tone, kRecordingRate, ".flac").value(),
            EncodeAudio(tone, kRecordingRate, ".flac").value());
}

TEST(AudioEncoder, AnUnknownEndingIsRefused) {
  const auto encoded = EncodeAudio(SixteenBitTone(10), kRecordingRate, ".mp4");
  ASSERT_FALSE(encoded);
  EXPECT_EQ(encoded.error().code, Errc::kUnsupported);
}

}  // namespace
}  // namespace euphone
