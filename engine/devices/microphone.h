#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/units.h"
#include "devices/audio_input.h"

namespace euphone {

struct MicrophoneOptions {
  /// Absent: 16 kHz where the sound card itself offers it, else the device's own default, so that
  /// no converter of unknown quality lies between: Resampler (audio/resampler.h) is a good one.
  std::optional<SampleRate> rate;
  /// Audio comes about so long after it was made; the system may need longer.
  Millis latency{40};
};

/// A microphone through PortAudio: the first channel of the device that `device` means (empty: the
/// system's default; a number: AudioDevice::index; else a name or a part of one that no other has).
/// The device is taken at Start() and given back at Stop(); rate() is known before.
/// The callback copies nothing, allocates nothing and takes no lock: it hands the device's own
/// buffer to the sink. What the device says it lost becomes OnOverrun(). A device that goes away,
/// or that is silent for five seconds in which it should have called, is kLost for good: the sink
/// is not called again, and Stop() is due.
/// Standard error points nowhere during Start() and Stop() (see audio_devices.h).
/// Fails: kNotFound (no such device), kInvalidArgument (several fit), kUnsupported (not at that
/// rate), kInternal.
Result<std::unique_ptr<AudioInput>> OpenMicrophone(const std::string& device = "",
                                                   const MicrophoneOptions& options = {});

}  // namespace euphone
