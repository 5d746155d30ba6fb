#pragma once

#include "text/script.h"

namespace euphone {

/// What kind of ending a sentence has, by its punctuation and its opening words; that decides which
/// way the voice should go.
enum class SentenceEnding {
  kStatement,      ///< No question mark; commands and exclamations, too.
  kYesNoQuestion,  ///< "Do you …?", "Isn't it …?"
  kWhQuestion,     ///< "What …?", "In which …?"
  kOpen,           ///< Cannot be told: "You do?", "Tea or coffee?", a question without its mark.
};

/// REQUIRES: `sentence` is one of script.sentences.
SentenceEnding EndingOf(const Script& script, const SentenceSpan& sentence);

}  // namespace euphone
