#include "audio/resampler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "audio/test_signals.h"

namespace euphone {
namespace {

using testing_audio::LargestGap;
using testing_audio::Rms;
using testing_audio::Sine;

constexpr SampleRate k16k{16000};

std::vector<float> InChunks(PcmView pcm, SampleRate in, SampleRate out,
                            std::size_t chunk = 1 << 20) {
  auto resampler = Resampler::Create(in, out);
  std::vector<float> result;
  EXPECT_TRUE(resampler);
  while (!pcm.empty()) {
    const std::size_t size = std::min(chunk, pcm.size());
    EXPECT_TRUE(resampler->Push(pcm.first(size), result));
    pcm = pcm.subspan(size);
  }
  EXPECT_TRUE(resampler->Finish(result));
  return result;
}

TEST(Resampler, GivesTheSameSamplesInAnyChunking) {
  for (const int hz : {8000, 44100, 48000, 96000}) {
    const auto pcm = Sine(700.0, 0.7, SampleRate{hz});
    const auto whole = InChunks(pcm, SampleRate{hz}, k16k);
    for (const std::size_t chunk : {1u, 7u, 159u, 160u, 161u, 4096u})
      EXPECT_EQ(InChunks(pcm, SampleRate{hz}, k16k, chunk), whole) << hz << " by " << chunk;
  }
}

TEST(Resampler, KeepsTimeAmplitudeAndFrequencyOfASine) {
  for (const int hz : {4000, 8000, 11025, 22050, 44100, 48000, 96000, 192000, 768000}) {
    const auto got = InChunks(Sine(1000.0, 1.0, SampleRate{hz}), SampleRate{hz}, k16k);
    // A difference in time, amplitude or frequency would show as a gap.
    EXPECT_LT(LargestGap(got, Sine(1000.0, 1.0, k16k), 400), 2e-4) << hz;
  }
}

TEST(Resampler, KeepsAClickInItsPlace) {
  for (const int hz : {8000, 44100, 48000}) {
    std::vector<float> pcm(static_cast<std::size_t>(hz));
    pcm[static_cast<std::size_t>(hz / 4)] = 1.0f;
    const auto got = InChunks(pcm, SampleRate{hz}, k16k);
    EXPECT_EQ(std::max_element(got.begin(), got.end()) - got.begin(), 4000) << hz;
  }
}

TEST(Resampler, GivesTheRoundedLength) {
  for (const int hz : {4000, 8000, 11025, 44100, 48000, 192000}) {
    for (const std::size_t length : {1u, 2u, 100u, 441u, 44101u}) {
      const std::vector<float> pcm(length, 0.1f);
      const auto expected = std::llround(static_cast<double>(length) * 16000.0 / hz);
      EXPECT_EQ(std::ssize(InChunks(pcm, SampleRate{hz}, k16k)), expected) << hz << ' ' << length;
    }
  }
}

TEST(Resampler, SilencesWhatTheNewRateCannotHold) {
  const auto got = InChunks(Sine(10000.0, 1.0, SampleRate{48000}), SampleRate{48000}, k16k);
  EXPECT_LT(Rms(PcmView(got).subspan(400, 15200)), 1e-5);
}

TEST(Resampler, CopiesWhereTheRatesAreEqual) {
  const auto pcm = Sine(440.0, 0.1, k16k);
  EXPECT_EQ(InChunks(pcm, k16k, k16k, 100), pcm);
}

TEST(Resampler, GivesNothingForNothing) {
  EXPECT_TRUE(InChunks({}, SampleRate{48000}, k16k).empty());
}

TEST(Resampler, RunsBehindByLessThan50Milliseconds) {
  auto resampler = Resampler::Create(SampleRate{48000}, k16k);
  ASSERT_TRUE(resampler);
  std::vector<float> out;
  const auto pcm = Sine(300.0, 1.0, SampleRate{48000});
  for (std::size_t i = 0; i < pcm.size(); i += 480) {
    ASSERT_TRUE(resampler->Push(PcmView(pcm).subspan(i, 480), out));
    const auto behind = static_cast<std::int64_t>((i + 480) / 3) - std::ssize(out);
    EXPECT_LT(behind, SamplesIn(Millis{50.0}, k16k)) << i;
  }
}

TEST(Resampler, RefusesRatesOutsideTheLimits) {
  EXPECT_EQ(Resampler::Create(SampleRate{1}, k16k).error().code, Errc::kInvalidArgument);
  EXPECT_EQ(Resampler::Create(k16k, SampleRate{10'000'000}).error().code, Errc::kInvalidArgument);
}

TEST(Resampler, RefusesSamplesAfterTheEnd) {
  auto resampler = Resampler::Create(SampleRate{48000}, k16k);
  ASSERT_TRUE(resampler);
  std::vector<float> out;
  ASSERT_TRUE(resampler->Finish(out));
  EXPECT_EQ(resampler->Push(Sine(1.0, 0.1, k16k), out).error().code, Errc::kInvalidArgument);
  EXPECT_EQ(resampler->Finish(out).error().code, Errc::kInvalidArgument);
}

}  // namespace
}  // namespace euphone
