#include "audio/speech_end.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "audio/test_signals.h"

namespace euphone {
namespace {

using testing_audio::Noise;
using testing_audio::SpeechLike;

constexpr SampleRate kRate{16000};

/// `before` seconds of room, `speech` of speech, `after` of room.
std::vector<float> Take(double before, double speech, double after, double room) {
  std::vector<float> samples = Noise(before + speech + after, kRate, room);
  const std::vector<float> voice = SpeechLike(speech, kRate, 0.3);
  const auto begin = static_cast<std::size_t>(before * kRate.hz);
  for (std::size_t i = 0; i < voice.size(); ++i) samples[begin + i] += voice[i];
  return samples;
}

/// When it ends, in seconds; -1: it does not.
double EndOf(const std::vector<float>& samples, std::size_t chunk = 160) {
  SpeechEnd end(kRate);
  const PcmView all(samples);
  for (std::size_t at = 0; at < all.size(); at += chunk) {
    if (end.Push(all.subspan(at, std::min(chunk, all.size() - at))))
      return static_cast<double>(std::min(at + chunk, all.size())) / kRate.hz;
  }
  return -1.0;
}

TEST(SpeechEndTest, EndsOneAndAHalfSecondsAfterTheLastSound) {
  for (const double room : {0.0, 0.001, 0.01}) {
    const double end = EndOf(Take(1.0, 3.0, 4.0, room));
    EXPECT_GT(end, 5.3) << room;
    EXPECT_LT(end, 5.8) << room;
  }
}

TEST(SpeechEndTest, DoesNotEndInShortPauses) {
  std::vector<float> samples = Take(1.0, 2.0, 1.2, 0.001);
  const std::vector<float> more = Take(0.0, 2.0, 1.0, 0.001);
  samples.insert(samples.end(), more.begin(), more.end());
  EXPECT_EQ(EndOf(samples), -1.0);
}

TEST(SpeechEndTest, WaitsForSomebodyToSpeak) {
  EXPECT_EQ(EndOf(std::vector<float>(20 * 16000)), -1.0) << "digital silence";
  EXPECT_EQ(EndOf(Noise(20.0, kRate, 0.02)), -1.0) << "a fan";
  std::vector<float> clicks = Noise(20.0, kRate, 0.001);
  for (std::size_t i = 8000; i < clicks.size(); i += 16000) clicks[i] = 0.9f;
  EXPECT_EQ(EndOf(clicks), -1.0) << "clicks";
}

TEST(SpeechEndTest, ADeviceThatBeginsWithZerosIsNotAQuietRoom) {
  std::vector<float> samples(16000);
  const std::vector<float> take = Take(1.0, 3.0, 4.0, 0.01);
  samples.insert(samples.end(), take.begin(), take.end());
  const double end = EndOf(samples);
  EXPECT_GT(end, 6.3);
  EXPECT_LT(end, 6.8);
}

TEST(SpeechEndTest, AnyChunkingGivesTheSameAnswer) {
  const std::vector<float> samples = Take(1.0, 3.0, 4.0, 0.001);
  SpeechEnd whole(kRate);
  EXPECT_TRUE(whole.Push(samples));
  for (const std::size_t chunk : {1u, 319u, 320u, 321u})
    EXPECT_NEAR(EndOf(samples, chunk), EndOf(samples), 0.03) << chunk;
}

}  // namespace
}  // namespace euphone
