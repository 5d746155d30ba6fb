// Devices without hardware: ALSA's own plugins, as testdata/asound.conf names them.
// tests/integration/test_devices.py has a sound server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "devices/audio_devices.h"
#include "devices/loudspeaker.h"
#include "devices/microphone.h"

namespace euphone {
namespace {

using ::testing::HasSubstr;
using namespace std::chrono_literals;

/// Counts what comes.
class Counter : public AudioSink {
 public:
  void OnAudio(PcmView samples) noexcept override { samples_ += samples.size(); }
  void OnOverrun() noexcept override {}
  std::size_t samples() const { return samples_; }

 private:
  std::atomic<std::size_t> samples_{0};
};

template <class Condition>
bool Within(std::chrono::seconds limit, Condition condition) {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(5ms);
  }
  return true;
}

class DevicesTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    ::setenv("ALSA_CONFIG_PATH", EUPHONE_SOURCE_DIR "/engine/devices/testdata/asound.conf", 1);
  }
};

// In a process of its own, since ALSA looks only once where its configuration is.
TEST(DevicesDeathTest, WhereAlsaIsNotSetUpALineSaysSo) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto without = [] {
    ::unsetenv("ALSA_CONFIG_PATH");
    ::setenv("ALSA_CONFIG_DIR", "/nowhere", 1);
    const auto devices = ListAudioDevices();
    std::fputs(devices ? "listed" : devices.error().message.c_str(), stderr);
    std::exit(devices ? 1 : 0);
  };
  EXPECT_EXIT(without(), ::testing::ExitedWithCode(0), "/nowhere/alsa.conf is missing");
}

TEST_F(DevicesTest, ListsWhatTheSystemNames) {
  const auto devices = ListAudioDevices();
  ASSERT_TRUE(devices) << devices.error().message;
  const auto quiet =
      std::ranges::find_if(*devices, [](const AudioDevice& d) { return d.name == "quiet room"; });
  ASSERT_NE(quiet, devices->end());
  EXPECT_GT(quiet->input_channels, 0);
  EXPECT_GT(quiet->output_channels, 0);
  EXPECT_EQ(quiet->host_api, "ALSA");
  EXPECT_GT(quiet->default_rate.hz, 0);
}

TEST_F(DevicesTest, AMicrophoneCallsItsSinkUntilItIsStopped) {
  auto microphone = OpenMicrophone("quiet room");
  ASSERT_TRUE(microphone) << microphone.error().message;
  EXPECT_EQ((*microphone)->state(), InputState::kIdle);
  Counter counter;
  for (int round = 0; round < 2; ++round) {
    const std::size_t before = counter.samples();
    const Status started = (*microphone)->Start(counter);
    ASSERT_TRUE(started) << started.error().message;
    EXPECT_TRUE(Within(30s, [&] { return counter.samples() > before + 1000; }));
    EXPECT_EQ((*microphone)->state(), InputState::kRunning);
    const Status again = (*microphone)->Start(counter);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, Errc::kInvalidArgument);
    (*microphone)->Stop();
    EXPECT_EQ((*microphone)->state(), InputState::kIdle);
    const std::size_t stopped = counter.samples();
    std::this_thread::sleep_for(50ms);
    EXPECT_EQ(counter.samples(), stopped);
  }
  (*microphone)->Stop();
}

TEST_F(DevicesTest, ADeviceIsFoundByNumberByNameAndByAPartOfIt) {
  const auto devices = ListAudioDevices();
  ASSERT_TRUE(devices);
  for (const AudioDevice& device : *devices) {
    if (device.name != "quiet room") continue;
    EXPECT_TRUE(OpenMicrophone(std::to_string(device.index)));
  }
  EXPECT_TRUE(OpenMicrophone("QUIET"));
  const auto several = OpenMicrophone("room");
  ASSERT_FALSE(several);
  EXPECT_EQ(several.error().code, Errc::kInvalidArgument);
  EXPECT_THAT(several.error().message, HasSubstr("2 devices have 'room' in their names"));
  for (const char* name : {"cellar", "4711"}) {
    const auto none = OpenMicrophone(name);
    ASSERT_FALSE(none) << name;
    EXPECT_EQ(none.error().code, Errc::kNotFound);
    EXPECT_THAT(none.error().message, HasSubstr("euphone devices"));
    EXPECT_FALSE(Loudspeaker::Open(name));
  }
}

TEST_F(DevicesTest, ALoudspeakerPlaysToTheEndAndSaysSo) {
  auto loudspeaker = Loudspeaker::Open("quiet room");
  ASSERT_TRUE(loudspeaker) << loudspeaker.error().message;
  EXPECT_EQ(loudspeaker->state(), OutputState::kIdle);
  const std::vector<float> samples(8000, 0.25f);
  const Status playing = loudspeaker->Play(samples, SampleRate{16000});
  ASSERT_TRUE(playing) << playing.error().message;
  EXPECT_TRUE(Within(30s, [&] { return loudspeaker->state() == OutputState::kEnded; }));
  EXPECT_NEAR(loudspeaker->position(), 0.5, 0.001);
}

TEST_F(DevicesTest, ALoudspeakerIsStoppedFromAnotherThreadAndPlaysAgain) {
  auto loudspeaker = Loudspeaker::Open("quiet room");
  ASSERT_TRUE(loudspeaker);
  ASSERT_TRUE(loudspeaker->Play(std::vector<float>(std::size_t{60} * 8000), SampleRate{8000}));
  std::thread([&] { loudspeaker->Stop(); }).join();
  EXPECT_NE(loudspeaker->state(), OutputState::kPlaying);
  const double stopped = loudspeaker->position();
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(loudspeaker->position(), stopped);
  ASSERT_TRUE(loudspeaker->Play(std::vector<float>(800), SampleRate{8000}));
  EXPECT_TRUE(Within(30s, [&] { return loudspeaker->state() == OutputState::kEnded; }));
}

TEST_F(DevicesTest, StandardErrorIsThereAgainAfterwards) {
  ::testing::internal::CaptureStderr();
  const auto devices = ListAudioDevices();
  const bool written = ::write(STDERR_FILENO, "here", 4) == 4;
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "here");
  EXPECT_TRUE(devices && written);
}

}  // namespace
}  // namespace euphone
