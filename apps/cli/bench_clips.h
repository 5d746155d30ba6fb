#pragma once

#include <string>
#include <vector>

#include "audio/audio_reader.h"
#include "base/result.h"
#include "installation.h"

namespace euphone::cli {

/// Speech of a known length with what is said in it.
struct BenchClip {
  double seconds = 0.0;
  std::vector<float> samples;  ///< At kRecordingRate.
  std::string text;
};

/// What is timed: somebody's recording, or a text that our own voice says.
struct BenchSpeech {
  std::vector<float> samples;  ///< At kRecordingRate.
  std::string text;
  std::string name;  ///< "take.wav", or that it is our own voice.
};

/// Empty `recording`: a text of our own, by the reference voice. Fails: as reading the recording,
/// as the voice.
Result<BenchSpeech> ReadBenchSpeech(const std::string& recording, const std::string& text,
                                    const Engine& engine);

/// `speech` again and again, cut to each of these lengths; its text ends with the last word that
/// is whole, as `engine` finds the words. A length in which no word is whole is left out. Fails:
/// kInvalidArgument where the speech is not scored; as Analyze.
Result<std::vector<BenchClip>> CutBenchClips(const BenchSpeech& speech, const Engine& engine,
                                             const std::vector<double>& seconds);

/// As a microphone's file: WAV, 16 bits, 48 kHz. Fails: kInternal.
Result<std::string> BenchFile(const BenchClip& clip);
inline constexpr int kBenchFileRate = 48000;

}  // namespace euphone::cli
