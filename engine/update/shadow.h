#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace euphone {

/// One real utterance that two bundles judged: the one in use, whose answer the learner saw, and
/// the candidate. Nothing of what was said is in it.
struct ShadowRun {
  double old_score = 0, new_score = 0;  ///< Of the utterance, 0 to 100.
  double word_difference = 0;           ///< Mean over words of |new − old|, 0 to 100.
  double old_ms = 0, new_ms = 0;        ///< Of the processor, for judging.
  double old_mb = 0, new_mb = 0;        ///< Peak resident memory while judging.
  std::string failure;                  ///< Of the candidate: it crashed, hung, gave no score.
};

/// When a candidate is good enough. These are limits of harm, not of progress: that it scores
/// better was measured before it was signed, and its card says so.
struct ShadowRules {
  int utterances = 10;
  double most_mean_shift = 10;       ///< Points by which scores may move on the mean, either way.
  double most_word_difference = 20;  ///< Points, on the mean.
  double most_slowdown = 1.5;        ///< Of the median time.
  double most_memory = 1.5;          ///< Of the median peak.
};

enum class ShadowVerdict { kMore, kGood, kBad };
struct ShadowJudgement {
  ShadowVerdict verdict = ShadowVerdict::kMore;
  std::string reason;  ///< For kBad; one line.
};

/// One failure is bad at once; all else waits for enough utterances. Pure.
ShadowJudgement JudgeShadow(const std::vector<ShadowRun>& runs, const ShadowRules& rules);

/// Adds a run to a file of lines; a line that a loss of power cut short is passed over later.
/// Fails: kIo.
Status AppendShadowRun(const std::filesystem::path& file, const ShadowRun& run);
/// None where there is no file. Fails: kIo.
Result<std::vector<ShadowRun>> ReadShadowRuns(const std::filesystem::path& file);

}  // namespace euphone
