#include "curves/curve_fit.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "base/random.h"

namespace euphone {
namespace {

constexpr std::size_t kMostPoints = 400;  ///< More are merged: they tell nothing more of a curve.
constexpr std::size_t kDraws = 800;
constexpr std::size_t kRates = 60;
constexpr double kParameters = 4.0;  ///< Limit, gap, rate, spread.
/// Of the less likely shape beside the other: one learner's data seldom tell the two apart for
/// good.
constexpr double kLeastWeight = 0.25;
constexpr double kNever = std::numeric_limits<double>::infinity();

double Shrunk(CurveShape shape, double rate, double x) {
  return shape == CurveShape::kPower ? std::pow(x + 1.0, -rate) : std::exp(-rate * x);
}

/// A straight line between the curve's values at the first and the last point, for one rate: the
/// shape lies between them. These two values are what is estimated (Ross 1990): unlike limit and
/// gap they hardly depend on each other, or on the rate.
struct Line {
  CurveShape shape = CurveShape::kPower;
  double rate = 0.0;
  double g_first = 0.0, g_last = 0.0;   ///< Shrunk() at the ends.
  double first = 0.0, last = 0.0;       ///< The curve there.
  double squares = 0.0;                 ///< Weighted, of the residuals.
  double aa = 0.0, ab = 0.0, bb = 0.0;  ///< Normal equations: of first, of both, of last.

  double determinant() const { return aa * bb - ab * ab; }

  CurveParameters Between(double from, double to) const {
    const double gap = (from - to) / (g_first - g_last);
    return {shape, to - gap * g_last, gap, rate};
  }
};

/// What one rate makes of the points. Nothing where they do not tell first from last.
std::optional<Line> FitLine(std::span<const CurvePoint> points, CurveShape shape, double rate) {
  Line line{.shape = shape,
            .rate = rate,
            .g_first = Shrunk(shape, rate, points.front().x),
            .g_last = Shrunk(shape, rate, points.back().x)};
  const double drop = line.g_first - line.g_last;
  if (!(drop > 1e-12)) return std::nullopt;
  double ay = 0.0, by = 0.0;
  std::vector<double> part;
  part.reserve(points.size());
  for (const CurvePoint& point : points) {
    const double b = (line.g_first - Shrunk(shape, rate, point.x)) / drop, a = 1.0 - b;
    part.push_back(b);
    line.aa += point.weight * a * a;
    line.ab += point.weight * a * b;
    line.bb += point.weight * b * b;
    ay += point.weight * a * point.y;
    by += point.weight * b * point.y;
  }
  const double determinant = line.determinant();
  if (!(determinant > 1e-9 * line.aa * line.bb)) return std::nullopt;
  line.first = (ay * line.bb - by * line.ab) / determinant;
  line.last = (by * line.aa - ay * line.ab) / determinant;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double off = points[i].y - (1.0 - part[i]) * line.first - part[i] * line.last;
    line.squares += points[i].weight * off * off;
  }
  return line;
}

/// A curve by least squares, within the scale.
struct Best {
  CurveParameters curve;
  double squares = kNever;
};

bool Beyond(double limit, const CurveScale& scale) {
  return scale.better == Better::kHigher ? limit > scale.best : limit < scale.best;
}

bool Improves(double gap, const CurveScale& scale) {
  return scale.better == Better::kHigher ? gap < 0.0 : gap > 0.0;
}

/// With this rate. Where the limit would lie beyond the best there is, it is the best there is.
Best FitAt(std::span<const CurvePoint> points, CurveShape shape, double rate,
           const CurveScale& scale) {
  const auto line = FitLine(points, shape, rate);
  if (!line) return {};
  Best best{line->Between(line->first, line->last), line->squares};
  if (Beyond(best.curve.limit, scale)) {
    double product = 0.0, spread = 0.0;
    for (const CurvePoint& point : points) {
      const double g = Shrunk(shape, rate, point.x);
      product += point.weight * g * (point.y - scale.best);
      spread += point.weight * g * g;
    }
    best.curve.limit = scale.best;
    best.curve.gap = product / spread;
    best.squares = 0.0;
    for (const CurvePoint& point : points) {
      const double off = point.y - best.curve.At(point.x);
      best.squares += point.weight * off * off;
    }
  }
  if (!Improves(best.curve.gap, scale)) return {};
  return best;
}

/// Rates from those that bend little within the data to those that are over after a few points.
std::vector<double> RatesOf(CurveShape shape, std::span<const CurvePoint> points) {
  const double range = points.back().x - points.front().x;
  const double slowest = shape == CurveShape::kPower ? 0.03 : 0.1 / range;
  const double fastest = shape == CurveShape::kPower ? 3.0 : 40.0 / range;
  std::vector<double> rates;
  for (std::size_t i = 0; i < kRates; ++i) {
    const double part = static_cast<double>(i) / static_cast<double>(kRates - 1);
    rates.push_back(slowest * std::pow(fastest / slowest, part));
  }
  return rates;
}

/// Between two rates, to four digits.
Best Refine(std::span<const CurvePoint> points, CurveShape shape, double from, double to,
            const CurveScale& scale) {
  constexpr double kGolden = std::numbers::phi - 1.0;
  double low = std::log(from), high = std::log(to);
  const auto at = [&](double log_rate) { return FitAt(points, shape, std::exp(log_rate), scale); };
  double a = high - kGolden * (high - low), b = low + kGolden * (high - low);
  Best of_a = at(a), of_b = at(b);
  while (high - low > 1e-4) {
    if (of_a.squares <= of_b.squares) {
      high = b, b = a, of_b = of_a;
      of_a = at(a = high - kGolden * (high - low));
    } else {
      low = a, a = b, of_a = of_b;
      of_b = at(b = low + kGolden * (high - low));
    }
  }
  return of_a.squares <= of_b.squares ? of_a : of_b;
}

Best FitShape(std::span<const CurvePoint> points, CurveShape shape, const CurveScale& scale) {
  const std::vector<double> rates = RatesOf(shape, points);
  Best best;
  std::size_t at = 0;
  for (std::size_t i = 0; i < rates.size(); ++i) {
    const Best here = FitAt(points, shape, rates[i], scale);
    if (here.squares < best.squares) best = here, at = i;
  }
  if (best.squares == kNever) return best;
  const Best fine = Refine(points, shape, rates[at == 0 ? 0 : at - 1],
                           rates[std::min(at + 1, rates.size() - 1)], scale);
  return fine.squares < best.squares ? fine : best;
}

/// `smallest`: squares that are rounding, so that points without any noise have a criterion, too.
double Criterion(double squares, double points, double parameters, double smallest) {
  if (squares == kNever) return kNever;
  return points * std::log(std::max(squares, smallest) / points) + 2.0 * parameters +
         2.0 * parameters * (parameters + 1.0) / (points - parameters - 1.0);
}

/// Standard normal (Box and Muller 1958).
double Normal(Random& random) {
  const double radius = std::sqrt(-2.0 * std::log(1.0 - random.Unit()));
  return radius * std::cos(2.0 * std::numbers::pi * random.Unit());
}

/// Chi-squared with so many degrees of freedom (Marsaglia and Tsang 2000). REQUIRES: freedom ≥ 2.
double ChiSquared(Random& random, double freedom) {
  const double d = freedom / 2.0 - 1.0 / 3.0, c = 1.0 / std::sqrt(9.0 * d);
  while (true) {
    const double x = Normal(random), root = 1.0 + c * x, v = root * root * root;
    if (v <= 0.0) continue;
    if (std::log(1.0 - random.Unit()) < 0.5 * x * x + d - d * v + d * std::log(v))
      return 2.0 * d * v;
  }
}

/// One shape's lines, and how likely each rate is by the data.
struct Choices {
  std::vector<Line> lines;
  std::vector<double> up_to;  ///< Cumulated, to 1.

  const Line& Pick(double part) const {
    const auto at = std::ranges::lower_bound(up_to, part);
    return lines[std::min(static_cast<std::size_t>(at - up_to.begin()), lines.size() - 1)];
  }
};

Choices ChoicesOf(std::span<const CurvePoint> points, CurveShape shape, double smallest) {
  Choices choices;
  std::vector<double> logs;
  const double freedom = static_cast<double>(points.size()) - 2.0;
  for (const double rate : RatesOf(shape, points)) {
    const auto line = FitLine(points, shape, rate);
    if (!line) continue;
    choices.lines.push_back(*line);
    logs.push_back(-0.5 * std::log(line->determinant()) -
                   0.5 * freedom * std::log(std::max(line->squares, smallest)));
  }
  if (logs.empty()) return choices;
  const double top = std::ranges::max(logs);
  double sum = 0.0;
  for (const double log : logs) choices.up_to.push_back(sum += std::exp(log - top));
  for (double& part : choices.up_to) part /= sum;
  return choices;
}

void Draw(std::span<const CurvePoint> points, double smallest, CurveFit& fit) {
  const Choices power = ChoicesOf(points, CurveShape::kPower, smallest);
  const Choices exponential = ChoicesOf(points, CurveShape::kExponential, smallest);
  const double better = std::min(fit.power, fit.exponential);
  const auto weight = [&](const Choices& choices, double criterion) {
    return choices.lines.empty() ? 0.0
                                 : std::max(std::exp((better - criterion) / 2.0), kLeastWeight);
  };
  const double a = weight(power, fit.power), b = weight(exponential, fit.exponential);
  const double freedom = static_cast<double>(points.size()) - 2.0;
  Random random(fit.scale.seed);
  for (std::size_t i = 0; i < 40 * kDraws && fit.draws.size() < kDraws; ++i) {
    const bool is_power = random.Unit() * (a + b) < a;
    const Line& line = (is_power ? power : exponential).Pick(random.Unit());
    const double spread = std::sqrt(line.squares / ChiSquared(random, freedom));
    // A draw from the inverse of the normal equations, by its Cholesky factor.
    const double z = Normal(random) * std::sqrt(line.aa / line.determinant());
    const double w = Normal(random) / std::sqrt(line.aa);
    const double last = line.last + spread * z;
    const double first = line.first + spread * (w - z * line.ab / line.aa);
    const CurveParameters curve = line.Between(first, last);
    if (Improves(curve.gap, fit.scale) && !Beyond(curve.limit, fit.scale))
      fit.draws.push_back(curve);
  }
}

/// The middle, and the ends of the 95 % interval. REQUIRES: not empty.
CurveValue Quantiles(std::vector<double> values) {
  std::ranges::sort(values);
  const auto at = [&](double part) {
    return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1) + 0.5)];
  };
  return {at(0.5), at(0.025), at(0.975)};
}

}  // namespace

double CurveParameters::At(double x) const { return limit + gap * Shrunk(shape, rate, x); }

CurveValue CurveFit::At(double x) const {
  const double value = curve.At(x);
  std::vector<double> values;
  for (const CurveParameters& draw : draws) values.push_back(draw.At(x));
  values.push_back(value);
  CurveValue told = Quantiles(std::move(values));
  const double lowest = std::min(scale.worst, scale.best);
  const double highest = std::max(scale.worst, scale.best);
  const auto on_scale = [&](double y) { return std::clamp(y, lowest, highest); };
  return {on_scale(value), on_scale(std::min(told.low, value)),
          on_scale(std::max(told.high, value))};
}

CurveValue CurveFit::GainIn(double practices) const {
  const double sign = scale.better == Better::kHigher ? 1.0 : -1.0;
  const auto gain = [&](const CurveParameters& each) {
    return sign * (each.At(now + practices) - each.At(now));
  };
  std::vector<double> values{gain(curve)};
  for (const CurveParameters& draw : draws) values.push_back(gain(draw));
  CurveValue told = Quantiles(std::move(values));
  told.value = gain(curve);
  return told;
}

CurveWait CurveFit::Until(double y) const {
  const auto wait = [&](const CurveParameters& each) {
    const double part = (y - each.limit) / each.gap;  // What Shrunk() must come to.
    if (!(part > 0.0)) return kNever;
    const double x = each.shape == CurveShape::kPower ? std::pow(part, -1.0 / each.rate) - 1.0
                                                      : -std::log(part) / each.rate;
    return std::isnan(x) ? kNever : std::max(x - now, 0.0);
  };
  std::vector<double> values{wait(curve)};
  for (const CurveParameters& draw : draws) values.push_back(wait(draw));
  const CurveValue told = Quantiles(std::move(values));
  return {told.value, told.low, told.high};
}

CurveOutcome FitCurve(std::span<const CurvePoint> all, const CurveScale& scale) {
  const std::vector<CurvePoint> points = Merged({all.begin(), all.end()}, kMostPoints);
  const auto count = static_cast<double>(points.size());
  double weight = 0.0, mean = 0.0;
  for (const CurvePoint& point : points) {
    weight += point.weight;
    mean += point.weight / weight * (point.y - mean);
  }
  double squares = 0.0, largest = 0.0;
  for (const CurvePoint& point : points) {
    squares += point.weight * (point.y - mean) * (point.y - mean);
    largest = std::max(largest, std::abs(point.y));
  }
  CurveOutcome outcome;
  const double error = points.size() > 1 ? 1.96 * std::sqrt(squares / (count - 1.0) / weight) : 0.0;
  outcome.mean = {mean, mean - error, mean + error};
  if (points.size() < kFewestPoints || weight < kFewestPractices ||
      !(points.back().x > points.front().x)) {
    outcome.why = NoCurve::kTooFew;
    return outcome;
  }
  const double smallest = 1e-18 * std::max(largest * largest, 1e-300) * weight;
  CurveFit fit{.weight = weight,
               .now = all.back().x + all.back().weight / 2.0,
               .points = all.size(),
               .scale = scale};
  const Best power = FitShape(points, CurveShape::kPower, scale);
  const Best exponential = FitShape(points, CurveShape::kExponential, scale);
  fit.power = Criterion(power.squares, count, kParameters, smallest);
  fit.exponential = Criterion(exponential.squares, count, kParameters, smallest);
  fit.level = Criterion(squares, count, 2.0, smallest);
  const Best& best = fit.power <= fit.exponential ? power : exponential;
  if (!(std::min(fit.power, fit.exponential) < fit.level)) {
    CurveScale down{.better = scale.better == Better::kHigher ? Better::kLower : Better::kHigher,
                    .best = scale.worst,
                    .worst = scale.best};
    const double falls = std::min(
        Criterion(FitShape(points, CurveShape::kPower, down).squares, count, kParameters, smallest),
        Criterion(FitShape(points, CurveShape::kExponential, down).squares, count, kParameters,
                  smallest));
    outcome.why = falls < fit.level ? NoCurve::kWorse : NoCurve::kNoChange;
    return outcome;
  }
  fit.curve = best.curve;
  fit.spread = std::sqrt(best.squares / (count - 3.0));
  Draw(points, smallest, fit);
  outcome.fit = std::move(fit);
  return outcome;
}

}  // namespace euphone
