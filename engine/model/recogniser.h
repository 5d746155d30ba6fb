#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/result.h"
#include "base/units.h"

namespace euphone {

/// What a recogniser expects and how it writes; from its bundle.
struct RecogniserSpec {
  std::string name;     ///< Bundle name, e.g. "en-us-recogniser".
  std::string version;  ///< Bundle version.
  SampleRate rate{16000};
  std::int64_t min_samples = 0;  ///< In a shorter clip nothing is recognised.
  std::int64_t max_samples = 0;  ///< Most samples of one run; longer clips are cut.
  double tokens_per_second = 0;  ///< Most tokens of one run, per second of audio.
};

/// What was recognised.
struct Transcript {
  std::string text;  ///< UTF-8 on one line, with capitals and punctuation; empty: no words.
  /// Mean natural logarithm of the probability of a token of the text, given those before it; 0
  /// where there are none. A measure of how sure the recogniser is, not of how well was spoken.
  double log_probability = 0.0;
};

/// Writes down what was said, in ordinary spelling.
/// Thread: Transcribe() may be called from several threads at once. Deterministic: same samples,
/// same transcript.
class Recogniser {
 public:
  virtual ~Recogniser() = default;
  virtual const RecogniserSpec& spec() const = 0;

  /// `pcm`: mono at spec().rate, finite, in [-1, 1], of any length. Fails: kInternal.
  virtual Result<Transcript> Transcribe(PcmView pcm) const = 0;
};

}  // namespace euphone
