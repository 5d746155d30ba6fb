#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "lexicon/phone_set.h"

namespace euphone {

enum class Topic { kSound, kContrast, kLanguage, kProsody };

/// Functional load: how much a listener loses when two sounds are one (Catford 1987, Brown 1988).
enum class Load { kLow, kMedium, kHigh };

struct ArticleSection {
  std::string heading;
  std::vector<std::string> items;
  std::vector<std::string> asked = {};  ///< Questions that these answer; for the search alone.
};

/// One topic of the knowledge base, docs/formats/knowledge.md. Texts are Markdown without blocks.
struct Article {
  std::string id;  ///< "contrast/s-th".
  Topic topic = Topic::kSound;
  std::string title;
  std::vector<PhoneId> phones;         ///< kSound: one; kContrast: two.
  std::vector<std::string> languages;  ///< First languages for which it is usual, ISO 639.
  std::vector<std::string> names;      ///< kLanguage: how people speak of it and its countries.
  Load load = Load::kMedium;           ///< kContrast.
  std::vector<std::pair<std::string, std::string>> pairs;  ///< kContrast: minimal pairs.
  std::vector<std::string> words;                          ///< kSound.
  std::vector<std::string> sources;
  std::string text;                ///< The explanation; paragraphs are separated by an empty line.
  std::vector<std::string> asked;  ///< Questions that the explanation answers.
  std::vector<ArticleSection> sections;

  /// Items of the section with this heading; none where there is no such section.
  const std::vector<std::string>& items(std::string_view heading) const;
};

/// Reads an article; `name` is told in errors. Fails: kCorrupt, saying what is missing and where.
Result<Article> ParseArticle(std::string_view markdown, const std::string& name,
                             const PhoneSet& phones);

}  // namespace euphone
