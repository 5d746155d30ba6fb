#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/learners.h"
#include "store/store.h"

namespace euphone {

/// How a learner gets on, from sums that the store keeps; all in one answer, for one page.
/// Days count from 1970 by the learner's clock.

/// A mean with what is known of its error.
struct Mean {
  std::int64_t count = 0;
  double value = 0.0;
  double error = 0.0;  ///< Standard error of the mean; 0 where there is only one.
};

/// Of `count` values with this sum, and this sum of their squares.
Mean MeanOf(std::int64_t count, double sum, double squares);

struct DayOfPractice {
  std::int64_t day = 0;
  std::int64_t takes = 0;
  std::int64_t duration_ms = 0;
  std::optional<Mean> total;  ///< Of the takes with a score.
};

struct SoundProgress {
  std::string sound;   ///< ARPAbet.
  Mean all;            ///< Scores of every time it was said.
  double wrong = 0.0;  ///< Share of the times that were claimed to be wrong.
  /// The first and the last `kEnough` times or more, whole days: what practice has changed. Absent
  /// where the two would overlap.
  std::optional<Mean> first, last;
  struct Day {
    std::int64_t day = 0;
    std::int64_t count = 0;
    double mean = 0.0;
  };
  std::vector<Day> days;

  static constexpr std::int64_t kEnough = 20;
};

struct ConfusionCount {
  std::string expected, said;  ///< `said` is empty where it was dropped.
  std::int64_t count = 0;
  std::int64_t last_day = 0;
};

struct WordProgress {
  std::string word;
  std::int64_t count = 0;
  double mean = 0.0;   ///< 0–100; left out counts as 0.
  double wrong = 0.0;  ///< Share.
};

struct LearnerProgress {
  std::vector<DayOfPractice> days;         ///< Oldest first; only days with takes.
  std::vector<SoundProgress> sounds;       ///< Lowest mean first.
  std::vector<ConfusionCount> confusions;  ///< Most frequent first, at most 50.
  std::vector<WordProgress> words;         ///< Troubled ones first, at most 100.
};
/// `from_day`: what was before it does not count for days and sounds. Fails: kNotFound.
Result<LearnerProgress> ProgressOf(Store& store, LearnerId learner,
                                   std::optional<std::int64_t> from_day = {});

}  // namespace euphone
