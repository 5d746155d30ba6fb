#include "align/readings.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace euphone {
namespace {

/// Marks all kRead visits that are not on the longest chain of growing words as kRepeated. Of
/// equally long chains it keeps the latest: visits are taken from the back, and `heads[k]` is the
/// visit with the largest word that begins a chain of k + 1 visits (patience sorting).
void KeepLongestChain(std::vector<Reading>& visits) {
  constexpr std::size_t kEnd = SIZE_MAX;
  std::vector<std::size_t> heads;
  std::vector<std::size_t> next(visits.size(), kEnd);
  for (std::size_t v = visits.size(); v-- > 0;) {
    if (visits[v].kind != ReadingKind::kRead) continue;
    const std::size_t word = visits[v].word;
    const auto place = std::partition_point(
        heads.begin(), heads.end(), [&](std::size_t head) { return visits[head].word > word; });
    if (place != heads.begin()) next[v] = *(place - 1);
    if (place == heads.end())
      heads.push_back(v);
    else if (visits[*place].word < word)
      *place = v;
  }
  std::size_t kept = heads.empty() ? kEnd : heads.back();
  for (std::size_t v = 0; v < visits.size(); ++v) {
    if (v == kept)
      kept = next[v];
    else if (visits[v].kind == ReadingKind::kRead)
      visits[v].kind = ReadingKind::kRepeated;
  }
}

}  // namespace

std::vector<Reading> ResolveVisits(std::vector<Reading> visits, std::size_t word_count,
                                   std::size_t inserted_phones) {
  KeepLongestChain(visits);
  std::vector<std::size_t> next_read(visits.size() + 1, word_count);
  for (std::size_t v = visits.size(); v-- > 0;)
    next_read[v] = visits[v].kind == ReadingKind::kRead ? visits[v].word : next_read[v + 1];

  std::vector<Reading> readings;
  std::size_t word = 0;  // The first one without a reading.
  const auto omit_until = [&](std::size_t end) {
    const std::size_t now = readings.empty() ? 0 : readings.back().end;
    for (; word < end; ++word) readings.push_back({ReadingKind::kOmitted, word, 0, now, now, {}});
  };
  for (std::size_t v = 0; v < visits.size(); ++v) {
    Reading& visit = visits[v];
    if (visit.kind == ReadingKind::kInserted) {
      if (visit.phones.size() < inserted_phones) continue;
      omit_until(std::min(visit.word, next_read[v]));
    } else if (visit.kind == ReadingKind::kRead) {
      omit_until(visit.word);
      ++word;
    }
    readings.push_back(std::move(visit));
  }
  omit_until(word_count);
  return readings;
}

}  // namespace euphone
