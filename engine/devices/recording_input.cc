#include "devices/recording_input.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace euphone {
namespace {

using Clock = std::chrono::steady_clock;

/// How long to wait for a sink that has no room.
constexpr std::chrono::milliseconds kNoRoom{2};

}  // namespace

Status RecordingInput::Start(AudioSink& sink) {
  if (thread_.joinable()) return Error{Errc::kInvalidArgument, "the recording plays already"};
  stopping_ = false;
  state_ = InputState::kRunning;
  thread_ = std::thread([this, &sink] { Play(sink); });
  return {};
}

void RecordingInput::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_all();
  if (thread_.joinable()) thread_.join();
  state_ = InputState::kIdle;
}

/// False where it is to stop.
bool RecordingInput::WaitFor(Clock::time_point until) {
  std::unique_lock lock(mutex_);
  return !stop_.wait_until(lock, until, [this] { return stopping_; });
}

void RecordingInput::Play(AudioSink& sink) {
  const auto piece =
      static_cast<std::size_t>(std::max<std::int64_t>(1, SamplesIn(pace_.piece, rate_)));
  const Clock::time_point start = Clock::now();
  for (std::size_t at = 0; at < samples_.size();) {
    const std::size_t count = std::min(piece, samples_.size() - at);
    if (pace_.speed > 0.0) {
      // A microphone gives a piece when its last sample is there.
      const double due = static_cast<double>(at + count) / rate_.hz / pace_.speed;
      if (!WaitFor(start +
                   std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(due))))
        return;
    }
    while (sink.Room() < count) {
      if (!WaitFor(Clock::now() + kNoRoom)) return;
    }
    sink.OnAudio(PcmView(samples_).subspan(at, count));
    at += count;
    if (!WaitFor(Clock::time_point::min())) return;
  }
  state_ = InputState::kEnded;
}

}  // namespace euphone
