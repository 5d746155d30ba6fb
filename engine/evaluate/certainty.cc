#include "evaluate/certainty.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

namespace euphone {
namespace {

/// Counts claims item by item.
class Counter {
 public:
  explicit Counter(ClaimEdges edges) : edges_(edges) {}

  void Add(std::string_view speaker, Certainty claim, double mark) {
    const bool is_right = mark >= edges_.right_from, is_wrong = mark < edges_.wrong_below;
    ++result_.items;
    result_.right.rated += is_right ? 1 : 0;
    result_.wrong.rated += is_wrong ? 1 : 0;
    if (claim == Certainty::kNotSure) return;
    const bool agrees = claim == Certainty::kRight ? is_right : is_wrong;
    ClaimCount& count = claim == Certainty::kRight ? result_.right : result_.wrong;
    ++count.claimed;
    count.agreed += agrees ? 1 : 0;
    ShareOf& share = speakers_[speaker];
    ++share.whole;
    share.part += agrees ? 1 : 0;
  }

  std::optional<CertaintyResult> Counted(std::size_t draws, std::uint64_t seed) const {
    if (result_.items == 0) return std::nullopt;
    std::vector<ShareOf> shares;
    for (const auto& [speaker, share] : speakers_) shares.push_back(share);
    CertaintyResult result = result_;
    result.agreement = MeasureShare(shares, draws, seed);
    return result;
  }

 private:
  ClaimEdges edges_;
  CertaintyResult result_;
  std::map<std::string_view, ShareOf> speakers_;
};

/// Calls `visit` with recording, rated word and predicted word for all that claim something or
/// could.
template <class Visit>
void ForEachWord(std::span<const RatedRecording> recordings, const Records& records, Visit visit) {
  for (const RatedRecording& recording : recordings) {
    const auto found = records.scored.find(recording.utt);
    if (found == records.scored.end()) continue;
    const std::vector<PredictedWord>& words = found->second.prediction.words;
    for (std::size_t w = 0; w < std::min(words.size(), recording.words.size()); ++w) {
      if (words[w].certainty) visit(recording, recording.words[w], words[w]);
    }
  }
}

}  // namespace

std::optional<CertaintyResult> PhoneCertainty(std::span<const RatedRecording> recordings,
                                              const Records& records, std::size_t draws,
                                              std::uint64_t seed) {
  Counter counter(kPhoneClaimEdges);
  ForEachWord(recordings, records, [&](const auto& recording, const auto& rated, const auto& word) {
    for (std::size_t p = 0; p < std::min(word.claims.size(), rated.phone_accuracy.size()); ++p)
      counter.Add(recording.speaker, word.claims[p], rated.phone_accuracy[p]);
  });
  return counter.Counted(draws, seed);
}

std::optional<CertaintyResult> WordCertainty(std::span<const RatedRecording> recordings,
                                             const Records& records, std::size_t draws,
                                             std::uint64_t seed) {
  Counter counter(kWordClaimEdges);
  ForEachWord(recordings, records, [&](const auto& recording, const auto& rated, const auto& word) {
    if (rated.accuracy) counter.Add(recording.speaker, *word.certainty, *rated.accuracy);
  });
  return counter.Counted(draws, seed);
}

}  // namespace euphone
