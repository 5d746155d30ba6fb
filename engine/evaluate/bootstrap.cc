#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "base/random.h"
#include "evaluate/statistics.h"

namespace euphone {
namespace {

constexpr double kTail = 0.025;
constexpr double kMayFail = 0.05;

/// Numbers `keys` 0, 1, … in rising order of their values; equal values get one number.
template <class T>
std::vector<std::size_t> Numbered(const std::vector<T>& keys, std::size_t& count) {
  std::map<T, std::size_t> numbers;
  for (const T& key : keys) numbers.emplace(key, 0);
  count = 0;
  for (auto& [key, number] : numbers) number = count++;
  std::vector<std::size_t> numbered(keys.size());
  std::transform(keys.begin(), keys.end(), numbered.begin(),
                 [&](const T& key) { return numbers.find(key)->second; });
  return numbered;
}

/// Weighted sums of two variables, from which correlation and error follow.
struct Sums {
  double n = 0.0, x = 0.0, y = 0.0, xx = 0.0, yy = 0.0, xy = 0.0;

  void Add(double weight, double a, double b) {
    n += weight;
    x += weight * a;
    y += weight * b;
    xx += weight * a * a;
    yy += weight * b * b;
    xy += weight * a * b;
  }

  std::optional<double> Correlation() const {
    const double vx = n * xx - x * x, vy = n * yy - y * y;
    // What is left of a constant after cancellation counts as nothing.
    constexpr double kNothing = 1e-12;
    if (vx <= kNothing * n * xx || vy <= kNothing * n * yy) return std::nullopt;
    return std::clamp((n * xy - x * y) / std::sqrt(vx * vy), -1.0, 1.0);
  }

  double SquaredError() const { return (xx - 2.0 * xy + yy) / n; }
};

/// One side's values as numbers in rising order, so that a draw's ranks need no sorting.
class RankedSide {
 public:
  explicit RankedSide(const std::vector<double>& values) : numbers_(Numbered(values, distinct_)) {}

  /// Ranks under the pairs' weights, centred: equal values share the middle of their stretch.
  void Rank(const std::vector<double>& weights, double total) {
    ranks_.assign(distinct_, 0.0);
    for (std::size_t i = 0; i < numbers_.size(); ++i) ranks_[numbers_[i]] += weights[i];
    double below = -total / 2.0;
    for (double& rank : ranks_) {
      const double here = rank;
      rank = below + here / 2.0;
      below += here;
    }
  }
  double RankOf(std::size_t pair) const { return ranks_[numbers_[pair]]; }

 private:
  std::size_t distinct_ = 0;
  std::vector<std::size_t> numbers_;
  std::vector<double> ranks_;
};

/// The figures of each draw that has them.
struct Draws {
  std::vector<double> pearson, spearman, squared_error;
};

void Keep(std::vector<double>& values, const std::optional<double>& value) {
  if (value) values.push_back(*value);
}

/// How often each of `count` speakers is drawn.
std::vector<double> DrawSpeakers(std::size_t count, Random& random) {
  std::vector<double> times(count, 0.0);
  for (std::size_t i = 0; i < count; ++i) times[random.Below(count)] += 1.0;
  return times;
}

Draws DrawAll(const Pairs& pairs, const std::vector<std::size_t>& speaker, std::size_t speakers,
              std::size_t draws, std::uint64_t seed) {
  Draws drawn;
  RankedSide predicted(pairs.predicted), rated(pairs.rated);
  Random random(seed);
  std::vector<double> weights(pairs.size());
  for (std::size_t d = 0; d < draws; ++d) {
    const std::vector<double> times = DrawSpeakers(speakers, random);
    Sums values, ranks;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      weights[i] = times[speaker[i]];
      values.Add(weights[i], pairs.predicted[i], pairs.rated[i]);
    }
    predicted.Rank(weights, values.n);
    rated.Rank(weights, values.n);
    for (std::size_t i = 0; i < pairs.size(); ++i)
      ranks.Add(weights[i], predicted.RankOf(i), rated.RankOf(i));
    Keep(drawn.pearson, values.Correlation());
    Keep(drawn.spearman, ranks.Correlation());
    drawn.squared_error.push_back(values.SquaredError());
  }
  return drawn;
}

Estimate Between(std::optional<double> value, std::vector<double> drawn, std::size_t draws) {
  Estimate estimate{.value = value, .low = std::nullopt, .high = std::nullopt};
  const double enough = (1.0 - kMayFail) * static_cast<double>(draws);
  if (!value || drawn.empty() || static_cast<double>(drawn.size()) < enough) return estimate;
  estimate.low = Quantile(drawn, kTail);
  estimate.high = Quantile(std::move(drawn), 1.0 - kTail);
  return estimate;
}

}  // namespace

Estimate MeasureShare(std::span<const ShareOf> speakers, std::size_t draws, std::uint64_t seed) {
  const auto share = [&](const std::vector<double>& times) -> std::optional<double> {
    double part = 0.0, whole = 0.0;
    for (std::size_t i = 0; i < speakers.size(); ++i) {
      part += times[i] * static_cast<double>(speakers[i].part);
      whole += times[i] * static_cast<double>(speakers[i].whole);
    }
    return whole > 0.0 ? std::optional(part / whole) : std::nullopt;
  };
  std::vector<double> drawn;
  Random random(seed);
  for (std::size_t d = 0; d < draws && speakers.size() > 1; ++d)
    Keep(drawn, share(DrawSpeakers(speakers.size(), random)));
  return Between(share(std::vector<double>(speakers.size(), 1.0)), std::move(drawn), draws);
}

Agreement MeasureAgreement(const Pairs& pairs, std::size_t draws, std::uint64_t seed) {
  Agreement agreement;
  agreement.count = pairs.size();
  if (pairs.size() == 0) return agreement;
  const auto speaker = Numbered(pairs.speaker, agreement.speakers);
  Draws drawn;
  // One speaker drawn with replacement is always the same one: no interval, not one of width 0.
  if (agreement.speakers > 1) drawn = DrawAll(pairs, speaker, agreement.speakers, draws, seed);
  agreement.pearson = Between(Pearson(pairs.predicted, pairs.rated), drawn.pearson, draws);
  agreement.spearman = Between(Spearman(pairs.predicted, pairs.rated), drawn.spearman, draws);
  agreement.squared_error =
      Between(MeanSquaredError(pairs.predicted, pairs.rated), drawn.squared_error, draws);
  return agreement;
}

}  // namespace euphone
