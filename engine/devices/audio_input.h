#pragma once

#include <cstddef>
#include <limits>

#include "base/result.h"
#include "base/units.h"

namespace euphone {

/// Takes audio as it comes in. Both calls come on a real-time thread: they must not allocate, lock,
/// log, wait or throw.
class AudioSink {
 public:
  virtual ~AudioSink() = default;

  /// The next samples: mono, at the input's rate.
  virtual void OnAudio(PcmView samples) noexcept = 0;

  /// The device lost samples before the next ones; it does not say how many.
  virtual void OnOverrun() noexcept = 0;

  /// How many samples can be taken now without losing any. A file or a pipe waits for room; a
  /// microphone cannot.
  virtual std::size_t Room() const noexcept { return std::numeric_limits<std::size_t>::max(); }
};

enum class InputState {
  kIdle,     ///< Not started, or stopped.
  kRunning,  ///< Calls its sink.
  kEnded,    ///< There is no more: the end of a file or a pipe.
  kLost,     ///< The device went away.
};

/// A microphone, or what stands for one.
/// Thread: Start() and Stop() from one thread at a time; state() from any.
class AudioInput {
 public:
  virtual ~AudioInput() = default;

  virtual SampleRate rate() const = 0;

  /// Begins to call `sink`, which must live until Stop() has returned. Fails: kNotFound (no such
  /// device), kIo (the device refuses), kInvalidArgument (it runs already).
  virtual Status Start(AudioSink& sink) = 0;

  /// The sink is not called again once this has returned. Harmless where nothing runs.
  virtual void Stop() = 0;

  virtual InputState state() const = 0;
};

}  // namespace euphone
