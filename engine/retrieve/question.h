#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coach/knowledge.h"
#include "lexicon/lexicon.h"

namespace euphone {

/// Two sounds that a question is about, or one and nothing.
struct AskedPair {
  std::optional<PhoneId> wanted;  ///< Absent: a sound is added.
  std::optional<PhoneId> heard;   ///< Absent: a sound is left out. Not both are absent.
  bool directed = false;          ///< Else nobody can tell which of the two is wanted.
  /// Where a sound is added: the one that it follows.
  std::optional<PhoneId> after = std::nullopt;
  friend bool operator==(const AskedPair&, const AskedPair&) = default;
};

/// A sound that words of a question hold: it may be what is asked about.
struct HeldSound {
  PhoneId phone = 0;
  double share = 0.0;  ///< How likely, 0–1.
};

/// What a question speaks of that its words alone do not say: "sink for think" is about S and TH.
struct QuestionReading {
  std::vector<AskedPair> pairs = {};  ///< Those of which most words speak first.
  std::vector<PhoneId> sounds = {};   ///< Named by a letter, a sign of the IPA or a vowel's word.
  std::vector<HeldSound> held = {};   ///< By quoted words, where no pairs are found.
  std::vector<std::string> languages = {};  ///< Articles: "language/ja".
};

/// Reads an English question: words that sound alike but for one sound ("my ship sounds like
/// sheep", also words that are none, "vindow"), letters and signs of the IPA that stand for a sound
/// ("the th sound", "/θ/"), languages and countries. Pure but for the lexicon's model, which
/// guesses how words sound that nobody lists. Never fails: what it cannot read is not there.
QuestionReading ReadQuestion(std::string_view question, const Lexicon& lexicon,
                             const Knowledge& knowledge);

}  // namespace euphone
