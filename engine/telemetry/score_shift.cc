#include "telemetry/score_shift.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace euphone {
namespace {

constexpr double kLeastShare = 0.05;

double SumOf(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// How likely χ² is to exceed `value`: E. B. Wilson and M. M. Hilferty's cube root (1931).
double ChiSquareBeyond(double value, double degrees) {
  const double spread = 2.0 / (9.0 * degrees);
  const double z = (std::cbrt(value / degrees) - (1.0 - spread)) / std::sqrt(spread);
  return 0.5 * std::erfc(z / std::sqrt(2.0));
}

/// Kolmogorov's distribution.
double KolmogorovBeyond(double lambda) {
  if (lambda < 0.3) return 1.0;
  double sum = 0.0;
  for (int k = 1; k <= 100; ++k) {
    const double term = std::exp(-2.0 * k * k * lambda * lambda);
    sum += k % 2 == 1 ? term : -term;
    if (term < 1e-12) break;
  }
  return std::clamp(2.0 * sum, 0.0, 1.0);
}

/// How much more the mean score, counted in buckets, varies between clusters than independent draws
/// would.
double EffectOnLevel(std::span<const Histogram> clusters, const std::vector<double>& counts) {
  const double total = SumOf(counts);
  double mean = 0.0;
  for (std::size_t i = 0; i < counts.size(); ++i)
    mean += static_cast<double>(i) * counts[i] / total;
  double spread = 0.0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double off = static_cast<double>(i) - mean;
    spread += off * off * counts[i] / total;
  }
  if (spread <= 0.0) return 0.0;
  double squares = 0.0;
  for (const Histogram& cluster : clusters) {
    double off = 0.0;
    for (std::size_t i = 0; i < counts.size(); ++i)
      off += (static_cast<double>(i) - mean) * static_cast<double>(cluster.counts()[i]);
    squares += off * off;
  }
  const auto many = static_cast<double>(clusters.size());
  return many / (many - 1.0) * squares / (total * spread);
}

/// Rao and Scott's mean design effect; 0 where it cannot be told.
double EffectOnShares(std::span<const Histogram> clusters, const std::vector<double>& counts) {
  const double total = SumOf(counts);
  const auto many = static_cast<double>(clusters.size());
  double sum = 0.0;
  double cells = 0.0;
  for (std::size_t bucket = 0; bucket < counts.size(); ++bucket) {
    const double share = counts[bucket] / total;
    if (share <= 0.0 || share >= 1.0) continue;
    double squares = 0.0;
    for (const Histogram& cluster : clusters) {
      const double off = static_cast<double>(cluster.counts()[bucket]) -
                         share * static_cast<double>(cluster.count());
      squares += off * off;
    }
    const double variance = many / (many - 1.0) * squares / (total * total);
    sum += (1.0 - share) * variance / (share * (1.0 - share) / total);
    cells += 1.0;
  }
  return cells > 1.0 ? sum / (cells - 1.0) : 0.0;
}

/// Edges between which the reference holds enough: index of the first bucket of each group.
std::vector<std::size_t> Groups(const std::vector<double>& counts) {
  const double least = kLeastShare * SumOf(counts);
  std::vector<std::size_t> begins = {0};
  double held = 0.0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (held >= least) {
      begins.push_back(i);
      held = 0.0;
    }
    held += counts[i];
  }
  if (held < least && begins.size() > 1) begins.pop_back();
  return begins;
}

/// Shares by group, half a draw added to each so that none is empty.
std::vector<double> Shares(const ScoreSample& sample, const std::vector<std::size_t>& begins) {
  const double total = SumOf(sample.counts);
  const double all = sample.effective + 0.5 * static_cast<double>(begins.size());
  std::vector<double> shares;
  for (std::size_t group = 0; group < begins.size(); ++group) {
    const std::size_t end = group + 1 < begins.size() ? begins[group + 1] : sample.counts.size();
    double held = 0.0;
    for (std::size_t i = begins[group]; i < end; ++i) held += sample.counts[i];
    shares.push_back((held / total * sample.effective + 0.5) / all);
  }
  return shares;
}

}  // namespace

ScoreSample SampleOf(std::span<const Histogram> clusters, double likeness) {
  ScoreSample sample{.counts = std::vector<double>(kScoreBounds.size() + 1)};
  double squares = 0.0;
  std::size_t filled = 0;
  for (const Histogram& cluster : clusters) {
    const auto size = static_cast<double>(cluster.count());
    squares += size * size;
    filled += size > 0 ? 1 : 0;
    for (std::size_t i = 0; i < sample.counts.size(); ++i)
      sample.counts[i] += static_cast<double>(cluster.counts()[i]);
  }
  const double total = SumOf(sample.counts);
  if (total <= 0.0) return sample;
  const double usual = squares / total;  // draws of a cluster, as a draw sees it
  const double kish = std::clamp(1.0 + (usual - 1.0) * likeness, 1.0, total);
  double shares = kish;
  double level = kish;
  if (filled >= kEnoughClusters) {
    level = std::clamp(EffectOnLevel(clusters, sample.counts), kish, total);
    shares = std::clamp(EffectOnShares(clusters, sample.counts), 1.0, level);
  }
  sample.effective = total / shares;
  sample.effective_level = total / level;
  sample.likeness = usual > 1.0 ? std::clamp((level - 1.0) / (usual - 1.0), 0.0, 1.0) : 0.0;
  return sample;
}

double ScoreShift::evident() const {
  const bool by_psi = psi_p < kChanceOfShift;
  const bool by_ks = ks_p < kChanceOfShift && ks >= kLeastKs;
  return enough && (by_psi || by_ks) ? std::max(0.0, psi - psi_chance) : 0.0;
}

ScoreShift CompareScores(const ScoreSample& reference, const ScoreSample& now) {
  ScoreShift shift;
  const double before = SumOf(reference.counts);
  const double after = SumOf(now.counts);
  if (before <= 0.0 || after <= 0.0 || reference.effective_level <= 0.0 ||
      now.effective_level <= 0.0)
    return shift;
  shift.enough = std::min(reference.effective_level, now.effective_level) >= kLeastEffective;

  const auto begins = Groups(reference.counts);
  const auto p = Shares(reference, begins);
  const auto q = Shares(now, begins);
  for (std::size_t i = 0; i < p.size(); ++i) shift.psi += (q[i] - p[i]) * std::log(q[i] / p[i]);
  const double level_noise = 1.0 / reference.effective_level + 1.0 / now.effective_level;
  if (p.size() > 1) {
    // The level of all scores varies by so much, the other ways to differ by what is left.
    const double noise = 1.0 / reference.effective + 1.0 / now.effective;
    const auto ways = static_cast<double>(p.size() - 1);
    const double others = p.size() > 2 ? std::max(0.0, ways * noise - level_noise) : 0.0;
    const double sum = level_noise + others;
    const double squares =
        level_noise * level_noise + (p.size() > 2 ? others * others / (ways - 1.0) : 0.0);
    shift.psi_chance = sum;
    shift.psi_p = ChiSquareBeyond(shift.psi * sum / squares, sum * sum / squares);
  }

  double below_before = 0.0;
  double below_after = 0.0;
  for (std::size_t i = 0; i < reference.counts.size(); ++i) {
    below_before += reference.counts[i] / before;
    below_after += now.counts[i] / after;
    shift.ks = std::max(shift.ks, std::abs(below_before - below_after));
  }
  const double root = std::sqrt(1.0 / level_noise);
  shift.ks_p = KolmogorovBeyond((root + 0.12 + 0.11 / root) * shift.ks);
  return shift;
}

}  // namespace euphone
