#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/matrix.h"
#include "base/result.h"

namespace euphone {

/// What a scoring model expects and gives; read from its bundle, never written in code.
struct ScoringSpec {
  std::string name;                          ///< Of the bundle: "en-us-standard 1.0.0".
  std::size_t feature_width = 0;             ///< F, columns of ScoringInput::features.
  std::size_t classes = 0;                   ///< C, columns of the posteriors.
  std::vector<std::string> word_scores;      ///< K of accuracy, stress, total.
  std::vector<std::string> sentence_scores;  ///< S of accuracy, fluency, prosodic, total.
  std::vector<std::string> prosody_terms;    ///< P names of what `prosody` holds; may be empty.
  std::size_t max_phones = 0;                ///< Most phones of one run.
  bool hears = false;                        ///< Gives ScoringOutput::heard.
};

/// A stretch of speech as it was aligned with its text: T frames, N phones, W words; none of them
/// 0.
struct ScoringInput {
  Matrix features;                   ///< [T, F], what the acoustic model says of each frame.
  Matrix ctc;                        ///< [T, C], natural logs, column 0 the blank.
  Matrix frames;                     ///< [T, C], natural logs, column 0 silence.
  std::vector<std::int64_t> spans;   ///< [N, 2]: frames [begin, end) of each phone, within T.
  std::vector<std::int64_t> phones;  ///< [N]: phone ids from 0; a phone's column is its id + 1.
  std::vector<std::int64_t> words;   ///< [N]: word of each phone, from 0, rising without a gap.
  Matrix prosody;                    ///< [N, P]; no columns if the model asks for none.
};

/// One answer for each of the M members of an ensemble, M >= 1; `heard` is theirs together. The
/// scales are those of the human ratings that the model learned.
struct ScoringOutput {
  Matrix phones;    ///< [M, N], 0–2.
  Matrix words;     ///< [M, W * K], 0–10: score k of word w stands in column w * K + k.
  Matrix sentence;  ///< [M, S], 0–10.
  /// [N, C], natural logs: what was said where each phone was expected, column 0 nothing. Empty if
  /// the model does not tell.
  Matrix heard;
};

/// Judges aligned speech as human raters would.
/// Thread: Run() may be called from several threads at once.
class ScoringModel {
 public:
  virtual ~ScoringModel() = default;
  virtual const ScoringSpec& spec() const = 0;

  /// Every table of the answer has the stated shape and finite values; scores may lie a little
  /// outside their scale. REQUIRES: the stated shapes; at most max_phones phones. Fails: kInternal.
  virtual Result<ScoringOutput> Run(const ScoringInput& input) const = 0;
};

}  // namespace euphone
