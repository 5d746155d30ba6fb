#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "coach/article.h"
#include "lexicon/phone_set.h"

namespace euphone {

/// All topics that the coach knows. Immutable.
class Knowledge {
 public:
  /// An article as it lies in a file.
  struct Source {
    std::string name;  ///< Told in errors.
    std::string markdown;
  };

  /// `references`: what the articles cite, a line "- `key` …" each. Fails: as ParseArticle;
  /// kCorrupt for an id that is there twice.
  static Result<Knowledge> Parse(const std::vector<Source>& sources, const PhoneSet& phones,
                                 std::string_view references = {});

  const std::vector<Article>& articles() const { return articles_; }
  /// Null where there is none.
  const Article* Find(std::string_view id) const;
  const Article* OfSound(PhoneId phone) const;
  const Article* OfContrast(PhoneId one, PhoneId other) const;
  /// What an article's source is, in Markdown; empty where that was not said.
  std::string_view Reference(std::string_view key) const;

 private:
  std::vector<Article> articles_;
  std::map<std::string, std::size_t, std::less<>> by_id_;
  std::map<std::string, std::string, std::less<>> references_;
  std::map<std::pair<PhoneId, PhoneId>, std::size_t> by_phones_;  ///< A sound is twice itself.
};

/// The heading of a contrast's tips for who should have said `expected` and said `heard`.
std::string SaidAs(const PhoneSet& phones, PhoneId expected, PhoneId heard);

}  // namespace euphone
