#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace euphone {

/// What of stress, phrasing or melody went wrong.
enum class PlaceKind {
  kStress,  ///< Another syllable of a word was the strongest.
  kPause,   ///< A silence between two words of a phrase.
  kLink,    ///< The same, where the first word's last sound could have passed over to the second.
  kFall,    ///< The voice went up from a phrase's last stressed word on, and should have fallen.
  kRise,    ///< It fell, and should have gone up.
};

/// Where it did, in or after a word of Analysis::words that whoever holds the place names.
struct ProsodyPlace {
  PlaceKind kind = PlaceKind::kStress;
  /// kPause, kLink: the word after the silence. Absent for kPause where that is none of the text's.
  std::optional<std::size_t> next_word = std::nullopt;
  /// kStress: which of the word's syllables should be the strongest; kFall, kRise: from which on
  /// the voice should move.
  std::optional<std::size_t> syllable = std::nullopt;
  std::optional<std::size_t> heard_syllable = std::nullopt;  ///< kStress: which one was.
};

/// One thing to do next time.
struct Advice {
  std::string tip;       ///< By which it is remembered, the same in each run; "sound/v:how-1".
  std::string text;      ///< English, one or two short sentences.
  std::string article;   ///< What explains it; empty: the table of phones.
  std::size_t word = 0;  ///< Index into Analysis::words.
  std::optional<std::size_t> phone = std::nullopt;   ///< Index into its phones.
  std::optional<ProsodyPlace> place = std::nullopt;  ///< Absent for sounds.
  /// Two words that differ in what is to be practised.
  std::optional<std::pair<std::string, std::string>> pair = std::nullopt;
};

}  // namespace euphone
