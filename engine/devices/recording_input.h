#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "devices/audio_input.h"

namespace euphone {

/// Plays a recording into a sink as a microphone would, in pieces and by the clock, or as fast as
/// the sink has room.
class RecordingInput final : public AudioInput {
 public:
  struct Pace {
    double speed = 1.0;  ///< Times real time; 0: as fast as there is room.
    Millis piece{10.0};  ///< Length of a piece.
  };

  /// `samples`: mono at `rate`; kept.
  RecordingInput(std::vector<float> samples, SampleRate rate, Pace pace)
      : samples_(std::move(samples)), rate_(rate), pace_(pace) {}
  RecordingInput(const RecordingInput&) = delete;
  RecordingInput& operator=(const RecordingInput&) = delete;
  ~RecordingInput() override { Stop(); }

  SampleRate rate() const override { return rate_; }
  Status Start(AudioSink& sink) override;
  void Stop() override;
  InputState state() const override { return state_.load(); }

 private:
  void Play(AudioSink& sink);
  bool WaitFor(std::chrono::steady_clock::time_point until);

  const std::vector<float> samples_;
  const SampleRate rate_;
  const Pace pace_;
  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ = false;  ///< Guarded by mutex_.
  std::atomic<InputState> state_ = InputState::kIdle;
};

}  // namespace euphone
