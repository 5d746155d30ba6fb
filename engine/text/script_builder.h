#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "text/script.h"

namespace euphone {

/// Collects a Script and keeps its promises: spans in order, words well formed, every word in a
/// sentence.
class ScriptBuilder {
 public:
  /// Words longer than this are left out with a note: no lexicon or speaker knows one.
  static constexpr std::size_t kLongestWord = 64;

  explicit ScriptBuilder(std::string_view original) { script_.original = original; }

  /// REQUIRES: `word.text` of [a-z'] with a letter, or two such joined by '-'; `word.span` not
  /// before the last word's.
  void AddWord(SpokenWord word);
  /// The text in `span` belongs to the sentence that is being read.
  void Cover(TextSpan span);
  void Pause();        ///< After the last word of the sentence being read, if there is one.
  void EndSentence();  ///< Nothing happens in a sentence without a word.
  /// "'Привет' is not in the Latin alphabet and was left out"; the original text is quoted.
  void NoteLeftOut(TextSpan span, std::string_view why);
  void Note(TextSpan span, std::string message);

  std::string_view original() const { return script_.original; }
  /// A word was left out because it is longer than kLongestWord.
  bool left_out_long_word() const { return left_out_long_word_; }
  Script Finish() &&;

 private:
  bool sentence_has_words() const { return script_.words.size() > first_word_; }

  Script script_;
  std::size_t first_word_ = 0;  ///< Of the sentence being read.
  bool left_out_long_word_ = false;
  TextSpan covered_;  ///< By the sentence being read; empty if nothing yet.
};

}  // namespace euphone
