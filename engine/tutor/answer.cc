#include "tutor/answer.h"

#include <algorithm>
#include <string_view>

namespace euphone {
namespace {

/// From here on a passage is about what was asked; chosen on the questions called `tune` in
/// docs/eval, and on questions about the weather.
constexpr double kAlike = 0.4;
/// Tips and paragraphs of one part.
constexpr std::size_t kMostTips = 4, kMostParagraphs = 2;

std::vector<std::string> LinesOf(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

AnswerPart Quoted(const Passage& passage) {
  AnswerPart part{passage.id, passage.title, passage.heading, LinesOf(passage.text)};
  const std::size_t most = passage.heading.empty() ? kMostParagraphs : kMostTips;
  if (part.lines.size() > most) part.lines.resize(most);
  return part;
}

std::string_view ArticleOf(std::string_view passage) {
  return passage.substr(0, passage.find('#'));
}

/// Whether a hit says anything of the question. Without an embedder all that has its words does.
bool Fits(const Relevance& relevance) {
  const bool pointed = relevance.tips + relevance.explains + relevance.either + relevance.sound +
                           relevance.language >
                       0.0;
  const bool measured = relevance.text != 0.0;
  return pointed || (measured ? relevance.asked >= kAlike : relevance.words > 0.0);
}

}  // namespace

Answer Extract(const SearchResult& result, std::size_t most) {
  Answer answer;
  if (most == 0 || result.hits.empty() || !Fits(result.hits.front().relevance)) return answer;
  const Passage& best = result.hits.front().passage;
  answer.parts.push_back(Quoted(best));
  // What explains the tips, or the tips to what is explained, says more than the next best does.
  const auto goes_with = [&](const SearchHit& hit) {
    return ArticleOf(hit.passage.id) == ArticleOf(best.id) &&
           hit.passage.heading.empty() != best.heading.empty();
  };
  std::vector<const SearchHit*> rest;
  for (std::size_t i = 1; i < result.hits.size(); ++i) rest.push_back(&result.hits[i]);
  std::ranges::stable_partition(rest, [&](const SearchHit* hit) { return goes_with(*hit); });
  for (const SearchHit* hit : rest) {
    if (answer.parts.size() == most) break;
    if (Fits(hit->relevance)) answer.parts.push_back(Quoted(hit->passage));
  }
  return answer;
}

}  // namespace euphone
