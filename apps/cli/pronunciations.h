#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/result.h"
#include "lexicon/lexicon.h"

namespace euphone::cli {

/// How one spoken word is said, what is usual first.
struct WordPronunciations {
  std::string word;
  std::vector<Pronunciation> variants;
};

/// Of every word of a text, as far as it could be looked up; `fail` is told of each word that
/// could not. Fails: as NormalizeText.
Result<std::vector<WordPronunciations>> LookUp(const Lexicon& lexicon, const std::string& text,
                                               const std::function<void(const Error&)>& fail);

/// "S IH1 NG K".
std::string Arpabet(const Pronunciation& pronunciation, const PhoneSet& phones);

/// {"word", "pronunciations": [{"arpabet", "ipa", "syllables", "origin"}]}
nlohmann::ordered_json PronunciationsJson(const WordPronunciations& word, const LanguagePack& pack);

/// A line for each way to say it.
std::string PronunciationsTable(const WordPronunciations& word, const LanguagePack& pack);

}  // namespace euphone::cli
