#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/units.h"

namespace euphone {

/// What a recording was before it became 16 kHz mono float.
struct SourceFormat {
  std::string container;  ///< "wav", "flac", "ogg", "mp3", "aiff", "raw"
  std::string encoding;   ///< "pcm16", "opus", …
  SampleRate rate{0};
  int channels = 0;
  double seconds = 0.0;
  bool truncated = false;  ///< It stops before its own length says, or part of it is not decoded.
  double dc_offset = 0.0;  ///< The mean that was taken off the samples; 0 where none was.
};

enum class FindingKind {
  kEmpty,
  kTooShort,
  kSilent,
  kTooQuiet,
  kClipped,
  kNoisy,
  kBandLimited,
  kDcOffset,
  kTruncated,
  kNotSpeech,
  kDropouts,
  kMicrophoneChanged
};

enum class Severity {
  kNote,     ///< Worth knowing; the score stands.
  kWarning,  ///< The score may suffer.
  kSevere,   ///< No fair score is possible: it is withheld.
};

/// One thing that is wrong with a recording: name, figure, advice.
struct Finding {
  FindingKind kind;
  Severity severity;
  double value;         ///< The measured figure, in `unit`.
  std::string unit;     ///< "dB", "dBFS", "Hz", "%", "s"
  std::string message;  ///< What is wrong, for a learner.
  std::string advice;   ///< What to do about it.
};

/// What a microphone check shows. Levels in dB relative to full scale; −inf never appears, −120 is
/// the floor.
struct QualityReport {
  double seconds = 0.0;
  double peak_dbfs = -120.0;
  double speech_dbfs = -120.0;  ///< RMS of the speech frames.
  double noise_dbfs = -120.0;   ///< RMS of the quietest frames.
  double snr_db = 0.0;
  double clipped_percent = 0.0;   ///< Share of samples stuck at the extremes.
  double dropout_percent = 0.0;   ///< Of the time with speech, what was lost between samples.
  double dc_offset = 0.0;         ///< Mean of all samples, −1…1.
  double bandwidth_hz = 0.0;      ///< Highest frequency with speech energy.
  double speech_seconds = 0.0;    ///< Frames that look like speech.
  std::vector<Finding> findings;  ///< Gravest first.

  bool withheld() const {
    for (const Finding& finding : findings) {
      if (finding.severity == Severity::kSevere) return true;
    }
    return false;
  }
};

}  // namespace euphone
