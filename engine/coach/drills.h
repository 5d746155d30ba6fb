#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "coach/advice.h"
#include "coach/drill_chance.h"
#include "coach/vocabulary.h"

namespace euphone {

/// Something to read for a sound.
struct DrillItem {
  DrillKind kind = DrillKind::kWord;
  std::string text;                         ///< A word, the first one of a pair, or a sentence.
  std::string other = {};                   ///< kPair: the word with the other sound.
  SoundPlace place = SoundPlace::kInitial;  ///< Not for kSentence; the hardest, of several.
  std::string lesson = {}, item = {};       ///< kSentence: where it is from.
  std::size_t times = 1;                    ///< That the sound is in it.
  double chance = 0.0;                      ///< That it is right, 0–1; of a sentence the mean.
  bool chosen = false;                      ///< kPair: one of the knowledge base's own.
};

struct DrillOrder {
  PhoneId sound = 0;
  std::optional<PhoneId> against = std::nullopt;  ///< What it is mixed up with; none: no pairs.
  std::size_t count = 10;
  std::int64_t day = 0;  ///< Another day, another choice of items that are as good.
};

/// Everything that may be read for a sound, with its chance: words that hold it in each of their
/// pronunciations, minimal pairs, and sentences of at most kLongestDrill words that hold it twice
/// or more. Of vowels only stressed ones count, for the others are reduced. A word that may be said
/// in several ways ("read") makes no pair, but one of the knowledge base's own with a word that
/// may not.
inline constexpr std::size_t kLongestDrill = 14;
std::vector<DrillItem> DrillItemsFor(const Vocabulary& vocabulary, const PhoneSet& phones,
                                     const Knowledge& knowledge, const SoundSkill& skill,
                                     const DrillOrder& order);

/// What share should go right: about as much as good teachers have their classes reach while they
/// practise (Rosenshine 2012: 80 %), near what is best for learning machines (Wilson and others
/// 2019: 85 %), and far enough from both ends to tell something (Guadagnoli and Lee 2004).
inline constexpr double kDrillTarget = 0.8;

struct Drill {
  DrillOrder order;
  double skill = 0.0;            ///< SkillOf().
  std::optional<Advice> tip;     ///< How the sound is made, another one each day.
  std::vector<DrillItem> items;  ///< Words, pairs, sentences; of each the likeliest first.
  double expected = 0.0;         ///< Mean of their chances; 0 where there are none.
};

/// As many as `order.count` of them, or all that there are. One after the other that item is taken
/// whose chance brings the mean nearest to kDrillTarget, with regard for
/// - kinds: about half words, three tenths pairs, two tenths sentences;
/// - places, for a sound is learnt in all of them (Logan, Lively and Pisoni 1991);
/// - the knowledge base's own pairs, common words, and sentences that are dense in the sound;
/// - the day. The same arguments give the same drill.
Drill MakeDrill(const Vocabulary& vocabulary, const PhoneSet& phones, const Knowledge& knowledge,
                const SoundSkill& skill, const DrillOrder& order);

/// What to set against a sound: what this learner says for it most often, else what is usual for
/// the first language, else what is usual for most; of several the one with the highest functional
/// load. Absent: no contrast has it.
std::optional<PhoneId> ContrastFor(const Knowledge& knowledge, const LearnerRecord& record,
                                   PhoneId sound);

/// For who has no sound that is due: one of the contrasts that cost a listener most, of those that
/// are usual for the first language where it is known; another one each day. Absent: there is none.
std::optional<std::pair<PhoneId, PhoneId>> ContrastOfDay(const Knowledge& knowledge,
                                                         const std::string& first_language,
                                                         std::int64_t day);

}  // namespace euphone
