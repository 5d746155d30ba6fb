#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace euphone {

/// Bytes [begin, end) of the original UTF-8 text; both are character boundaries.
struct TextSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
  friend bool operator==(const TextSpan&, const TextSpan&) = default;
};

/// One word as it is to be spoken. A written token may give several ("1998" → nineteen, ninety,
/// eight); they then share its span.
struct SpokenWord {
  /// A lexicon key: lower case a-z, apostrophes ("don't") and, where the parts are no words of that
  /// sound, a hyphen between letters ("co-op").
  std::string text;
  TextSpan span;                     ///< The written token in the original.
  std::string inline_pronunciation;  ///< "P R AH0 N" from "{word|p r ah0 n}", else empty.
  /// Say the letters one by one, whatever the lexicon has for the text ("US" is not "us"). An
  /// ending "'s" is not spelled: "tv's" is T, V and the plural or possessive ending.
  bool spell_out = false;
  bool pause_expected_after =
      false;  ///< Punctuation here asks for a pause (, ; : – . ! ? brackets).
};

/// A sentence: words [first_word, first_word + word_count), at least one. Its span runs from its
/// opening quote or first word to its closing punctuation.
struct SentenceSpan {
  TextSpan span;
  std::size_t first_word = 0;
  std::size_t word_count = 0;
};

/// Something in the text that was not read as written, for the user's eyes.
struct TextNote {
  TextSpan span;
  std::string message;  ///< "emoji left out", "'№' is not a word and was left out"
};

/// A text, ready to be looked up in a lexicon and aligned. Word spans are in order; two words'
/// spans are equal or do not overlap. Every word is in exactly one sentence.
struct Script {
  std::string original;  ///< Valid UTF-8.
  std::vector<SpokenWord> words;
  std::vector<SentenceSpan> sentences;
  std::vector<TextNote> notes;
};

}  // namespace euphone
