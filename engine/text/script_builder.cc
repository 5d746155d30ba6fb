#include "text/script_builder.h"

#include <algorithm>

namespace euphone {
namespace {

constexpr std::size_t kLongestQuote = 40;  // bytes of the text repeated in a note

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

}  // namespace

void ScriptBuilder::AddWord(SpokenWord word) {
  if (word.text.size() > kLongestWord) {
    NoteLeftOut(word.span, "is too long to be a word");
    left_out_long_word_ = true;
    return;
  }
  if (!script_.words.empty()) {
    // Two tokens cut from one original character overlap; the second keeps what is its own.
    const TextSpan last = script_.words.back().span;
    if (word.span != last && word.span.begin < last.end) {
      word.span = word.span.end > last.end ? TextSpan{last.end, word.span.end} : last;
    }
  }
  Cover(word.span);
  script_.words.push_back(std::move(word));
}

void ScriptBuilder::Cover(TextSpan span) {
  if (covered_.end == covered_.begin) {
    const std::size_t free = script_.sentences.empty() ? 0 : script_.sentences.back().span.end;
    covered_ = {std::max(span.begin, free), std::max(span.end, free)};
  } else {
    covered_.end = std::max(covered_.end, span.end);
  }
}

void ScriptBuilder::Pause() {
  if (sentence_has_words()) script_.words.back().pause_expected_after = true;
}

void ScriptBuilder::EndSentence() {
  if (sentence_has_words()) {
    script_.sentences.push_back({covered_, first_word_, script_.words.size() - first_word_});
    first_word_ = script_.words.size();
  }
  covered_ = {};
}

void ScriptBuilder::NoteLeftOut(TextSpan span, std::string_view why) {
  std::size_t end = std::min(span.end, span.begin + kLongestQuote);
  while (end < span.end && IsContinuation(script_.original[end])) --end;
  std::string message = "'" + script_.original.substr(span.begin, end - span.begin);
  message += end < span.end ? "…' " : "' ";
  message += why;
  Note(span, message + " and was left out");
}

void ScriptBuilder::Note(TextSpan span, std::string message) {
  script_.notes.push_back({span, std::move(message)});
}

Script ScriptBuilder::Finish() && {
  EndSentence();
  return std::move(script_);
}

}  // namespace euphone
