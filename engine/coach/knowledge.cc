#include "coach/knowledge.h"

#include <algorithm>

namespace euphone {
namespace {

std::pair<PhoneId, PhoneId> InOrder(PhoneId one, PhoneId other) {
  return {std::min(one, other), std::max(one, other)};
}

/// Lines "- `key` text" of a listing; whatever else stands there is for people.
std::map<std::string, std::string, std::less<>> ReferencesIn(std::string_view listing) {
  std::map<std::string, std::string, std::less<>> references;
  while (!listing.empty()) {
    const std::size_t end = std::min(listing.find('\n'), listing.size());
    std::string_view line = listing.substr(0, end);
    listing.remove_prefix(std::min(end + 1, listing.size()));
    if (!line.starts_with("- `")) continue;
    line.remove_prefix(3);
    const std::size_t tick = line.find("` ");
    if (tick != std::string_view::npos)
      references.emplace(line.substr(0, tick), line.substr(tick + 2));
  }
  return references;
}

}  // namespace

Result<Knowledge> Knowledge::Parse(const std::vector<Source>& sources, const PhoneSet& phones,
                                   std::string_view references) {
  Knowledge knowledge;
  knowledge.references_ = ReferencesIn(references);
  for (const Source& source : sources) {
    auto article = ParseArticle(source.markdown, source.name, phones);
    if (!article) return article.error();
    const std::size_t index = knowledge.articles_.size();
    if (!knowledge.by_id_.emplace(article->id, index).second)
      return Error{Errc::kCorrupt, source.name + ": '" + article->id + "' is there already"};
    if (article->topic == Topic::kSound || article->topic == Topic::kContrast)
      knowledge.by_phones_[InOrder(article->phones.front(), article->phones.back())] = index;
    knowledge.articles_.push_back(*std::move(article));
  }
  return knowledge;
}

const Article* Knowledge::Find(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &articles_[found->second];
}

const Article* Knowledge::OfSound(PhoneId phone) const { return OfContrast(phone, phone); }

const Article* Knowledge::OfContrast(PhoneId one, PhoneId other) const {
  const auto found = by_phones_.find(InOrder(one, other));
  return found == by_phones_.end() ? nullptr : &articles_[found->second];
}

std::string_view Knowledge::Reference(std::string_view key) const {
  const auto found = references_.find(key);
  return found == references_.end() ? std::string_view() : found->second;
}

std::string SaidAs(const PhoneSet& phones, PhoneId expected, PhoneId heard) {
  return "When " + phones.info(expected).arpabet + " is said as " + phones.info(heard).arpabet;
}

}  // namespace euphone
