#pragma once

#include <string_view>
#include <vector>

#include "lexicon/phone_set.h"
#include "report/phrases.h"
#include "report/styled_text.h"
#include "score/analysis.h"

namespace euphone {

/// What a word of the text looks like; the grave ones last, so that the larger one wins.
enum class WordSign { kNone, kClear, kSlight, kUnsure, kHard, kWrong, kLeftOut, kExtra };

struct Sign {
  Style style = Style::kPlain;
  std::string_view mark;     ///< Empty: none.
  std::string_view meaning;  ///< For the legend.
};
Sign Look(WordSign sign, const Phrases& phrases);

/// The text as written, its words coloured and marked; what was said beyond the text stands where
/// it was said. `signs` receives the kinds that occur, gravest last, for the legend.
/// On a recording that was not scored: the plain text.
StyledText MarkedText(const Analysis& analysis, const PhoneSet& phones, const Phrases& phrases,
                      std::vector<WordSign>& signs);

}  // namespace euphone
