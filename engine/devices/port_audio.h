#pragma once

#include <portaudio.h>
#include <chrono>
#include <cstdint>

#include <mutex>
#include <string>

#include "base/result.h"
#include "devices/quiet_errors.h"

namespace euphone {

/// Held around every call into PortAudio, which takes them from one thread at a time and prints
/// what nobody asked for. Internal to this module, as all of this file; never held on a device's
/// thread.
class PortAudioCall {
 public:
  PortAudioCall();

 private:
  std::scoped_lock<std::mutex> lock_;
  QuietErrors quiet_;
};

/// PortAudio, started for as long as one of these lives. Its devices are those of the moment when
/// the first one was made.
class PortAudioLibrary {
 public:
  /// Fails: kInternal; kNotFound where ALSA is not set up.
  static Result<PortAudioLibrary> Start();
  PortAudioLibrary(PortAudioLibrary&& other) noexcept;
  PortAudioLibrary& operator=(PortAudioLibrary&&) = delete;
  ~PortAudioLibrary();

 private:
  PortAudioLibrary() = default;
  bool started_ = true;
};

enum class Direction { kInput, kOutput };

/// The device that `wanted` means: empty = the default, a number = its index, else its name or,
/// where only one has it, a part of its name; upper and lower case are the same.
/// REQUIRES: PortAudioCall held, a PortAudioLibrary alive. Fails: kNotFound, saying what to do;
/// kInvalidArgument where several fit.
Result<PaDeviceIndex> FindDevice(Direction direction, const std::string& wanted);

/// What PortAudio says about `code`, where it says more than "host error".
std::string Explanation(PaError code);

/// After so long without a call a device counts as gone.
inline constexpr std::chrono::seconds kLongestSilence{5};

/// The steady clock, for an atomic.
inline std::int64_t Now() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

}  // namespace euphone
