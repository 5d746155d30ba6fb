#include "practice/learning_curve.h"

#include <algorithm>
#include <cmath>

namespace euphone {
namespace {

constexpr std::size_t kFewestDays = 5;
constexpr double kFewestTakes = 20.0;

/// y = level + slope · x by weighted least squares, and what its errors come from.
struct Line {
  double level = 0.0, slope = 0.0;
  double squares = 0.0;  ///< Weighted sum of squared residuals.
  double weight = 0.0, mean_x = 0.0, spread_x = 0.0;

  double At(double x) const { return level + slope * x; }
  /// Squared standard error at x, for a residual variance of one.
  double ErrorAt(double x) const {
    const double away = x - mean_x;
    return 1.0 / weight + (spread_x > 0.0 ? away * away / spread_x : 0.0);
  }
};

double Shrunk(double takes_before, double rate) { return std::pow(takes_before + 1.0, -rate); }

Line FitLine(std::span<const PractisedDay> days, double rate) {
  Line line;
  double mean_y = 0.0;
  for (const PractisedDay& day : days) {
    line.weight += day.takes;
    line.mean_x += day.takes * Shrunk(day.takes_before, rate);
    mean_y += day.takes * day.score;
  }
  line.mean_x /= line.weight;
  mean_y /= line.weight;
  double product = 0.0;
  for (const PractisedDay& day : days) {
    const double x = Shrunk(day.takes_before, rate) - line.mean_x;
    line.spread_x += day.takes * x * x;
    product += day.takes * x * (day.score - mean_y);
  }
  line.slope = line.spread_x > 0.0 ? product / line.spread_x : 0.0;
  line.level = mean_y - line.slope * line.mean_x;
  for (const PractisedDay& day : days) {
    const double off = day.score - line.At(Shrunk(day.takes_before, rate));
    line.squares += day.takes * off * off;
  }
  return line;
}

/// Akaike's, up to a constant: the days are what was measured.
double Criterion(double squares, double days, double parameters) {
  return days * std::log(std::max(squares, 1e-9) / days) + 2.0 * parameters;
}

}  // namespace

double LearningCurve::At(double takes_before) const {
  return std::clamp(top - gap * Shrunk(takes_before, rate), 0.0, 100.0);
}

std::optional<LearningCurve> FitLearningCurve(std::span<const PractisedDay> days, double further) {
  double takes = 0.0;
  for (const PractisedDay& day : days) takes += day.takes;
  if (days.size() < kFewestDays || takes < kFewestTakes) return std::nullopt;

  double rate = 0.0;
  std::optional<Line> best;
  for (double candidate = 0.05; candidate < 1.501; candidate += 0.05) {
    Line line = FitLine(days, candidate);
    // Nobody is better than right.
    if (line.level > 100.0 || (best && line.squares >= best->squares)) continue;
    best = line;
    rate = candidate;
  }
  if (!best || best->slope >= 0.0) return std::nullopt;
  const auto count = static_cast<double>(days.size());
  double mean = 0.0, squares = 0.0;
  for (const PractisedDay& day : days) mean += day.takes * day.score / takes;
  for (const PractisedDay& day : days) {
    squares += day.takes * (day.score - mean) * (day.score - mean);
  }
  if (Criterion(best->squares, count, 3.0) >= Criterion(squares, count, 1.0)) return std::nullopt;

  LearningCurve curve;
  curve.top = best->level;
  curve.gap = -best->slope;
  curve.rate = rate;
  curve.takes = takes;
  const double variance = best->squares / (count - 3.0);
  curve.spread = std::sqrt(variance);
  const auto predicted = [&](double after) {
    return LearningCurve::Prediction{curve.At(after),
                                     std::sqrt(variance * best->ErrorAt(Shrunk(after, rate)))};
  };
  curve.now = predicted(takes);
  curve.later = predicted(takes + further);
  return curve;
}

}  // namespace euphone
