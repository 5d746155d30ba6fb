#pragma once

#include <functional>
#include <optional>
#include <string>

#include "audio/quality.h"
#include "base/result.h"
#include "base/units.h"
#include "devices/audio_input.h"

namespace euphone::cli {

enum class RecordingEnd {
  kAsked,        ///< After so many seconds, or after the speech.
  kInterrupted,  ///< Ctrl-C.
  kFull,         ///< The longest recording there can be.
  kLost,         ///< The microphone went away.
  kUnwritable,   ///< A full disk, a closed pipe.
};

struct RecordLimits {
  std::optional<double> seconds;  ///< Absent: until Ctrl-C.
  bool until_silence = false;     ///< Ends 1.5 s after somebody has spoken.
};

/// Nobody means to record for longer, and a WAV file cannot be much longer at 48 kHz.
inline constexpr double kLongestRecording = 4.0 * 3600.0;

struct Recorded {
  RecordingEnd end = RecordingEnd::kAsked;
  double seconds = 0.0;
  double missing_seconds = 0.0;  ///< That this program was too slow to take.
  std::size_t overruns = 0;      ///< Times that the device lost samples.
  std::string complaint;         ///< Why it could not be written; empty where it could.
  QualityReport quality;         ///< Of the first five minutes.
};

/// Takes a piece of a recording; where it fails, the recording ends.
using TakePiece = std::function<Status(PcmView samples)>;

/// Takes what comes from `input`, shows how loud it is, and hands it on. Fails: as
/// AudioInput::Start(); then nothing was handed on.
Result<Recorded> Record(AudioInput& input, const TakePiece& take, const RecordLimits& limits);

}  // namespace euphone::cli
