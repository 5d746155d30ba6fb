#include "devices/device_ring.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <thread>
#include <vector>

namespace euphone {
namespace {

std::vector<float> Count(std::size_t from, std::size_t to) {
  std::vector<float> samples(to - from);
  std::iota(samples.begin(), samples.end(), static_cast<float>(from));
  return samples;
}

TEST(DeviceRingTest, GivesWhatCameInItsOrderAcrossTheSeam) {
  DeviceRing ring(10);
  std::vector<float> out;
  for (std::size_t at = 0; at < 70; at += 7) {
    ring.OnAudio(Count(at, at + 7));
    EXPECT_EQ(ring.Take(out), 7u);
  }
  EXPECT_EQ(out, Count(0, 70));
  EXPECT_EQ(ring.Take(out), 0u);
  EXPECT_EQ(ring.dropped(), 0u);
}

TEST(DeviceRingTest, CountsWhatDoesNotFitAndKeepsWhatDoes) {
  DeviceRing ring(10);
  ring.OnAudio(Count(0, 8));
  ring.OnAudio(Count(8, 16));
  ring.OnOverrun();
  std::vector<float> out;
  ring.Take(out);
  EXPECT_EQ(out, Count(0, 10));
  EXPECT_EQ(ring.dropped(), 6u);
  EXPECT_EQ(ring.overruns(), 1u);
}

TEST(DeviceRingTest, TwoThreadsLoseNothing) {
  constexpr std::size_t kSamples = 400000;
  DeviceRing ring(kSamples);
  std::thread device([&] {
    for (std::size_t at = 0; at < kSamples; at += 80) ring.OnAudio(Count(at, at + 80));
  });
  std::vector<float> out;
  while (out.size() < kSamples) {
    ring.Take(out);
    std::this_thread::yield();
  }
  device.join();
  EXPECT_EQ(out, Count(0, kSamples));
  EXPECT_EQ(ring.dropped(), 0u);
}

}  // namespace
}  // namespace euphone
