#pragma once

#include <vector>

#include "align/alignment.h"
#include "base/units.h"
#include "lexicon/pronunciation.h"
#include "model/acoustic_model.h"
#include "score/scorer.h"
#include "text/script.h"

namespace euphone {

/// All that is known once a recording has been aligned. Refers to its parts; they must outlive it.
struct AlignedReading {
  const Script& script;
  const std::vector<std::vector<Pronunciation>>&
      pronunciations;  ///< Of each script word; the alignment's variants.
  const Alignment& alignment;
  const Posteriors& posteriors;
  const FrameGrid& grid;
  PcmView pcm;

  /// The same recording and text, aligned in another way.
  AlignedReading With(const Alignment& other) const;
};

/// What each script word was read as; nothing for those left out.
std::vector<WordEvidence> EvidenceOf(const AlignedReading& reading);

/// Words [first, first + count) of `evidence`, without their tempo.
SentenceEvidence SentenceOf(const AlignedReading& reading,
                            const std::vector<WordEvidence>& evidence, std::size_t first,
                            std::size_t count);

}  // namespace euphone
