#include "text/sentence_ending.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "text/word_lists.h"

namespace euphone {
namespace {

constexpr auto kAuxiliaries = std::to_array<std::string_view>(
    {"am",      "are",   "aren't",  "can",       "can't", "could",  "couldn't", "did",
     "didn't",  "do",    "does",    "doesn't",   "don't", "had",    "hadn't",   "has",
     "hasn't",  "have",  "haven't", "is",        "isn't", "may",    "might",    "must",
     "mustn't", "shall", "should",  "shouldn't", "was",   "wasn't", "were",     "weren't",
     "will",    "won't", "would",   "wouldn't"});
static_assert(std::ranges::is_sorted(kAuxiliaries));

constexpr auto kQuestionWords = std::to_array<std::string_view>(
    {"how", "what", "when", "where", "which", "who", "whom", "whose", "why"});
static_assert(std::ranges::is_sorted(kQuestionWords));

constexpr auto kPronouns = std::to_array<std::string_view>(
    {"he", "i", "it", "she", "that", "there", "these", "they", "this", "those", "we", "you"});
static_assert(std::ranges::is_sorted(kPronouns));

/// What may stand before the word that tells.
constexpr auto kOpeners = std::to_array<std::string_view>(
    {"and", "but", "hey", "no", "now", "oh", "or", "so", "then", "well", "yes"});
static_assert(std::ranges::is_sorted(kOpeners));

/// "what's", "who'll": the part before the apostrophe asks.
bool IsQuestionWord(std::string_view word) {
  return In(kQuestionWords, word.substr(0, word.find('\'')));
}

bool ContainsAny(std::string_view text, std::string_view characters) {
  return text.find_first_of(characters) != text.npos;
}

}  // namespace

SentenceEnding EndingOf(const Script& script, const SentenceSpan& sentence) {
  const std::span<const SpokenWord> words =
      std::span(script.words).subspan(sentence.first_word, sentence.word_count);
  const std::size_t from = words.back().span.end;
  const std::string_view closing =
      std::string_view(script.original)
          .substr(from, sentence.span.end - std::min(from, sentence.span.end));
  const bool asks = ContainsAny(closing, "?");
  const bool closed = asks || ContainsAny(closing, ".!") || closing.find("…") != closing.npos;
  if (closed && !asks) return SentenceEnding::kStatement;

  std::size_t first = 0;
  while (first + 1 < words.size() && In(kOpeners, words[first].text)) ++first;
  const bool wh = IsQuestionWord(words[first].text) ||
                  (first + 1 < words.size() && IsQuestionWord(words[first + 1].text));
  const bool inverted = In(kAuxiliaries, words[first].text);
  if (!asks) {
    const bool turned =
        inverted && first + 1 < words.size() && In(kPronouns, words[first + 1].text);
    return turned || IsQuestionWord(words[first].text) ? SentenceEnding::kOpen
                                                       : SentenceEnding::kStatement;
  }
  if (inverted) {
    const bool choice = std::ranges::find(words, "or", &SpokenWord::text) != words.end();
    return choice ? SentenceEnding::kOpen : SentenceEnding::kYesNoQuestion;
  }
  return wh ? SentenceEnding::kWhQuestion : SentenceEnding::kOpen;
}

}  // namespace euphone
