#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "coach/knowledge.h"
#include "retrieve/question.h"

namespace euphone {

/// What speaks for a passage as an answer to a question.
struct Relevance {
  double text = 0.0;     ///< Likeness of the passage and the question, −1 to 1.
  double asked = 0.0;    ///< Of the nearest question that it is known to answer, or of its text.
  double article = 0.0;  ///< Mean over its article of 0.7 · asked + 0.3 · text.
  double words = 0.0;  ///< (kWordsRank + 1) / (kWordsRank + its place by BM25, from 1); 0: beyond.
  /// What the question says of sounds and languages points to it, 0–1: as what to do, as what
  /// explains that, as one of those where it cannot be told which, as of a sound that is named, as
  /// of one that its words hold, as of a language.
  double tips = 0.0, explains = 0.0, either = 0.0, sound = 0.0, held = 0.0, language = 0.0;
  double sentence = 0.0;  ///< 1: a sentence of a lesson, with its note.
};

/// BM25 counts by place, as in reciprocal rank fusion (Cormack, Clarke and Büttcher 2009).
inline constexpr double kWordsRank = 20.0;

/// How much speaks for it: a weighted sum. `python -m euphone_train.embed weigh` chose the weights
/// on the questions called `tune` in docs/eval.
double Weigh(const Relevance& relevance);

/// How a reading of the question points to a passage.
struct Pointer {
  enum class Way { kTips, kExplains, kEither, kSound, kHeld, kLanguage };
  std::string passage;
  Way way = Way::kTips;
  double share = 1.0;  ///< Less than 1 for what is less sure.
};

/// All of a question; a passage may be there several times.
std::vector<Pointer> PointersOf(const QuestionReading& reading, const Knowledge& knowledge,
                                const PhoneSet& phones, std::string_view question);

/// Adds a pointer to what speaks for its passage.
void Count(const Pointer& pointer, Relevance& relevance);

}  // namespace euphone
