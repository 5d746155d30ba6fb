#include "command/phrase.h"

#include <algorithm>
#include <string>
#include <utility>

#include "text/text_normalizer.h"

namespace euphone {
namespace {

constexpr std::size_t kMostWords = 6, kMostVariants = 200;

}  // namespace

Phrase Joined(const Phrase& first, const Phrase& then) {
  Phrase joined;
  for (const std::vector<int>& begin : first.variants) {
    for (const std::vector<int>& end : then.variants) {
      std::vector<int> phones = begin;
      phones.insert(phones.end(), end.begin(), end.end());
      if (std::ranges::find(joined.variants, phones) == joined.variants.end())
        joined.variants.push_back(std::move(phones));
    }
  }
  return joined;
}

Result<Phrase> MakePhrase(const Lexicon& lexicon, std::string_view words) {
  const auto script = NormalizeText(words);
  if (!script) return script.error();
  const std::string shown(words);
  if (script->words.size() > kMostWords)
    return Error{Errc::kTooLarge, "'" + shown + "' is too long to be called out; use a few words"};
  Phrase phrase;
  phrase.variants.emplace_back();
  for (const SpokenWord& word : script->words) {
    const auto said = lexicon.Lookup(word);
    if (!said) return said.error();
    Phrase next;
    for (const Pronunciation& pronunciation : WithoutStressTwins(*said)) {
      std::vector<int>& phones = next.variants.emplace_back();
      for (const Phone& phone : pronunciation.phones) phones.push_back(phone.id);
    }
    if (phrase.variants.size() * next.variants.size() > kMostVariants)
      return Error{Errc::kTooLarge,
                   "'" + shown + "' can be said in too many ways; use fewer words"};
    phrase = Joined(phrase, next);
  }
  return phrase;
}

}  // namespace euphone
