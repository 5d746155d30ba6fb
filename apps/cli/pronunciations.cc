#include "pronunciations.h"

#include <fmt/format.h>

#include <utility>

#include "exit_code.h"
#include "lexicon/ipa.h"
#include "text/text_normalizer.h"

namespace euphone::cli {
namespace {

const char* NameOf(Origin origin) {
  switch (origin) {
    case Origin::kLexicon:
      return "dictionary";
    case Origin::kUser:
      return "your lexicon";
    case Origin::kInline:
      return "inline";
    case Origin::kWeakForm:
      return "weak form";
    case Origin::kSpelled:
      return "spelled";
    case Origin::kG2p:
      return "guessed";
  }
  return "";
}

}  // namespace

std::string Arpabet(const Pronunciation& pronunciation, const PhoneSet& phones) {
  std::string text;
  for (const Phone& phone : pronunciation.phones)
    text += (text.empty() ? "" : " ") + phones.Arpabet(phone);
  return text;
}

Result<std::vector<WordPronunciations>> LookUp(const Lexicon& lexicon, const std::string& text,
                                               const std::function<void(const Error&)>& fail) {
  auto script = NormalizeText(text, {});
  if (!script) return Prefixed(Shortened(text), script.error());
  std::vector<WordPronunciations> words;
  for (const SpokenWord& word : script->words) {
    auto variants = lexicon.Lookup(word);
    if (variants)
      words.push_back({word.text, *std::move(variants)});
    else
      fail(Prefixed(Shortened(word.text), variants.error()));
  }
  return words;
}

nlohmann::ordered_json PronunciationsJson(const WordPronunciations& word,
                                          const LanguagePack& pack) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Pronunciation& variant : word.variants) {
    list.push_back({{"arpabet", Arpabet(variant, pack.phones)},
                    {"ipa", Ipa(variant.phones, pack.phones, pack.syllabifier)},
                    {"syllables", pack.syllabifier.Syllabify(variant.phones).size()},
                    {"origin", NameOf(variant.origin)}});
  }
  return {{"word", word.word}, {"pronunciations", list}};
}

std::string PronunciationsTable(const WordPronunciations& word, const LanguagePack& pack) {
  std::string table;
  for (const Pronunciation& variant : word.variants) {
    table +=
        fmt::format("{:<18} {:<30} /{}/  ({})\n", word.word, Arpabet(variant, pack.phones),
                    Ipa(variant.phones, pack.phones, pack.syllabifier), NameOf(variant.origin));
  }
  return table;
}

}  // namespace euphone::cli
