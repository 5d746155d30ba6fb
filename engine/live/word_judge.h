#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "align/align_config.h"
#include "align/alignment.h"
#include "base/result.h"
#include "live/heard_window.h"
#include "live/live_text.h"
#include "score/analysis.h"
#include "score/calibration.h"
#include "score/scorer.h"

namespace euphone {

/// A word as it stands in the middle of a sentence.
struct JudgedWord {
  std::size_t word = 0;  ///< In the text.
  SampleSpan span;       ///< In the stream.
  double accuracy = 0.0;
  bool provisional = true;
  Band band = Band::kNotSure;
  WordError error = WordError::kNone;
  std::vector<PhoneScore> phones;  ///< Without a diagnosis: that waits for the whole sentence.
};

/// Judges the words of a sentence that has not ended yet. Thread: any; stateless.
class WordJudge {
 public:
  WordJudge(std::shared_ptr<const Scorer> scorer, Calibration calibration, AlignConfig align,
            FrameGrid grid)
      : scorer_(std::move(scorer)),
        calibration_(std::move(calibration)),
        align_(align),
        grid_(grid) {}

  /// `visits`: what was said of the sentence so far, in time order, words and frames as in the
  /// whole text and stream. Words in text order; of a word said more than once the last counts.
  /// Fails: as Scorer::Judge.
  Result<std::vector<JudgedWord>> Judge(const LiveSentence& sentence,
                                        std::span<const Reading> visits,
                                        const HeardWindow& heard) const;

 private:
  JudgedWord Describe(const LiveSentence& sentence, const Reading& step,
                      const Judgement::Word& judged, std::size_t first_frame,
                      const Posteriors& posteriors) const;

  std::shared_ptr<const Scorer> scorer_;
  Calibration calibration_;
  AlignConfig align_;
  FrameGrid grid_;
};

}  // namespace euphone
