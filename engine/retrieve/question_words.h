#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace euphone {

/// A word of a question, or a sign that stands for a sound.
struct QuestionWord {
  std::string text;      ///< In small letters, with plain apostrophes.
  bool quoted = false;   ///< Alone between quotes, slashes or brackets.
  bool capital = false;  ///< All in capitals.
  bool joined = false;   ///< A hyphen joins it to the word before.
};

/// In their order. Signs and figures are left out.
std::vector<QuestionWord> WordsOfQuestion(std::string_view question);

/// Whether a word says nothing of what is asked: "the", "how", "sound".
bool IsCommon(std::string_view word);

/// The words to look for: each once, without common ones unless there are no others.
std::vector<std::string> SearchTerms(std::string_view question);

}  // namespace euphone
