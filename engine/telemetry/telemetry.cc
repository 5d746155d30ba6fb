#include "telemetry/telemetry.h"

#include <algorithm>

namespace euphone {

void TakeCounts::Merge(const TakeCounts& other) {
  takes += other.takes;
  not_scored += other.not_scored;
  xruns += other.xruns;
  audio_seconds += other.audio_seconds;
}

void TakeTimes::Merge(const TakeTimes& other) {
  counts.Merge(other.counts);
  latency.Merge(other.latency);
  speed.Merge(other.speed);
}

void ScoreCounts::Merge(const ScoreCounts& other) {
  takes += other.takes;
  phones.Merge(other.phones);
  words.Merge(other.words);
  sentences.Merge(other.sentences);
}

void MergeScores(std::vector<ScoreCounts>& all, const ScoreCounts& more) {
  const auto found = std::ranges::find_if(all, [&](const ScoreCounts& one) {
    return one.bundle == more.bundle && one.version == more.version;
  });
  if (found != all.end())
    found->Merge(more);
  else
    all.push_back(more);
}

}  // namespace euphone
