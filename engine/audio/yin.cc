#include "audio/yin.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

namespace euphone {
namespace {

constexpr double kThinnedRate = 8000.0;
constexpr double kCutoffHz = 1500.0;
constexpr Millis kFilterLength{3.0};
constexpr double kWindowSeconds = 0.025;
constexpr double kPriorShape = 18.0;  // Thresholds about 0.1, as Mauch and Dixon have them.
// Where every threshold is too strict, the deepest dip counts with this share of them.
constexpr double kNoDipShare = 0.01;
// So many sums side by side, which the compiler turns into vector instructions.
constexpr std::size_t kLanes = 8;

/// The share of thresholds under `value`: the distribution function of Beta(2, kPriorShape).
double ThresholdsBelow(double value) {
  const double x = std::clamp(value, 0.0, 1.0);
  return 1.0 - std::pow(1.0 - x, kPriorShape) * (1.0 + kPriorShape * x);
}

/// `count` is a multiple of kLanes.
float Product(const float* a, const float* b, std::size_t count) {
  std::array<float, kLanes> sums{};
  for (std::size_t i = 0; i < count; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) sums[lane] += a[i + lane] * b[i + lane];
  }
  return std::accumulate(sums.begin(), sums.end(), 0.0F);
}

/// Sum of squared differences; `count` is a multiple of kLanes.
float Distance(const float* a, const float* b, std::size_t count) {
  std::array<float, kLanes> sums{};
  for (std::size_t i = 0; i < count; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const float gap = a[i + lane] - b[i + lane];
      sums[lane] += gap * gap;
    }
  }
  return std::accumulate(sums.begin(), sums.end(), 0.0F);
}

std::size_t WholeLanes(double count) {
  return std::max<std::size_t>(1, static_cast<std::size_t>(count / kLanes + 0.5)) * kLanes;
}

/// A Hann-windowed sinc; its length is a multiple of kLanes.
std::vector<float> LowPass(SampleRate rate) {
  std::vector<float> filter(WholeLanes(kFilterLength.value * rate.hz / 1000.0));
  const double middle = static_cast<double>(filter.size() - 1) / 2.0;
  const double turn = 2.0 * std::numbers::pi * kCutoffHz / rate.hz;
  double sum = 0.0;
  std::vector<double> taps;
  for (std::size_t i = 0; i < filter.size(); ++i) {
    const double at = static_cast<double>(i) - middle;  // never 0: the length is even
    const double hann = 0.5 + 0.5 * std::cos(std::numbers::pi * at / (middle + 0.5));
    taps.push_back(hann * std::sin(turn * at) / at);
    sum += taps.back();
  }
  std::ranges::transform(taps, filter.begin(),
                         [sum](double tap) { return static_cast<float>(tap / sum); });
  return filter;
}

}  // namespace

Yin::Yin(PcmView pcm, SampleRate rate)
    : factor_(std::max<std::size_t>(1, static_cast<std::size_t>(rate.hz / kThinnedRate))),
      rate_(rate.hz / static_cast<double>(factor_)),
      window_(WholeLanes(kWindowSeconds * rate_)),
      shortest_(static_cast<std::size_t>(rate_ / kHighestPitchHz)),
      longest_(static_cast<std::size_t>(rate_ / kLowestPitchHz) + 1),
      margin_(window_ + longest_),
      thinned_(pcm.size() / factor_ + 2 * margin_),
      dips_(longest_ + 2) {
  const std::vector<float> filter = LowPass(rate);
  const std::size_t half = filter.size() / 2;
  std::vector<float> piece(filter.size());
  for (std::size_t i = 0; i < pcm.size() / factor_; ++i) {
    const std::size_t centre = i * factor_;
    const float* from = pcm.data() + centre - std::min(half, centre);
    if (centre < half || centre + half > pcm.size()) {
      for (std::size_t k = 0; k < piece.size(); ++k) {
        const std::size_t at = centre + k;
        piece[k] = at < half || at - half >= pcm.size() ? 0.0F : pcm[at - half];
      }
      from = piece.data();
    }
    thinned_[margin_ + i] = Product(from, filter.data(), filter.size());
  }
}

void Yin::FillDips(const float* centre) {
  double sum = 0.0;
  dips_[0] = 1.0F;
  for (std::size_t period = 1; period < dips_.size(); ++period) {
    const float* from = centre - (window_ + period) / 2;
    const float distance = Distance(from, from + period, window_);
    sum += static_cast<double>(distance);
    const double mean = sum / static_cast<double>(period);
    dips_[period] = mean > 0.0 ? static_cast<float>(static_cast<double>(distance) / mean) : 1.0F;
  }
}

std::span<const PitchCandidate> Yin::At(std::int64_t centre) {
  candidates_.clear();
  const std::size_t last = thinned_.size() - margin_ - 1;
  const std::size_t at =
      margin_ + static_cast<std::size_t>(std::max<std::int64_t>(0, centre)) / factor_;
  FillDips(thinned_.data() + std::min(at, last));
  double left = 1.0;  // The share of thresholds that have found nothing yet.
  double deepest = 1.0;
  for (std::size_t period = shortest_; period <= longest_; ++period) {
    const double before = dips_[period - 1], here = dips_[period], after = dips_[period + 1];
    if (here >= before || here > after || here >= deepest) continue;
    deepest = here;
    const double shift = 0.5 * (before - after) / (before - 2.0 * here + after);
    const double hz = rate_ / (static_cast<double>(period) + shift);
    const double found = ThresholdsBelow(here);
    candidates_.push_back({static_cast<float>(std::clamp(hz, kLowestPitchHz, kHighestPitchHz)),
                           static_cast<float>(left - found)});
    left = found;
  }
  if (!candidates_.empty())
    candidates_.back().probability += static_cast<float>(kNoDipShare * left);
  return candidates_;
}

}  // namespace euphone
