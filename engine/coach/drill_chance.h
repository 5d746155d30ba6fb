#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "lexicon/pronunciation.h"

namespace euphone {

/// What is known of how a learner says one sound. Without any of it: somebody unknown.
struct SoundSkill {
  /// Times that it was scored lately: the last kRecentTimes, whole days; and their mean score,
  /// 0–100. What was right lately makes the next drill harder, what was wrong makes it easier.
  double times = 0.0, mean = 0.0;
  double recall = 1.0;  ///< How likely a review goes well today (practice/memory.h), 0–1.
  struct Said {
    double times = 0.0, mean = 0.0;
  };
  std::map<std::string, Said, std::less<>> words = {};  ///< Words that were read, likewise.
};

inline constexpr double kRecentTimes = 20.0;

/// Where in a word a sound stands. A consonant that has another one beside it in its syllable is in
/// a cluster, wherever that is.
enum class SoundPlace { kInitial, kMedial, kFinal, kCluster };

/// What a sound is read in: from what helps to what does not.
enum class DrillKind {
  kWord,      ///< A word by itself.
  kPair,      ///< Two words that differ in this sound.
  kSentence,  ///< Running text.
};

/// How likely the sound is right in running text today, 0–1, where a score of 100 is right and one
/// of 0 is not:
///   p = recall · q + (1 − recall) · min(q, ½),  q = (times · mean/100 + 4 · 0.7) / (times + 4)
/// q is the mean score, drawn to 0.7 as if that had been seen four times, so that one bad reading
/// says little; what is forgotten falls back to an even chance.
double SkillOf(const SoundSkill& skill);

/// The chance in one item, after Rasch (1960): logit = logit(p) + what the item makes easier.
///   word +0.6, pair +0.2, sentence 0
///   consonant: initial +0.3, medial +0.1, final −0.3, cluster −0.5; vowel 0
///   +0.15 for each syllable that the word has less than two, −0.15 for each that it has more
/// That ends and clusters are hardest is Eckman's (1977) markedness and found throughout since
/// (Hansen 2004); that isolated words come before running text is how teachers go (Celce-Murcia and
/// others 2010). How much each counts was set by us, not fitted.
double ChanceIn(double skill, DrillKind kind, bool vowel, SoundPlace place, std::size_t syllables);

/// That of a word that was read before: its own mean counts as often as it was read, the chance as
/// four times.
double ChanceOfWord(double chance, const SoundSkill::Said& said);

}  // namespace euphone
