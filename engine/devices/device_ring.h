#pragma once

#include <atomic>
#include <cstddef>
#include <vector>

#include "devices/audio_input.h"

namespace euphone {

/// Carries samples from a device's thread to another without a lock or an allocation: an AudioSink
/// whose samples are taken out when the other thread gets to it.
/// Thread: OnAudio() and OnOverrun() on one, Take() on one other; the counts from any.
class DeviceRing : public AudioSink {
 public:
  /// Holds up to `capacity` samples, 4 bytes each, allocated here.
  explicit DeviceRing(std::size_t capacity);

  /// What does not fit is dropped and counted.
  void OnAudio(PcmView samples) noexcept override;
  void OnOverrun() noexcept override;

  /// Appends all that has come to `out`; gives how many samples.
  std::size_t Take(std::vector<float>& out);

  /// Samples that did not fit, because nobody took them for too long.
  std::size_t dropped() const { return dropped_; }
  /// How often the device lost samples.
  std::size_t overruns() const { return overruns_; }

 private:
  std::vector<float> ring_;
  std::atomic<std::size_t> written_{0};  ///< In all; grows only.
  std::atomic<std::size_t> taken_{0};
  std::atomic<std::size_t> dropped_{0};
  std::atomic<std::size_t> overruns_{0};
};

}  // namespace euphone
