#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "lexicon/pronunciation.h"
#include "model/acoustic_model.h"
#include "score/evidence.h"
#include "score/tempo.h"

namespace euphone {

/// A word of the text as it was read. All three lists run in step; empty for a word that was left
/// out.
struct WordEvidence {
  std::vector<Phone> phones;
  std::vector<PhoneSpan> spans;
  std::vector<Evidence> evidence;
};

/// A sentence (or the whole text) as it was read.
struct SentenceEvidence {
  std::vector<WordEvidence> words;
  Tempo tempo;
  PcmView pcm = {};     ///< The whole recording, for what posteriors do not show: its melody.
  FrameGrid grid = {};  ///< Where the frames of all spans lie in it.
};

/// Scores 0–100, in step with the evidence; what a scorer cannot judge is absent, its lists empty.
/// A `spread` is how far the members of an ensemble are apart: their sample standard deviation in
/// points of the same scale, 0 for a single member.
struct Judgement {
  struct Word {
    std::vector<double> phones;
    std::vector<double> phone_spreads;  ///< In step with `phones`.
    std::vector<Heard> heard;           ///< In step with `phones`; replaces MeasureHeard.
    double accuracy = 0.0;              ///< 0 for a word that was left out.
    std::optional<double> stress;       ///< How well the stress was placed.
    std::optional<double> total;
    std::optional<double> spread;  ///< Of `accuracy`.
  };
  std::vector<Word> words;
  double accuracy = 0.0;
  std::optional<double> fluency;
  std::optional<double> prosody;
  std::optional<double> total;
  std::optional<double> spread;  ///< Of `total`, or of `accuracy` where there is none.
};

/// Judges how well a sentence was said.
/// Thread: Judge() may be called from several threads at once. Deterministic.
class Scorer {
 public:
  virtual ~Scorer() = default;

  /// `posteriors` are those of the whole recording, into which the spans point. Fails: kInternal;
  /// kTooLarge for a word of more phones than the scorer takes.
  virtual Result<Judgement> Judge(const SentenceEvidence& sentence,
                                  const Posteriors& posteriors) const = 0;
};

}  // namespace euphone
