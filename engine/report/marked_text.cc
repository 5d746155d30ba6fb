#include "report/marked_text.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "report/feedback_text.h"
#include "report/format.h"

namespace euphone {
namespace {

WordSign SignOf(const WordScore& word) {
  switch (word.error) {
    case WordError::kOmitted:
      return WordSign::kLeftOut;
    case WordError::kInserted:
    case WordError::kRepeated:
      return WordSign::kExtra;
    case WordError::kNone:
    case WordError::kMispronounced:
    case WordError::kUnexpectedPause:
    case WordError::kMissingPause:
      break;
  }
  switch (word.band) {
    case Band::kClear:
      return WordSign::kClear;
    case Band::kSlightlyAccented:
      return WordSign::kSlight;
    case Band::kHardToUnderstand:
      return WordSign::kHard;
    case Band::kNotAsWritten:
      return WordSign::kWrong;
    case Band::kNotSure:
      return WordSign::kUnsure;
  }
  return WordSign::kNone;
}

/// Signs of the text's bytes, and what was said beyond the text by the byte that it comes before.
struct Layout {
  std::vector<WordSign> signs;
  std::map<std::size_t, std::vector<std::string>> extras;
};

Layout LayOut(const Analysis& analysis, const PhoneSet& phones) {
  Layout layout{.signs = std::vector<WordSign>(analysis.script.original.size(), WordSign::kNone),
                .extras = {}};
  if (analysis.verdict != Verdict::kScored) return layout;
  std::vector<std::string> waiting;
  std::size_t reached = 0;
  for (std::size_t w = 0; w < analysis.words.size(); ++w) {
    const WordScore& word = analysis.words[w];
    const WordSign sign = SignOf(word);
    if (sign == WordSign::kExtra || !word.script_word) {
      waiting.push_back(ShownWord(analysis, phones, w));
      continue;
    }
    const TextSpan span = analysis.script.words[*word.script_word].span;
    for (std::size_t i = span.begin; i < span.end; ++i) {
      layout.signs[i] = std::max(layout.signs[i], sign);
    }
    for (std::string& extra : waiting) layout.extras[span.begin].push_back(std::move(extra));
    waiting.clear();
    reached = span.end;
  }
  for (std::string& extra : waiting) layout.extras[reached].push_back(std::move(extra));
  return layout;
}

}  // namespace

Sign Look(WordSign sign, const Phrases& phrases) {
  switch (sign) {
    case WordSign::kNone:
      return {};
    case WordSign::kClear:
      return {Style::kClear, "", phrases.clear};
    case WordSign::kSlight:
      return {Style::kSlight, "·", phrases.slightly_accented};
    case WordSign::kUnsure:
      return {Style::kUnsure, "?", phrases.unsure};
    case WordSign::kHard:
      return {Style::kHard, "~", phrases.hard_to_understand};
    case WordSign::kWrong:
      return {Style::kWrong, "═", phrases.not_as_written};
    case WordSign::kLeftOut:
      return {Style::kDim, "×", phrases.left_out};
    case WordSign::kExtra:
      return {Style::kUnsure, "+", phrases.extra_word};
  }
  return {};
}

StyledText MarkedText(const Analysis& analysis, const PhoneSet& phones, const Phrases& phrases,
                      std::vector<WordSign>& signs) {
  const std::string& original = analysis.script.original;
  const std::vector<bool> hidden = MarkupBytes(original);
  const Layout layout = LayOut(analysis, phones);
  const Sign extra_look = Look(WordSign::kExtra, phrases);
  std::set<WordSign> used;
  StyledText text;
  std::string run;
  WordSign run_sign = WordSign::kNone;
  const auto flush = [&] {
    const Sign look = Look(run_sign, phrases);
    text.Add(run, look.style, look.mark);
    run.clear();
  };
  for (std::size_t i = 0; i <= original.size(); ++i) {
    if (const auto extras = layout.extras.find(i); extras != layout.extras.end()) {
      flush();
      const bool after = i > 0 && original[i - 1] != ' ';
      for (const std::string& extra : extras->second) {
        if (after) text.Add(" ");
        text.Add(extra, extra_look.style, extra_look.mark);
        if (!after) text.Add(" ");
      }
      used.insert(WordSign::kExtra);
    }
    if (i == original.size()) break;
    if (layout.signs[i] != run_sign) {
      flush();
      run_sign = layout.signs[i];
      if (run_sign != WordSign::kNone) used.insert(run_sign);
    }
    if (!hidden[i]) run += original[i];
  }
  flush();
  signs.assign(used.begin(), used.end());
  return text;
}

}  // namespace euphone
