#include "command/text_guard.h"

#include <algorithm>
#include <numeric>

namespace euphone {
namespace {

/// One phone further in a text: fewest edits with which the first i phones of a pattern end here
/// (Sellers 1980; they may begin anywhere).
void StepEdits(const std::vector<int>& pattern, int phone, std::vector<std::size_t>& edits) {
  std::size_t diagonal = edits[0];
  for (std::size_t i = 1; i <= pattern.size(); ++i) {
    const std::size_t replaced = diagonal + (pattern[i - 1] == phone ? 0 : 1);
    diagonal = edits[i];
    edits[i] = std::min({replaced, edits[i] + 1, edits[i - 1] + 1});
  }
}

/// For each word, the fewest edits with which `pattern` ends in it, in any of its pronunciations.
std::vector<std::size_t> FewestEdits(std::span<const AlignWord> words,
                                     const std::vector<int>& pattern) {
  std::vector<std::size_t> fewest;
  std::vector<std::size_t> before(pattern.size() + 1);
  std::iota(before.begin(), before.end(), std::size_t{0});
  for (const AlignWord& word : words) {
    std::size_t here = pattern.size();
    std::vector<std::size_t> after(before.size(), pattern.size() + 1);
    for (const std::vector<int>& variant : word.variants) {
      std::vector<std::size_t> edits = before;
      for (const int phone : variant) {
        StepEdits(pattern, phone, edits);
        here = std::min(here, edits.back());
      }
      std::ranges::transform(after, edits, after.begin(),
                             [](std::size_t a, std::size_t b) { return std::min(a, b); });
    }
    fewest.push_back(here);
    before = std::move(after);
  }
  return fewest;
}

}  // namespace

TextGuard::TextGuard(std::span<const AlignWord> words, std::span<const Phrase> phrases)
    : places_(phrases.size()) {
  for (std::size_t p = 0; p < phrases.size(); ++p) {
    std::vector<bool> similar(words.size(), false);
    for (const std::vector<int>& pattern : phrases[p].variants) {
      const std::vector<std::size_t> edits = FewestEdits(words, pattern);
      for (std::size_t w = 0; w < words.size(); ++w) {
        if (edits[w] == 0) places_[p].exact = true;
        if (edits[w] <= pattern.size() / 4) similar[w] = true;
      }
    }
    for (std::size_t w = 0; w < words.size(); ++w) {
      if (similar[w]) places_[p].similar.push_back(w);
    }
  }
}

bool TextGuard::Has(std::size_t phrase, std::size_t first, std::size_t last) const {
  const Places& places = places_[phrase];
  if (places.exact) return true;
  const auto next = std::ranges::lower_bound(places.similar, first);
  return next != places.similar.end() && *next < last;
}

}  // namespace euphone
