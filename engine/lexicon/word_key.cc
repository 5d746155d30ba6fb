#include "lexicon/word_key.h"

#include <algorithm>
#include <utility>

#include "text/folded_text.h"

namespace euphone {
namespace {

bool IsLetter(char c) { return c >= 'a' && c <= 'z'; }

}  // namespace

std::string WordKey(std::string_view word) {
  auto folded = FoldText(word);
  return folded ? std::move(folded->lower) : std::string(word);
}

bool IsWord(std::string_view key) {
  const bool clean = std::all_of(key.begin(), key.end(), [](char c) {
    return IsLetter(c) || c == '\'' || c == '.' || c == '-';
  });
  return clean && std::any_of(key.begin(), key.end(), IsLetter) &&
         (IsLetter(key.front()) || key.front() == '\'');
}

}  // namespace euphone
