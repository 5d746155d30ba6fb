#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "devices/audio_input.h"
#include "live_plan.h"

namespace euphone::cli {

/// What is listened to: a microphone, recordings (one for each item; the last serves the items that
/// follow too), or a pipe on standard input.
/// Thread: one at a time.
class LiveInputs {
 public:
  /// Recordings are read as a whole; a microphone is taken only while somebody listens. Waits for a
  /// pipe's first bytes, until Ctrl-C. Fails: as ReadRecording, OpenMicrophone, PipeInput::Open.
  static Result<LiveInputs> Open(const LiveOptions& options);

  /// Lives as long as this; a recording begins anew each time it is started.
  AudioInput& For(std::size_t item) { return *inputs_[std::min(item, inputs_.size() - 1)]; }

  bool microphone() const { return microphone_; }

 private:
  std::vector<std::unique_ptr<AudioInput>> inputs_;
  bool microphone_ = false;
};

}  // namespace euphone::cli
