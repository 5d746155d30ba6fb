#include "score/evidence.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace euphone {
namespace {

constexpr double kFloor = -12.0;
// A CTC spike may stand a little outside the frames of its sound; neighbours are a few frames away.
constexpr std::size_t kReach = 1;
constexpr std::size_t kMostHeard = 5;
constexpr double kLeastShare = 0.01;

std::pair<std::size_t, std::size_t> Widened(const PhoneSpan& span, std::size_t frames) {
  return {span.begin > kReach ? span.begin - kReach : 0, std::min(frames, span.end + kReach)};
}

/// The expected phone's value and the best of the others, per phone column (blank or silence left
/// out).
struct Contest {
  double expected = kFloor;
  double best_other = kFloor;
};

template <class Value>
Contest Compare(std::size_t columns, std::size_t expected_column, Value value) {
  Contest contest;
  for (std::size_t column = 1; column < columns; ++column) {
    const double floored = std::max(kFloor, value(column));
    double& slot = column == expected_column ? contest.expected : contest.best_other;
    slot = std::max(slot, floored);
  }
  return contest;
}

double Highest(const Matrix& log_probs, std::size_t column,
               std::pair<std::size_t, std::size_t> rows) {
  float highest = log_probs.at(rows.first, column);
  for (std::size_t row = rows.first + 1; row < rows.second; ++row)
    highest = std::max(highest, log_probs.at(row, column));
  return static_cast<double>(highest);
}

/// `mass`: how much each column has, the first (blank or nothing) not counted.
Heard Ranked(const std::vector<double>& mass, double nothing) {
  double total = 0.0;
  for (std::size_t column = 1; column < mass.size(); ++column) total += mass[column];
  Heard heard{.phones = {}, .nothing = nothing};
  if (total <= 0.0) return heard;
  for (std::size_t column = 1; column < mass.size(); ++column) {
    const double share = mass[column] / total;
    if (share >= kLeastShare) heard.phones.push_back({static_cast<PhoneId>(column - 1), share});
  }
  std::stable_sort(
      heard.phones.begin(), heard.phones.end(),
      [](const HeardPhone& a, const HeardPhone& b) { return a.probability > b.probability; });
  heard.phones.resize(std::min(heard.phones.size(), kMostHeard));
  return heard;
}

}  // namespace

Evidence MeasureEvidence(const Posteriors& posteriors, const FrameGrid& grid,
                         const PhoneSpan& span) {
  const auto column = static_cast<std::size_t>(span.phone) + 1;
  const auto widened = Widened(span, posteriors.ctc.rows);
  const Contest ctc = Compare(posteriors.ctc.columns, column,
                              [&](std::size_t c) { return Highest(posteriors.ctc, c, widened); });
  const auto length = static_cast<double>(span.end - span.begin);
  const Contest frames = Compare(posteriors.frames.columns, column, [&](std::size_t c) {
    double sum = 0.0;
    for (std::size_t row = span.begin; row < span.end; ++row) {
      sum += std::max(kFloor, static_cast<double>(posteriors.frames.at(row, c)));
    }
    return sum / length;
  });
  double share = 0.0;
  for (std::size_t row = span.begin; row < span.end; ++row) {
    share += std::exp(static_cast<double>(posteriors.frames.at(row, column)));
  }
  const double seconds = length * SecondsIn(grid.hop, grid.rate);
  return {ctc.expected,    ctc.expected - ctc.best_other,
          frames.expected, frames.expected - frames.best_other,
          share / length,  std::log(seconds)};
}

Heard MeasureHeard(const Posteriors& posteriors, const PhoneSpan& span) {
  const Matrix& ctc = posteriors.ctc;
  const auto [first, last] = Widened(span, ctc.rows);
  std::vector<double> mass(ctc.columns, 0.0);
  double nothing = 1.0;
  for (std::size_t row = first; row < last; ++row) {
    nothing = std::min(nothing, std::exp(static_cast<double>(ctc.at(row, 0))));
    for (std::size_t column = 1; column < ctc.columns; ++column) {
      mass[column] += std::exp(static_cast<double>(ctc.at(row, column)));
    }
  }
  return Ranked(mass, nothing);
}

Heard HeardIn(std::span<const float> log_probabilities) {
  std::vector<double> mass;
  for (const float value : log_probabilities) mass.push_back(std::exp(static_cast<double>(value)));
  return Ranked(mass, mass.front());
}

}  // namespace euphone
