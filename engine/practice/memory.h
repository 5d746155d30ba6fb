#pragma once

#include <cstdint>

namespace euphone {

/// When something that was practised should come again: FSRS-6, the Free Spaced Repetition
/// Scheduler (J. Ye, github.com/open-spaced-repetition), with its default parameters. All are pure
/// functions. A day of practice is one review; days count from 1970.

/// How a review went, in the scheduler's terms.
enum class Grade { kAgain = 1, kHard = 2, kGood = 3, kEasy = 4 };

/// The grade of a day of a sound or a word, by the mean of its scores (0–100). The edges lie where
/// the raters' own words change: half of the way to right is a heavy accent (50), and from 85 on
/// most times were right.
Grade GradeOf(double mean_score);

struct Memory {
  double stability_days = 0.0;  ///< After so long it is recalled 9 times of 10.
  double difficulty = 0.0;      ///< 1–10.
  std::int64_t day = 0;         ///< Of the last review.
  int reviews = 0;
  int lapses = 0;  ///< Reviews after the first that went wrong.
};

/// REQUIRES: `day` is not before that of `memory`.
Memory FirstReview(std::int64_t day, Grade grade);
Memory NextReview(const Memory& memory, std::int64_t day, Grade grade);

/// How likely it is to go well on a day, 0–1.
double Retrievability(const Memory& memory, std::int64_t day);

/// The day on which that falls to 0.9; at least the one after the last review.
std::int64_t DueDay(const Memory& memory);

}  // namespace euphone
