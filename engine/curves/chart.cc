#include "curves/chart.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "curves/number.h"

namespace euphone {
namespace {

constexpr std::size_t kCurvePoints = 80;

std::string Between(const CurveValue& value) {
  return "between " + Figure(value.low, 0) + " and " + Figure(value.high, 0);
}

/// The curve through practice and forecast, denser where it bends.
std::vector<CurvePoint> CurveOf(const CurveFit& fit, double from, double to) {
  std::vector<CurvePoint> curve;
  const auto add = [&](double x) {
    const CurveValue at = fit.At(x);
    curve.push_back({.x = x, .y = at.value, .low = at.low, .high = at.high});
  };
  for (std::size_t i = 0; i < kCurvePoints; ++i) {
    const double part = static_cast<double>(i) / static_cast<double>(kCurvePoints - 1);
    const double x = from + (to - from) * part * part;
    if (!curve.empty() && curve.back().x < fit.now && fit.now < x) add(fit.now);
    add(x);
  }
  return curve;
}

std::string WaitText(const Target& target) {
  const CurveWait& wait = target.wait;
  if (wait.high <= 0.0) return Figure(target.y, 0) + " is reached.";
  const auto ends = [&] {
    return "between " + Figure(std::round(wait.low), 0) + " and " +
           (std::isfinite(wait.high) ? Figure(std::round(wait.high), 0) : "never");
  };
  const std::string y = Figure(target.y, 0);
  if (wait.median < 0.5)
    return y + " is about reached: between now and " +
           (std::isfinite(wait.high) ? CountOf(wait.high, "more practice") : "never") + ".";
  if (!std::isfinite(wait.low)) return y + " is out of reach, if it goes on like this.";
  if (!std::isfinite(wait.median))
    return y + " may be out of reach; at the earliest it comes after " +
           CountOf(wait.low, "more practice") + ".";
  return "Reaches " + y + " after about " + CountOf(wait.median, "more practice") + ", " + ends() +
         ".";
}

void TellFit(const CurveFit& fit, ChartLine& line) {
  const bool power = fit.curve.shape == CurveShape::kPower;
  const CurveValue now = fit.At(fit.now);
  line.notes.push_back("Now " + Figure(now.value, 0) + ", " + Between(now) + " (95 %), by " +
                       (power ? "the power law of practice" : "an exponential curve") + " over " +
                       CountOf(fit.weight, "practice") + "; single practices scatter by ±" +
                       Figure(fit.spread, 0) + ".");
  line.notes.push_back("In " + CountOf(line.forecast->more, "more practice") + ": " +
                       Figure(line.forecast->value.value, 0) + ", " +
                       Between(line.forecast->value) + ".");
  line.notes.push_back(WaitText(*line.target));
}

void TellNone(const CurveOutcome& outcome, ChartLine& line) {
  const std::string mean = "Mean " + Figure(outcome.mean.value, 0) + ". ";
  switch (*outcome.why) {
    case NoCurve::kTooFew:
      line.notes.push_back(
          (line.points.empty() ? "" : mean) +
          "Too little for a curve: " + CountOf(static_cast<double>(line.points.size()), "point") +
          " of " + CountOf(line.now, "practice") + "; it takes " + Figure(kFewestPoints, 0) +
          " points and " + Figure(kFewestPractices, 0) + " practices.");
      return;
    case NoCurve::kNoChange:
      line.notes.push_back(mean +
                           "Practice has changed nothing so far that is more than chance; a "
                           "forecast would be a guess.");
      return;
    case NoCurve::kWorse:
      line.notes.push_back(mean + "The scores fall; no curve of learning goes through them.");
      return;
  }
}

bool Overlap(const CurveValue& a, const CurveValue& b) {
  return a.low <= b.high && b.low <= a.high;
}

CurveValue MeanAround(double value) { return {value, value, value}; }

}  // namespace

ChartLine LearnerLine(Series series, const LearnerAsk& ask) {
  series = Cleaned(std::move(series));
  ChartLine line{.name = std::move(series.name), .points = std::move(series.points)};
  line.outcome = FitCurve(line.points);
  double practices = 0.0;
  for (const CurvePoint& point : line.points) practices += point.weight;
  line.now = practices;
  line.plateau = FindPlateau(line.points, *line.outcome);
  if (line.outcome->fit) {
    const CurveFit& fit = *line.outcome->fit;
    line.now = fit.now;
    line.curve = CurveOf(fit, line.points.front().x, fit.now + ask.forecast);
    line.forecast = Forecast{ask.forecast, fit.At(fit.now + ask.forecast)};
    line.target = Target{ask.target, fit.Until(ask.target)};
    TellFit(fit, line);
  } else {
    TellNone(*line.outcome, line);
  }
  if (line.plateau) {
    const std::string since = line.points[line.points.size() - line.plateau->points].label;
    line.notes.push_back("On a plateau at " + Figure(line.plateau->mean, 0) +
                         (since.empty() ? "" : " since " + since) + ": no trend in the last " +
                         CountOf(static_cast<double>(line.plateau->points), "point") +
                         ", and little to come.");
  }
  return line;
}

std::string StateOf(const ChartLine& line) {
  if (line.plateau) return "plateau";
  if (!line.outcome) return "measured";
  if (line.outcome->fit) return "learning";
  switch (*line.outcome->why) {
    case NoCurve::kTooFew:
      return "too few";
    case NoCurve::kNoChange:
      return "no change";
    case NoCurve::kWorse:
      return "worse";
  }
  return "";
}

ChartRow RowOf(const ChartLine& line) {
  ChartRow row{.name = line.name, .practices = 0.0, .state = StateOf(line), .mean = {}};
  for (const CurvePoint& point : line.points) row.practices += point.weight;
  if (!line.outcome) return row;
  row.mean = line.outcome->mean;
  if (line.outcome->fit) row.now = line.outcome->fit->At(line.outcome->fit->now);
  if (line.forecast) row.later = line.forecast->value;
  return row;
}

std::vector<Compared> CompareLearners(const ChartLine& a, const ChartLine& b) {
  std::vector<Compared> compared;
  if (!a.outcome || !b.outcome || a.points.empty() || b.points.empty()) return compared;
  const auto add = [&](const std::string& what, const CurveValue& of_a, const CurveValue& of_b) {
    const bool known = of_a.low < of_a.high && of_b.low < of_b.high;
    compared.push_back(
        {what, of_a, of_b, known ? std::optional(Overlap(of_a, of_b)) : std::nullopt});
  };
  add("mean", a.outcome->mean, b.outcome->mean);
  if (!a.outcome->fit || !b.outcome->fit) return compared;
  const CurveFit &first = *a.outcome->fit, &second = *b.outcome->fit;
  add("now", first.At(first.now), second.At(second.now));
  const double both = std::min(first.now, second.now);
  add("after " + CountOf(both, "practice"), first.At(both), second.At(both));
  if (a.forecast && b.forecast)
    add("in " + CountOf(a.forecast->more, "more practice"), a.forecast->value, b.forecast->value);
  return compared;
}

std::string RunNote(const CurvePoint& last, const CurvePoint& best, const std::string& axis) {
  return "At the end " + Figure(last.y, 4) + "; best " + Figure(best.y, 4) + " at " + axis + " " +
         Figure(best.x, 4) + ".";
}

std::vector<Compared> CompareRuns(const ChartLine& a, const ChartLine& b, Better better) {
  if (a.points.empty() || b.points.empty()) return {};
  const auto value = [](const CurvePoint& point) {
    return CurveValue{point.y, point.low.value_or(point.y), point.high.value_or(point.y)};
  };
  const auto best = [&](const ChartLine& line) {
    const auto at = better == Better::kHigher
                        ? std::ranges::max_element(line.points, {}, &CurvePoint::y)
                        : std::ranges::min_element(line.points, {}, &CurvePoint::y);
    return *at;
  };
  std::vector<Compared> compared;
  const auto add = [&](const std::string& what, const CurvePoint& of_a, const CurvePoint& of_b) {
    const bool known = of_a.low && of_a.high && of_b.low && of_b.high;
    compared.push_back({what, value(of_a), value(of_b),
                        known ? std::optional(Overlap(value(of_a), value(of_b))) : std::nullopt});
  };
  add("last", a.points.back(), b.points.back());
  add("best", best(a), best(b));
  compared.push_back({"best at", MeanAround(best(a).x), MeanAround(best(b).x)});
  return compared;
}

}  // namespace euphone
