#pragma once

#include <cstdint>
#include <mutex>
#include <vector>

#include "devices/audio_input.h"

namespace euphone {

/// Stands for a microphone that is elsewhere: audio that is handed in as it arrives. Nothing is
/// lost: what the sink has no room for waits here, and who hands it in can see that.
/// Thread: any.
class FedInput final : public AudioInput {
 public:
  explicit FedInput(SampleRate rate) : rate_(rate) {}

  /// Takes all of them, and gives on what there is room for.
  void Give(PcmView samples);

  /// Gives on more of what waits; how many samples still wait.
  std::size_t Flush();

  /// There is no more; the input ends when all has been given on.
  void End();

  std::int64_t received() const;  ///< Samples that Give() took, in all.

  SampleRate rate() const override { return rate_; }
  Status Start(AudioSink& sink) override;
  void Stop() override;
  InputState state() const override;

 private:
  void FlushLocked();

  const SampleRate rate_;
  mutable std::mutex mutex_;  ///< Guards the rest, and that the sink is called once at a time.
  AudioSink* sink_ = nullptr;
  std::vector<float> waiting_;
  std::int64_t received_ = 0;
  bool ended_ = false;
};

}  // namespace euphone
