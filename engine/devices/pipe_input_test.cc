#include "devices/pipe_input.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace euphone {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

/// Keeps what comes; has as much room as the test gives it.
class Keeper : public AudioSink {
 public:
  explicit Keeper(std::size_t room = 1 << 20) : room_(room) {}
  void OnAudio(PcmView samples) noexcept override {
    const std::lock_guard lock(mutex_);
    kept_.insert(kept_.end(), samples.begin(), samples.end());
    room_ -= samples.size();
  }
  void OnOverrun() noexcept override { ++overruns_; }
  std::size_t Room() const noexcept override { return room_.load(); }
  void MakeRoom(std::size_t samples) { room_ += samples; }
  std::vector<float> kept() const {
    const std::lock_guard lock(mutex_);
    return kept_;
  }
  int overruns() const { return overruns_; }

 private:
  mutable std::mutex mutex_;
  std::vector<float> kept_;
  std::atomic<std::size_t> room_;
  std::atomic<int> overruns_ = 0;
};

class Pipe {
 public:
  Pipe() { EXPECT_EQ(::pipe(ends_), 0); }
  ~Pipe() {
    Close();
    ::close(ends_[0]);
  }
  int out() const { return ends_[0]; }
  void Write(const std::string& bytes) const {
    EXPECT_EQ(::write(ends_[1], bytes.data(), bytes.size()), std::ssize(bytes));
  }
  void Close() {
    if (ends_[1] >= 0) ::close(std::exchange(ends_[1], -1));
  }

 private:
  int ends_[2] = {-1, -1};
};

std::string Little(std::uint32_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xFF);
  return text;
}

std::string Samples(const std::vector<std::int16_t>& values) {
  std::string bytes;
  for (const std::int16_t value : values) bytes += Little(static_cast<std::uint16_t>(value), 2);
  return bytes;
}

std::string WavHeader(std::uint32_t rate, std::uint32_t channels, std::uint32_t bits = 16) {
  return "RIFF" + Little(0xFFFFFFFF, 4) + "WAVE" + "LIST" + Little(3, 4) + "abc" +
         std::string(1, '\0') + "fmt " + Little(16, 4) + Little(1, 2) + Little(channels, 2) +
         Little(rate, 4) + Little(rate * channels * 2, 4) + Little(channels * 2, 2) +
         Little(bits, 2) + "data" + Little(0xFFFFFFFF, 4);
}

template <class Condition>
bool Soon(Condition condition) {
  for (int i = 0; i < 4000 && !condition(); ++i) std::this_thread::sleep_for(5ms);
  return condition();
}

TEST(PipeInput, GivesSamplesWithoutAHeaderAsTheyAre) {
  Pipe pipe;
  pipe.Write(Samples({0, 16384, -32768, 1}));
  pipe.Close();
  auto input = PipeInput::Open(pipe.out(), "pipe", {.raw_rate = SampleRate{22050}});
  ASSERT_TRUE(input) << input.error().message;
  EXPECT_EQ((*input)->rate(), SampleRate{22050});
  Keeper keeper;
  ASSERT_TRUE((*input)->Start(keeper));
  EXPECT_TRUE(Soon([&] { return (*input)->state() == InputState::kEnded; }));
  (*input)->Stop();
  EXPECT_THAT(keeper.kept(), ElementsAre(0.0F, 0.5F, -1.0F, 1.0F / 32768));
}

TEST(PipeInput, ReadsTheHeaderOfAWavFileThatIsStillBeingWritten) {
  Pipe pipe;
  pipe.Write(WavHeader(48000, 2) + Samples({16384, 0, -16384, -16384}));
  auto input = PipeInput::Open(pipe.out(), "pipe", {});
  ASSERT_TRUE(input) << input.error().message;
  EXPECT_EQ((*input)->rate(), SampleRate{48000});
  Keeper keeper;
  ASSERT_TRUE((*input)->Start(keeper));
  EXPECT_TRUE(Soon([&] { return keeper.kept().size() == 2; }));
  EXPECT_THAT(keeper.kept(), ElementsAre(0.25F, -0.5F));
  EXPECT_EQ((*input)->state(), InputState::kRunning);
}

TEST(PipeInput, LeavesInThePipeWhatTheSinkHasNoRoomForAndLosesNothing) {
  Pipe pipe;
  std::vector<std::int16_t> values(20000);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<std::int16_t>(i);
  std::thread writer([&] {
    pipe.Write(Samples(values));
    pipe.Close();
  });
  auto input = PipeInput::Open(pipe.out(), "pipe", {});
  ASSERT_TRUE(input) << input.error().message;
  Keeper keeper(480);
  ASSERT_TRUE((*input)->Start(keeper));
  EXPECT_TRUE(Soon([&] { return keeper.kept().size() == 480; }));
  std::this_thread::sleep_for(20ms);
  EXPECT_EQ(keeper.kept().size(), 480U);
  while (keeper.kept().size() < values.size() && (*input)->state() == InputState::kRunning) {
    keeper.MakeRoom(160);
    std::this_thread::sleep_for(100us);
  }
  writer.join();
  EXPECT_TRUE(Soon([&] { return (*input)->state() == InputState::kEnded; }));
  const std::vector<float> kept = keeper.kept();
  ASSERT_EQ(kept.size(), values.size());
  for (std::size_t i = 0; i < kept.size(); ++i)
    ASSERT_EQ(kept[i], static_cast<float>(values[i]) / 32768.0F) << i;
  EXPECT_EQ(keeper.overruns(), 0);
}

TEST(PipeInput, GoesOnWhereItWasWhenItIsStartedAgain) {
  Pipe pipe;
  pipe.Write(Samples(std::vector<std::int16_t>(1000, 1)));
  auto input = PipeInput::Open(pipe.out(), "pipe", {});
  ASSERT_TRUE(input) << input.error().message;
  Keeper first(320), second;
  ASSERT_TRUE((*input)->Start(first));
  EXPECT_TRUE(Soon([&] { return first.kept().size() == 320; }));
  (*input)->Stop();
  EXPECT_EQ((*input)->state(), InputState::kIdle);
  ASSERT_TRUE((*input)->Start(second));
  EXPECT_TRUE(Soon([&] { return second.kept().size() == 680; }));
}

TEST(PipeInput, StopsWhileNothingComes) {
  Pipe pipe;
  pipe.Write("abcd");
  auto input = PipeInput::Open(pipe.out(), "pipe", {});
  ASSERT_TRUE(input) << input.error().message;
  Keeper keeper;
  ASSERT_TRUE((*input)->Start(keeper));
  EXPECT_TRUE(Soon([&] { return keeper.kept().size() == 2; }));
  (*input)->Stop();
  EXPECT_EQ((*input)->state(), InputState::kIdle);
}

TEST(PipeInput, StopsToWaitForAHeaderWhenItIsAskedTo) {
  Pipe pipe, stop;
  stop.Write("x");
  const auto input = PipeInput::Open(pipe.out(), "standard input", {.stop = stop.out()});
  ASSERT_FALSE(input);
  EXPECT_THAT(input.error().message, HasSubstr("standard input: stopped"));
}

TEST(PipeInput, RefusesSamplesOfAnotherSizeAndHeadersThatBreakOff) {
  Pipe wide;
  wide.Write(WavHeader(16000, 1, 24));
  const auto other = PipeInput::Open(wide.out(), "pipe", {});
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, Errc::kUnsupported);
  Pipe broken;
  broken.Write(WavHeader(16000, 1).substr(0, 30));
  broken.Close();
  const auto half = PipeInput::Open(broken.out(), "pipe", {});
  ASSERT_FALSE(half);
  EXPECT_EQ(half.error().code, Errc::kCorrupt);
}

}  // namespace
}  // namespace euphone
