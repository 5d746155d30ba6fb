#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/result.h"
#include "model/acoustic_model.h"
#include "model/scoring_model.h"
#include "score/scorer.h"

namespace euphone {

/// A word of a sentence that was read, and where it stands among those that were.
struct ReadWord {
  const WordEvidence* evidence = nullptr;
  std::size_t index = 0;        ///< Among the words of the sentence.
  std::size_t first_phone = 0;  ///< Among the phones that were read.
};

/// The words that were not left out. Refers to `sentence`.
std::vector<ReadWord> WordsRead(const SentenceEvidence& sentence);

/// Words that fit into one run of a scoring model, parts of about the same length. Fails: kTooLarge
/// for a word that alone has more than `max_phones`.
Result<std::vector<std::span<const ReadWord>>> CutIntoParts(std::span<const ReadWord> words,
                                                            std::size_t max_phones);

/// What a scoring model sees of a part: its frames with some context on each side, spans and words
/// counted within it. `prosody`: [phones read, terms], of the whole sentence.
ScoringInput InputOf(std::span<const ReadWord> part, const Posteriors& posteriors,
                     const Matrix& prosody);

/// The answers to all parts as if to one run; scores of the sentence are weighted by the parts'
/// phones. REQUIRES: at least one part. Fails: kInternal if they differ in members.
Result<ScoringOutput> Joined(std::vector<ScoringOutput> parts);

}  // namespace euphone
