#include "devices/fed_input.h"

#include <gtest/gtest.h>

#include <numeric>
#include <thread>

namespace euphone {
namespace {

/// Takes what it has room for.
class SmallSink : public AudioSink {
 public:
  void OnAudio(PcmView samples) noexcept override {
    heard.insert(heard.end(), samples.begin(), samples.end());
    room -= samples.size();
  }
  void OnOverrun() noexcept override {}
  std::size_t Room() const noexcept override { return room; }

  std::size_t room = 0;
  std::vector<float> heard;
};

std::vector<float> Ramp(std::size_t size) {
  std::vector<float> samples(size);
  std::iota(samples.begin(), samples.end(), 0.0F);
  return samples;
}

TEST(FedInputTest, WhatTheSinkHasNoRoomForWaitsAndNothingIsLost) {
  FedInput input(SampleRate{16000});
  SmallSink sink;
  const std::vector<float> samples = Ramp(100);
  input.Give(PcmView(samples).first(30));
  EXPECT_EQ(input.Flush(), 30U) << "nobody listens yet";
  sink.room = 20;
  ASSERT_TRUE(input.Start(sink));
  EXPECT_EQ(input.Flush(), 10U);
  input.Give(PcmView(samples).subspan(30));
  EXPECT_EQ(input.received(), 100);
  EXPECT_EQ(input.Flush(), 80U);
  sink.room = 1000;
  EXPECT_EQ(input.Flush(), 0U);
  EXPECT_EQ(sink.heard, samples);
}

TEST(FedInputTest, ItEndsWhenAllHasBeenHeard) {
  FedInput input(SampleRate{16000});
  SmallSink sink;
  ASSERT_TRUE(input.Start(sink));
  EXPECT_EQ(input.state(), InputState::kRunning);
  input.Give(Ramp(10));
  input.End();
  EXPECT_EQ(input.state(), InputState::kRunning);
  input.Give(Ramp(10));
  EXPECT_EQ(input.received(), 10) << "after the end nothing is taken";
  sink.room = 100;
  input.Flush();
  EXPECT_EQ(input.state(), InputState::kEnded);
}

TEST(FedInputTest, TheSinkIsNotCalledOnceItHasStopped) {
  FedInput input(SampleRate{16000});
  SmallSink sink;
  sink.room = 1000;
  ASSERT_TRUE(input.Start(sink));
  EXPECT_FALSE(input.Start(sink));
  input.Stop();
  input.Give(Ramp(10));
  EXPECT_TRUE(sink.heard.empty());
}

TEST(FedInputTest, TwoThreadsMayFeedAndFlush) {
  FedInput input(SampleRate{16000});
  SmallSink sink;
  sink.room = 100000;
  ASSERT_TRUE(input.Start(sink));
  std::thread flushes([&] {
    for (int i = 0; i < 1000; ++i) input.Flush();
  });
  const std::vector<float> samples = Ramp(100);
  for (int i = 0; i < 100; ++i) input.Give(samples);
  flushes.join();
  input.Flush();
  ASSERT_EQ(sink.heard.size(), 10000U);
  for (std::size_t i = 0; i < sink.heard.size(); ++i) EXPECT_EQ(sink.heard[i], samples[i % 100]);
}

}  // namespace
}  // namespace euphone
