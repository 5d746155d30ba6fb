#pragma once

#include <string>
#include <string_view>

#include "audio/audio_reader.h"
#include "base/result.h"
#include "score/analysis.h"
#include "server/context.h"

namespace euphone::server {

/// A recording that was sent to be judged.
struct SentRecording {
  std::string_view audio = {};         ///< In any format that ReadRecording() knows.
  std::string text = {};               ///< Empty: free speech.
  std::string lesson = {}, item = {};  ///< Where the text came from, if it is a lesson's.
  /// Takes every word as read, as AnalyzerConfig::every_word.
  bool every_word = false;
  std::string learner = {};  ///< Whom the advice is for, as HeardTake::learner.
};

struct JudgedRecording {
  Recording recording;
  Analysis analysis;
};

/// A recording in the bytes that a client sent, no longer than this server takes. Fails: as
/// ReadRecording(). Thread: any.
Result<Recording> ReadSent(const Context& context, std::string_view bytes);

/// Reads it, waits for a turn and judges it, and counts it. Fails: as
/// ReadRecording() and Analyzer::Analyze(); kInvalidArgument for free speech without a recogniser.
/// Thread: any.
Result<JudgedRecording> JudgeRecording(Context& context, const SentRecording& sent);

/// Bytes that a recording may have: 100 s of 24-bit stereo at 48 kHz.
inline constexpr std::size_t kMostRecordingBytes = std::size_t{32} << 20;

}  // namespace euphone::server
