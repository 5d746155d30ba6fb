#include "live/sample_ring.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace euphone {
namespace {

TEST(SampleRing, GivesBackWhatItTookInOrder) {
  SampleRing ring(10);
  std::vector<float> out(4);
  for (float next = 0; next < 100; next += 3) {
    ring.Push(std::vector<float>{next, next + 1, next + 2});
    ASSERT_EQ(ring.Pop(out), 3u);
    EXPECT_EQ(out[0], next);
    EXPECT_EQ(out[2], next + 2);
  }
  EXPECT_EQ(ring.Pop(out), 0u);
}

TEST(SampleRing, CountsWhatItHasNoRoomFor) {
  SampleRing ring(4);
  ring.Push(std::vector<float>{1, 2, 3, 4, 5, 6});
  EXPECT_EQ(ring.lost(), 2);
  EXPECT_EQ(ring.room(), 0u);
  std::vector<float> out(8);
  ASSERT_EQ(ring.Pop(out), 4u);
  EXPECT_EQ(out[3], 4.0F);
}

TEST(SampleRing, LosesNothingBetweenTwoThreads) {
  SampleRing ring(64);
  constexpr int kCount = 200'000;
  std::thread pushes([&] {
    for (int i = 0; i < kCount;) {
      if (ring.room() == 0) {
        std::this_thread::yield();
        continue;
      }
      const float value = static_cast<float>(i % 4096);
      ring.Push(PcmView(&value, 1));
      ++i;
    }
  });
  std::vector<float> out(50);
  int wrong = 0;
  for (int i = 0; i < kCount;) {
    const std::size_t count = ring.Pop(out);
    for (std::size_t k = 0; k < count; ++k, ++i) wrong += out[k] != static_cast<float>(i % 4096);
  }
  pushes.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(ring.lost(), 0);
}

}  // namespace
}  // namespace euphone
