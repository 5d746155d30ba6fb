#include "retrieve/question_words.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace euphone {
namespace {

// Sorted. What learners' questions are made of besides what they are about.
constexpr auto kCommon = std::to_array<std::string_view>(
    {"a",      "about",   "all",       "always",     "am",
     "an",     "and",     "any",       "are",        "as",
     "at",     "be",      "been",      "but",        "by",
     "can",    "can't",   "comes",     "correctly",  "could",
     "did",    "do",      "does",      "doesn't",    "don't",
     "each",   "english", "every",     "for",        "from",
     "get",    "give",    "had",       "has",        "have",
     "he",     "hear",    "hears",     "her",        "his",
     "how",    "i",       "i'm",       "if",         "in",
     "into",   "is",      "isn't",     "it",         "it's",
     "its",    "just",    "know",      "like",       "make",
     "makes",  "me",      "mean",      "more",       "my",
     "need",   "no",      "not",       "of",         "on",
     "one",    "only",    "or",        "our",        "out",
     "people", "please",  "pronounce", "pronounced", "pronunciation",
     "really", "right",   "said",      "same",       "say",
     "saying", "says",    "she",       "should",     "so",
     "some",   "sound",   "sounds",    "speak",      "speaker",
     "tell",   "than",    "that",      "the",        "their",
     "them",   "then",    "there",     "these",      "they",
     "this",   "those",   "to",        "too",        "try",
     "very",   "want",    "was",       "we",         "were",
     "what",   "when",    "where",     "which",      "who",
     "why",    "will",    "with",      "word",       "words",
     "would",  "you",     "your"});
static_assert(std::ranges::is_sorted(kCommon));

bool IsLetter(std::string_view text, std::size_t i) {
  const auto byte = static_cast<unsigned char>(text[i]);
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte >= 0x80;
}

/// A sign of Unicode's blocks Latin-1 (its first half, where no letters are) and General
/// Punctuation at the beginning of a text: dashes, dots, spaces. Its bytes; 0: none.
std::size_t SignAt(std::string_view text) {
  const auto byte = [text](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  if (byte(0) == 0xC2 && byte(1) != 0xAA && byte(1) != 0xB5 && byte(1) != 0xBA) return 2;
  return byte(0) == 0xE2 && (byte(1) == 0x80 || byte(1) == 0x81) ? 3 : 0;
}

/// Curly quotes and apostrophes as plain ones, other signs as spaces, so that a byte says what
/// stands where.
std::string WithPlainQuotes(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, char>, 6> kQuotes = {{{"\u2018", '\''},
                                                                         {"\u2019", '\''},
                                                                         {"\u201C", '"'},
                                                                         {"\u201D", '"'},
                                                                         {"\u201E", '"'},
                                                                         {"\u02BC", '\''}}};
  std::string plain;
  while (!text.empty()) {
    const auto* const quote = std::ranges::find_if(
        kQuotes, [&](const auto& each) { return text.starts_with(each.first); });
    if (quote != kQuotes.end()) {
      plain += quote->second;
      text.remove_prefix(quote->first.size());
    } else if (const std::size_t sign = SignAt(text); sign > 0) {
      plain += ' ';
      text.remove_prefix(std::min(sign, text.size()));
    } else {
      plain += text.front();
      text.remove_prefix(1);
    }
  }
  return plain;
}

bool Opens(char c) { return c == '\'' || c == '"' || c == '/' || c == '[' || c == '`'; }
bool Closes(char c) { return c == '\'' || c == '"' || c == '/' || c == ']' || c == '`'; }

char Small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::vector<QuestionWord> WordsOfQuestion(std::string_view question) {
  const std::string text = WithPlainQuotes(question);
  std::vector<QuestionWord> words;
  for (std::size_t begin = 0; begin < text.size();) {
    if (!IsLetter(text, begin)) {
      ++begin;
      continue;
    }
    std::size_t end = begin;
    const auto inside = [&] {
      if (end == text.size()) return false;
      const bool apostrophe = text[end] == '\'' && end + 1 < text.size() && IsLetter(text, end + 1);
      return IsLetter(text, end) || apostrophe;
    };
    while (inside()) ++end;
    QuestionWord word;
    const std::string_view written = std::string_view(text).substr(begin, end - begin);
    word.capital = std::ranges::all_of(written, [](char c) { return Small(c) != c || c == '\''; });
    std::ranges::transform(written, std::back_inserter(word.text), Small);
    word.joined = begin > 1 && text[begin - 1] == '-' && IsLetter(text, begin - 2);
    // A mark of stress or of the end of a sentence may stand inside the quotes.
    std::size_t after = end;
    while (after < text.size() && (text[after] == '.' || text[after] == ',')) ++after;
    word.quoted = begin > 0 && Opens(text[begin - 1]) && after < text.size() && Closes(text[after]);
    words.push_back(std::move(word));
    begin = end;
  }
  return words;
}

bool IsCommon(std::string_view word) { return std::ranges::binary_search(kCommon, word); }

std::vector<std::string> SearchTerms(std::string_view question) {
  std::vector<std::string> all, telling;
  for (const QuestionWord& word : WordsOfQuestion(question)) {
    if (std::ranges::count(all, word.text) > 0) continue;
    all.push_back(word.text);
    if (word.quoted || !IsCommon(word.text)) telling.push_back(word.text);
  }
  return telling.empty() ? all : telling;
}

}  // namespace euphone
