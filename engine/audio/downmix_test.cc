#include "audio/downmix.h"

#include <gtest/gtest.h>

#include <cmath>

#include "audio/audio_reader.h"
#include "audio/test_signals.h"

namespace euphone {
namespace {

using testing_audio::Noise;
using testing_audio::Rms;
using testing_audio::SpeechLike;

constexpr SampleRate k16k{16000};

std::vector<float> Interleaved(PcmView left, PcmView right) {
  std::vector<float> both;
  for (std::size_t i = 0; i < left.size(); ++i) both.insert(both.end(), {left[i], right[i]});
  return both;
}

std::vector<float> Mixed(PcmView left, PcmView right) {
  Downmixer downmixer(2);
  std::vector<float> mono;
  EXPECT_TRUE(downmixer.Mix(Interleaved(left, right), mono));
  return mono;
}

std::vector<float> Scaled(std::vector<float> pcm, float gain) {
  for (float& sample : pcm) sample *= gain;
  return pcm;
}

TEST(Downmixer, AveragesChannelsThatAreAlikeOrUnrelated) {
  const auto voice = SpeechLike(1.0, k16k);
  EXPECT_NEAR(Rms(Mixed(voice, voice)), Rms(voice), 1e-6);
  EXPECT_NEAR(Rms(Mixed(voice, Noise(1.0, k16k, 0.3))),
              std::hypot(Rms(voice), Rms(Noise(1.0, k16k, 0.3))) / 2.0, 0.01);
  EXPECT_NEAR(Rms(Mixed(voice, std::vector<float>(voice.size()))), Rms(voice) / 2.0, 1e-6);
}

TEST(Downmixer, TakesTheLouderOfChannelsThatCancelEachOther) {
  const auto voice = SpeechLike(1.0, k16k);
  EXPECT_EQ(Mixed(voice, Scaled(voice, -0.9f)), voice);
  EXPECT_EQ(Mixed(Scaled(voice, -0.9f), voice), voice);
}

TEST(Downmixer, StaysWithTheChannelItChose) {
  const auto voice = SpeechLike(1.0, k16k);
  Downmixer downmixer(2);
  std::vector<float> mono;
  ASSERT_TRUE(downmixer.Mix(Interleaved(voice, Scaled(voice, -1.0f)), mono));
  ASSERT_TRUE(downmixer.Mix(Interleaved(Scaled(voice, 0.5f), Scaled(voice, -0.6f)), mono));
  EXPECT_EQ(mono, Scaled(voice, 0.5f));
}

TEST(Downmixer, LeavesSilenceAlone) {
  const std::vector<float> silence(1000, 0.0f);
  EXPECT_EQ(Mixed(silence, silence), silence);
}

TEST(AudioReader, HearsAVoiceWhoseChannelsAreInOppositePhase) {
  const auto voice = SpeechLike(1.0, k16k);
  const std::string bytes = testing_audio::WavHeader(64000, {.channels = 2}) +
                            testing_audio::Pcm16(Interleaved(voice, Scaled(voice, -1.0f)));
  const auto recording = ReadRecording(std::as_bytes(std::span(bytes)), "phase");
  ASSERT_TRUE(recording) << recording.error().message;
  EXPECT_NEAR(Rms(recording->samples), Rms(voice), 0.01);
}

}  // namespace
}  // namespace euphone
