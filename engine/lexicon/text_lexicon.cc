#include "lexicon/text_lexicon.h"

#include <cstddef>
#include <utility>

#include "base/file.h"
#include "lexicon/dictionary_text.h"
#include "lexicon/word_key.h"

namespace euphone {
namespace {

constexpr std::size_t kMaxFileBytes = std::size_t{16} << 20;

}  // namespace

Result<TextLexicon> TextLexicon::Parse(std::string_view text, const PhoneSet& phones,
                                       Origin origin) {
  auto entries = ParseDictionary(text, phones);
  if (!entries) return entries.error();
  TextLexicon lexicon;
  for (DictionaryEntry& entry : *entries) {
    if (!IsWord(entry.word)) {
      return Error{Errc::kInvalidArgument, "line " + std::to_string(entry.line) +
                                               ": the word must be Latin letters, with ' . or - "
                                               "between them"};
    }
    lexicon.words_[entry.word].push_back({std::move(entry.phones), origin});
  }
  return lexicon;
}

Result<TextLexicon> TextLexicon::Open(const std::filesystem::path& path, const PhoneSet& phones,
                                      Origin origin) {
  const auto text = ReadFile(path, kMaxFileBytes);
  if (!text) return text.error();
  auto lexicon = Parse(*text, phones, origin);
  if (!lexicon) return Prefixed(path.string(), lexicon.error());
  return lexicon;
}

std::span<const Pronunciation> TextLexicon::Find(std::string_view key) const {
  const auto found = words_.find(key);
  if (found == words_.end()) return {};
  return found->second;
}

}  // namespace euphone
