#pragma once

#include <string>
#include <vector>

#include "audio/quality.h"
#include "voice/voice_measures.h"

namespace euphone::cli {

/// What was found in one recording, and with which settings.
struct VoiceReport {
  std::string id;
  SourceFormat source;
  SampleRate rate{0};  ///< At which it was measured.
  VoiceOptions options;
  std::vector<VoiceMeasures> vowels;
  std::vector<std::string> warnings;  ///< A line each: why figures may be off.
};

/// The sentence that goes with every result.
inline constexpr const char* kNoDiagnosis =
    "These figures describe a recording. They are no diagnosis: whether a voice is healthy, a "
    "doctor or speech therapist finds out.";

/// For a terminal of `width` columns, 40 or more: a table for each vowel, with a word on what each
/// figure means.
std::string VoiceTable(const VoiceReport& report, bool colour, int width);

/// The document of docs/formats/voice.md on one line, with a line feed.
std::string VoiceJson(const VoiceReport& report);

}  // namespace euphone::cli
