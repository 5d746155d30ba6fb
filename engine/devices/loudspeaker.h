#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "base/units.h"

namespace euphone {

enum class OutputState {
  kIdle,     ///< Nothing was played yet, or it was stopped.
  kPlaying,  ///< Samples are on their way.
  kEnded,    ///< All has been heard.
  kLost,     ///< The device went away.
};

/// A loudspeaker through PortAudio; one voice on its first two channels.
/// The callback reads from memory that Play() has laid out, at the device's own rate: it allocates
/// nothing and takes no lock. Standard error points nowhere while a device is opened or closed (see
/// audio_devices.h).
/// Thread: all calls from any thread.
/// Memory: 4 bytes a sample at the device's rate of what is played.
class Loudspeaker {
 public:
  /// `device` as in OpenMicrophone(). The device is held only while something is played.
  /// Fails: kNotFound, kInvalidArgument (several fit), kInternal.
  static Result<Loudspeaker> Open(const std::string& device = "");
  Loudspeaker(Loudspeaker&&) noexcept;
  Loudspeaker& operator=(Loudspeaker&&) noexcept;
  ~Loudspeaker();

  /// Begins to play `pcm` (mono, finite; beyond [-1, 1] it is clipped) in place of what is playing,
  /// and returns. Fails: kInvalidArgument (a rate outside kMinRate to kMaxRate of
  /// audio/raw_format.h), kIo (the device refuses).
  Status Play(PcmView pcm, SampleRate rate);

  /// Silent at once, within the device's own buffer. Harmless where nothing plays.
  void Stop();

  OutputState state() const;

  /// Seconds of `pcm` that the device has taken; what is heard lags by its latency. Stays where
  /// Stop() left it.
  double position() const;

 private:
  class Output;
  explicit Loudspeaker(std::unique_ptr<Output> output);
  std::unique_ptr<Output> output_;
};

}  // namespace euphone
