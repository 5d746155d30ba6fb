#include "evaluate/trials.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <sstream>
#include <string>
#include <vector>

#include "base/random.h"

namespace euphone {
namespace {

// Enough to draw from, few enough to be alike in length.
constexpr std::size_t kCandidates = 20;

std::size_t WordsIn(const std::string& text) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\t' || c == '\n';
    words += !space && !inside ? 1 : 0;
    inside = !space;
  }
  return words;
}

std::vector<std::string> SortedWords(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words(std::istream_iterator<std::string>(stream), {});
  std::sort(words.begin(), words.end());
  return words;
}

/// Who reads "Lilly has a big toe" has read most of "Lilly has a big leg": texts that share more
/// than half of their words (those of the shorter one) are not another's.
bool IsAnother(const std::string& a, const std::string& b) {
  const std::vector<std::string> words = SortedWords(a), others = SortedWords(b);
  std::vector<std::string> shared;
  std::set_intersection(words.begin(), words.end(), others.begin(), others.end(),
                        std::back_inserter(shared));
  return 2 * shared.size() <= std::min(words.size(), others.size());
}

std::size_t Distance(std::size_t a, std::size_t b) { return a > b ? a - b : b - a; }

/// Indices of recordings by the length of their texts.
struct ByLength {
  std::vector<std::size_t> lengths;  ///< Of each recording.
  std::vector<std::size_t> order;    ///< Shortest first.
  std::vector<std::size_t> place;    ///< Of each recording in `order`.
};

ByLength Sorted(std::span<const RatedRecording> recordings) {
  ByLength sorted;
  for (const RatedRecording& recording : recordings)
    sorted.lengths.push_back(WordsIn(recording.text));
  sorted.order.resize(recordings.size());
  std::iota(sorted.order.begin(), sorted.order.end(), std::size_t{0});
  std::stable_sort(sorted.order.begin(), sorted.order.end(), [&](std::size_t a, std::size_t b) {
    return sorted.lengths[a] < sorted.lengths[b];
  });
  sorted.place.resize(recordings.size());
  for (std::size_t i = 0; i < sorted.order.size(); ++i) sorted.place[sorted.order[i]] = i;
  return sorted;
}

/// The recordings nearest in length whose text is another.
std::vector<std::size_t> Candidates(std::span<const RatedRecording> recordings,
                                    const ByLength& sorted, std::size_t index) {
  std::vector<std::size_t> found;
  std::size_t below = sorted.place[index], above = below + 1;
  while (found.size() < kCandidates && (below > 0 || above < sorted.order.size())) {
    const auto distance = [&](std::size_t place) {
      return Distance(sorted.lengths[sorted.order[place]], sorted.lengths[index]);
    };
    const bool down =
        above == sorted.order.size() || (below > 0 && distance(below - 1) <= distance(above));
    const std::size_t candidate = sorted.order[down ? --below : above++];
    if (IsAnother(recordings[candidate].text, recordings[index].text)) found.push_back(candidate);
  }
  return found;
}

}  // namespace

std::vector<std::optional<std::size_t>> OtherTexts(std::span<const RatedRecording> recordings,
                                                   std::uint64_t seed) {
  const ByLength sorted = Sorted(recordings);
  std::vector<std::optional<std::size_t>> others(recordings.size());
  for (std::size_t i = 0; i < recordings.size(); ++i) {
    const std::vector<std::size_t> candidates = Candidates(recordings, sorted, i);
    if (candidates.empty()) continue;
    Random random(SeedFor(seed, recordings[i].utt));
    others[i] = candidates[random.Below(candidates.size())];
  }
  return others;
}

std::vector<std::size_t> DrawSample(std::size_t size, std::size_t count, std::uint64_t seed) {
  std::vector<std::size_t> all(size);
  std::iota(all.begin(), all.end(), std::size_t{0});
  count = std::min(count, size);
  Random random(seed);
  for (std::size_t i = 0; i < count; ++i) std::swap(all[i], all[i + random.Below(size - i)]);
  all.resize(count);
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace euphone
