#include "practice/memory.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace euphone {
namespace {

/// w0–w20 of FSRS-6, found by its authors on the reviews of some ten thousand learners.
constexpr std::array<double, 21> kWeights = {
    0.212,  1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001,  1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542};
constexpr double kRecall = 0.9;
constexpr double kLeastStability = 0.001, kMostStability = 36500.0;

double W(int index) { return kWeights[static_cast<std::size_t>(index)]; }

double Number(Grade grade) { return static_cast<double>(static_cast<int>(grade)); }

double WithinStability(double days) { return std::clamp(days, kLeastStability, kMostStability); }

/// Not yet within 1–10: what difficulties drift towards is beyond it.
double FirstDifficulty(Grade grade) { return W(4) - std::exp(W(5) * (Number(grade) - 1.0)) + 1.0; }

double NextDifficulty(double difficulty, Grade grade) {
  const double step = -W(6) * (Number(grade) - 3.0) * (10.0 - difficulty) / 9.0;
  const double next = W(7) * FirstDifficulty(Grade::kEasy) + (1.0 - W(7)) * (difficulty + step);
  return std::clamp(next, 1.0, 10.0);
}

double Recalled(const Memory& memory, double recall, Grade grade) {
  const double hard = grade == Grade::kHard ? W(15) : 1.0;
  const double easy = grade == Grade::kEasy ? W(16) : 1.0;
  return memory.stability_days * (1.0 + std::exp(W(8)) * (11.0 - memory.difficulty) *
                                            std::pow(memory.stability_days, -W(9)) *
                                            (std::exp(W(10) * (1.0 - recall)) - 1.0) * hard * easy);
}

double Forgotten(const Memory& memory, double recall) {
  const double after = W(11) * std::pow(memory.difficulty, -W(12)) *
                       (std::pow(memory.stability_days + 1.0, W(13)) - 1.0) *
                       std::exp(W(14) * (1.0 - recall));
  return std::min(after, memory.stability_days / std::exp(W(17) * W(18)));
}

double SameDay(double stability, Grade grade) {
  const double growth =
      std::exp(W(17) * (Number(grade) - 3.0 + W(18))) * std::pow(stability, -W(19));
  return stability * (Number(grade) >= 3.0 ? std::max(growth, 1.0) : growth);
}

double ForgettingFactor() { return std::pow(kRecall, -1.0 / W(20)) - 1.0; }

}  // namespace

Grade GradeOf(double mean_score) {
  if (mean_score < 50.0) return Grade::kAgain;
  if (mean_score < 70.0) return Grade::kHard;
  return mean_score < 85.0 ? Grade::kGood : Grade::kEasy;
}

Memory FirstReview(std::int64_t day, Grade grade) {
  return {.stability_days = WithinStability(W(static_cast<int>(grade) - 1)),
          .difficulty = std::clamp(FirstDifficulty(grade), 1.0, 10.0),
          .day = day,
          .reviews = 1,
          .lapses = 0};
}

Memory NextReview(const Memory& memory, std::int64_t day, Grade grade) {
  Memory next = memory;
  if (day == memory.day) {
    next.stability_days = SameDay(memory.stability_days, grade);
  } else {
    const double recall = Retrievability(memory, day);
    next.stability_days =
        grade == Grade::kAgain ? Forgotten(memory, recall) : Recalled(memory, recall, grade);
  }
  next.stability_days = WithinStability(next.stability_days);
  next.difficulty = NextDifficulty(memory.difficulty, grade);
  next.day = day;
  ++next.reviews;
  if (grade == Grade::kAgain) ++next.lapses;
  return next;
}

double Retrievability(const Memory& memory, std::int64_t day) {
  const auto days = static_cast<double>(std::max<std::int64_t>(day - memory.day, 0));
  return std::pow(1.0 + ForgettingFactor() * days / memory.stability_days, -W(20));
}

std::int64_t DueDay(const Memory& memory) {
  // At the recall for which stability is named, the interval is the stability itself.
  const auto days = static_cast<std::int64_t>(std::nearbyint(memory.stability_days));
  return memory.day + std::max<std::int64_t>(days, 1);
}

}  // namespace euphone
