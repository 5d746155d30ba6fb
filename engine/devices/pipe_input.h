#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "devices/audio_input.h"

namespace euphone {

/// Audio that another program writes into a pipe while it is recorded: WAV of 16-bit samples (any
/// rate; channels are averaged; the length in the header is not believed), or 16-bit little-endian
/// mono samples without a header.
/// Nothing is lost: what the sink has no room for stays in the pipe, and its writer waits. Stopped
/// and started again, it goes on where it was. What is left of half a sample at the end is dropped.
/// Thread: as AudioInput.
class PipeInput final : public AudioInput {
 public:
  struct Options {
    SampleRate raw_rate{16000};  ///< Of samples without a header.
    int stop = -1;  ///< A descriptor: once it has something to read, Open() stops to wait.
  };

  /// Waits for the header, or for as many bytes as show that there is none. `descriptor` stays the
  /// caller's and must stay open. `name` is for messages. Fails: kIo, kCorrupt (a header that
  /// breaks off), kUnsupported (samples of another kind, a rate outside kMinRate to kMaxRate of
  /// audio/raw_format.h).
  static Result<std::unique_ptr<PipeInput>> Open(int descriptor, std::string name,
                                                 const Options& options);
  PipeInput(const PipeInput&) = delete;
  PipeInput& operator=(const PipeInput&) = delete;
  ~PipeInput() override;

  SampleRate rate() const override { return rate_; }
  Status Start(AudioSink& sink) override;
  void Stop() override;
  InputState state() const override { return state_.load(); }

 private:
  PipeInput(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}

  Status ReadHeader(const Options& options);
  Status ReadChunks(int stop);
  Result<bool> Fill(std::size_t bytes, int stop);
  void Carry(AudioSink& sink);
  std::size_t WaitForRoom(const AudioSink& sink) const;
  std::size_t Decode(std::vector<float>& samples);

  const int descriptor_;
  const std::string name_;
  SampleRate rate_{0};
  std::size_t channels_ = 1;
  std::vector<std::byte> bytes_;  ///< Read, but not given on.
  std::vector<float> samples_;    ///< The same as samples.
  std::thread thread_;
  int wake_[2] = {-1, -1};  ///< A pipe that ends the wait for more.
  std::atomic<InputState> state_ = InputState::kIdle;
};

}  // namespace euphone
