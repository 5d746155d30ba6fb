#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/result.h"
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
};

/// Scores 0–100, in step with the evidence.
struct Judgement {
  struct Word {
    std::vector<double> phones;
    double accuracy = 0.0;  ///< 0 for a word that was left out.
  };
  std::vector<Word> words;
  double accuracy = 0.0;
  std::optional<double> fluency;
  std::optional<double> prosody;  ///< Absent where the scorer cannot judge it.
};

/// Judges how well a sentence was said.
/// Thread: Judge() may be called from several threads at once. Deterministic.
class Scorer {
 public:
  virtual ~Scorer() = default;

  /// `posteriors` are those of the whole recording, into which the spans point. Fails: kInternal.
  virtual Result<Judgement> Judge(const SentenceEvidence& sentence,
                                  const Posteriors& posteriors) const = 0;
};

}  // namespace euphone
