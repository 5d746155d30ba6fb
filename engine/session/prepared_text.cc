#include "session/prepared_text.h"

#include <cstddef>
#include <utility>

namespace euphone {

std::vector<AlignWord> PreparedText::Words(bool required) const {
  std::vector<AlignWord> words(pronunciations.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    words[i].required = required;
    for (const Pronunciation& pronunciation : pronunciations[i]) {
      std::vector<int>& ids = words[i].variants.emplace_back();
      for (const Phone& phone : pronunciation.phones) ids.push_back(phone.id);
    }
  }
  for (const SentenceSpan& sentence : script.sentences)
    words[sentence.first_word].sentence_start = true;
  return words;
}

Result<PreparedText> PrepareText(const Lexicon& lexicon, std::string_view text,
                                 const TextOptions& options) {
  auto script = NormalizeText(text, options);
  if (!script) return script.error();
  PreparedText prepared{*std::move(script), {}};
  prepared.pronunciations.reserve(prepared.script.words.size());
  for (const SpokenWord& word : prepared.script.words) {
    auto variants = lexicon.Lookup(word);
    if (!variants) return variants.error();
    prepared.pronunciations.push_back(WithoutStressTwins(*std::move(variants)));
  }
  return prepared;
}

}  // namespace euphone
