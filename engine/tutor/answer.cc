#include "tutor/answer.h"

#include <algorithm>

namespace euphone {
namespace {

/// Scores from here on are of passages that have to do with what was asked: the best of every
/// question called `tune` in docs/eval is above, that of 26 of 30 questions on the weather, food
/// and the like below.
constexpr double kFits = 11.8;
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
bool Fits(const SearchHit& hit) {
  const Relevance& by = hit.relevance;
  if (by.text != 0.0) return hit.score >= kFits;
  return by.words + by.tips + by.explains + by.either + by.sound + by.held + by.language > 0.0;
}

}  // namespace

std::string TitleOf(const AnswerPart& part) {
  return part.heading.empty() ? part.title : part.title + ": " + part.heading;
}

Answer Extract(const SearchResult& result, std::size_t most) {
  Answer answer;
  if (most == 0 || result.hits.empty() || !Fits(result.hits.front())) return answer;
  const Passage& best = result.hits.front().passage;
  answer.parts.push_back(Quoted(best));
  // What explains the tips, or the tips to what is explained, says more than the next best does.
  const auto goes_with = [&](const SearchHit& hit) {
    return ArticleOf(hit.passage.id) == ArticleOf(best.id) &&
           hit.passage.heading.empty() != best.heading.empty();
  };
  std::vector<const SearchHit*> rest;
  for (std::size_t i = 1; i < result.hits.size(); ++i) rest.push_back(&result.hits[i]);
  std::stable_partition(rest.begin(), rest.end(),
                        [&](const SearchHit* hit) { return goes_with(*hit); });
  for (const SearchHit* hit : rest) {
    if (answer.parts.size() == most) break;
    if (goes_with(*hit) || Fits(*hit)) answer.parts.push_back(Quoted(hit->passage));
  }
  return answer;
}

}  // namespace euphone
