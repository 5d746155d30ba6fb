#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "lexicon/phone_set.h"
#include "score/analysis.h"

namespace euphone {

/// What to work on first.
enum class FocusKind {
  kReadAll,        ///< The text, or a good part of it, was left out.
  kSound,          ///< One sound was said as another, or not at all.
  kOmittedWord,    ///< A word was left out.
  kExtraWord,      ///< Something was said that the text does not have.
  kReadOnce,       ///< Most of the text was said more than once.
  kRepeatedWord,   ///< A word was said twice.
  kStress,         ///< Another syllable was stressed.
  kUnneededPause,  ///< A pause inside a phrase.
  kFall,           ///< The voice went up where it should have fallen.
  kRise,           ///< It fell where it should have gone up.
  kPolish,         ///< No mistake; this sound is the least clear one.
};

struct Focus {
  FocusKind kind = FocusKind::kSound;
  std::size_t word = 0;              ///< Index into Analysis::words.
  std::optional<std::size_t> phone;  ///< Index into its phones: kSound, kPolish.
  /// kStress, kUnneededPause, kFall, kRise.
  std::optional<ProsodyPlace> place = std::nullopt;
};

/// What went well; each is true of this recording.
enum class PraiseKind {
  kAllClear,   ///< Every word was clear.
  kHardSound,  ///< A sound that many learners find hard was clear.
  kClearWord,  ///< A word was clear.
  kComplete,   ///< Every word was read.
};

struct Praise {
  PraiseKind kind = PraiseKind::kComplete;
  std::size_t word = 0;              ///< kHardSound, kClearWord.
  std::optional<std::size_t> phone;  ///< kHardSound.
};

/// One true praise and one thing to do; absent where there is none, and both on a recording that
/// was not scored.
struct Feedback {
  std::optional<Praise> praise;
  std::optional<Focus> focus;
};

/// The gravest thing first: a text that was mostly not read, then the confusion of two sounds that
/// costs most (how wrong × how often × how many words the two tell apart, after Catford's
/// functional load), then words, stress, pauses and endings, then sounds of which nothing can be
/// claimed, then polish. Sounds of words that are "not sure" are never chosen.
Feedback ChooseFeedback(const Analysis& analysis, const PhoneSet& phones);

/// A sound that is to be worked on, as often as it was said as the same other one.
struct Confusion {
  PhoneId expected = 0;
  std::optional<PhoneId> heard;  ///< Absent: nothing, or nobody can tell what.
  bool dropped = false;          ///< Nothing was heard.
  bool evident = true;           ///< Not CannotTell().
  double cost = 0.0;             ///< How wrong × how often × functional load; ≥ 0.
  std::size_t word = 0;          ///< The worst of its places: index into Analysis::words,
  std::size_t phone = 0;         ///< and into its phones.
};

/// All of a recording, costliest first. Sounds that ToWorkOn() leaves out are not among them.
std::vector<Confusion> ConfusionsIn(const Analysis& analysis, const PhoneSet& phones);

/// What was heard instead of the phone: what its diagnosis claims, or, where the scorer has no rule
/// for claims, what was heard most. Empty: the expected one, or nobody can tell.
struct Substitute {
  std::optional<PhoneId> phone;
  bool dropped = false;  ///< No sound at all was heard here.
};
Substitute HeardInstead(const PhoneScore& phone);

/// Whether the phone may well be wrong, but nothing is claimed of it.
bool CannotTell(const PhoneScore& phone);

/// Whether a learner should be told to work on this phone of this word: its band is wrong and its
/// diagnosis does not contradict that, the word as a whole is not clear, and neither is 'not sure'
/// nor built on a guessed pronunciation.
bool ToWorkOn(const WordScore& word, const PhoneScore& phone);

/// Whether an unstressed syllable sounded like the word's strongest, where the word is known to
/// have a stressed one.
bool StressIsWrong(const WordScore& word);

}  // namespace euphone
