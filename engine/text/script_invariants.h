#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "text/text_normalizer.h"

namespace euphone {

/// What script.h and text_normalizer.h promise of every text; for tests and the fuzzer.
/// Returns the first broken promise, or nothing.
inline std::string BrokenPromise(const Script& script) {
  const auto is_boundary = [&](std::size_t at) {
    return at == script.original.size() ||
           (static_cast<unsigned char>(script.original[at]) & 0xC0U) != 0x80U;
  };
  const auto is_sound = [&](TextSpan span) {
    return span.begin < span.end && span.end <= script.original.size() && is_boundary(span.begin) &&
           is_boundary(span.end);
  };
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_word = [&](std::string_view text) {
    const std::size_t hyphen = text.find('-');
    const bool hyphened = hyphen != std::string_view::npos;
    const bool inner = hyphened && hyphen > 0 && is_letter(text[hyphen - 1]) &&
                       hyphen + 1 < text.size() && is_letter(text[hyphen + 1]);
    const auto fits = [&](char c) { return is_letter(c) || c == '\'' || c == '-'; };
    return std::ranges::any_of(text, is_letter) && std::ranges::all_of(text, fits) &&
           (!hyphened || (inner && text.rfind('-') == hyphen));
  };

  std::string joined;
  bool has_inline = false;
  TextSpan last;
  for (const SpokenWord& word : script.words) {
    if (!is_sound(word.span)) return "the span of '" + word.text + "' is not in the text";
    if (word.span != last && word.span.begin < last.end) return "spans overlap at " + word.text;
    last = word.span;
    if (!is_word(word.text)) return "'" + word.text + "' is not a word";
    has_inline = has_inline || !word.inline_pronunciation.empty();
    joined += word.text + ' ';
  }

  std::size_t next_word = 0;
  std::size_t end = 0;
  for (const SentenceSpan& sentence : script.sentences) {
    if (!is_sound(sentence.span) || sentence.span.begin < end) return "a sentence's span is wrong";
    if (sentence.first_word != next_word || sentence.word_count == 0) return "sentences have a gap";
    next_word += sentence.word_count;
    end = sentence.span.end;
    const SpokenWord& first = script.words[sentence.first_word];
    const SpokenWord& final = script.words[next_word - 1];
    if (first.span.begin < sentence.span.begin || final.span.end > end) {
      return "a sentence does not hold its words";
    }
  }
  if (next_word != script.words.size()) return "a word is in no sentence";
  for (const TextNote& note : script.notes) {
    if (!is_sound(note.span) || note.message.empty()) return "a note is wrong";
  }

  if (has_inline) return {};  // a pronunciation may be given to a word that is read otherwise
  const Result<Script> again = NormalizeText(joined, {.max_bytes = joined.size()});
  if (!again) return "the words cannot be read again: " + again.error().message;
  const bool same =
      std::ranges::equal(again->words, script.words, {}, &SpokenWord::text, &SpokenWord::text);
  return same ? "" : "reading '" + joined + "' again gives other words";
}

}  // namespace euphone
