#include "voice/correlation_frame.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>
#include <numeric>
#include <utility>

namespace euphone {
namespace {

// So many sums side by side, which the compiler turns into vector instructions.
constexpr std::size_t kLanes = 16;
constexpr std::ptrdiff_t kSincReach = 70;  // Samples to each side, as far as the curve goes.
// A peak is placed to a millionth of a sample; a parabola gets there in about 6 steps, of which a
// curve that is none takes a few more.
constexpr double kTolerance = 1e-6;
constexpr int kMostSteps = 30;

double Product(const float* a, const float* b, std::size_t count) {
  std::array<float, kLanes> sums{};
  std::size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) sums[lane] += a[i + lane] * b[i + lane];
  }
  double rest = 0.0;
  for (; i < count; ++i) rest += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  return std::accumulate(sums.begin(), sums.end(), rest);
}

double Square(float value) { return static_cast<double>(value) * static_cast<double>(value); }

// Even, and two samples shorter than the longest period: where noise puts several peaks close
// together, only this window picks the same one as Praat (docs/decisions/036-voice-constants.md).
std::size_t WindowOf(double longest) { return 2 * (static_cast<std::size_t>(longest) / 2 - 1); }

double LargestFrom(PcmView pcm, double mean) {
  double largest = 0.0;
  for (const float sample : pcm)
    largest = std::max(largest, std::abs(static_cast<double>(sample) - mean));
  return largest;
}

double MeanOf(PcmView pcm) {
  if (pcm.empty()) return 0.0;
  return std::accumulate(pcm.begin(), pcm.end(), 0.0) / static_cast<double>(pcm.size());
}

}  // namespace

CorrelationFrame::CorrelationFrame(PcmView pcm, SampleRate rate, double longest_s)
    : pcm_(pcm),
      rate_(rate.hz),
      longest_(longest_s * rate_),
      window_(WindowOf(longest_)),
      global_peak_(LargestFrom(pcm, MeanOf(pcm))),
      span_(2 * window_ + 1),
      curve_(window_ + 1) {}

CorrelationFrame::Grid CorrelationFrame::GridOf(double step_s) const {
  const double duration = static_cast<double>(pcm_.size()) / rate_;
  const double room = duration - 2.0 * longest_ / rate_;
  if (room < 0.0) return {.first_s = 0.0, .step_s = step_s, .frames = 0};
  const double steps = std::floor(room / step_s);
  return {.first_s = 0.5 * (duration - steps * step_s),
          .step_s = step_s,
          .frames = static_cast<std::size_t>(steps) + 1};
}

std::span<const CorrelationPeak> CorrelationFrame::At(double centre_s, double least,
                                                      double octave_cost) {
  const double centre = centre_s * rate_;
  const auto longest = static_cast<std::ptrdiff_t>(longest_);
  FillCurve(std::lround(centre - longest_) - 1, std::lround(centre) - longest, 2 * longest);
  summits_.clear();
  for (std::size_t lag = 2; lag + 1 < curve_.size(); ++lag) {
    const double before = curve_[lag - 1], here = curve_[lag], after = curve_[lag + 1];
    if (here <= least || here <= before || here < after) continue;
    const double bend = 2.0 * here - before - after;
    const double top = here + 0.125 * (after - before) * (after - before) / bend;
    summits_.push_back({lag, top - octave_cost * std::log2(static_cast<double>(lag))});
  }
  if (summits_.size() > kMostPeaks) {
    std::ranges::nth_element(summits_, summits_.begin() + kMostPeaks, std::greater{},
                             &Summit::worth);
    summits_.resize(kMostPeaks);
    std::ranges::sort(summits_, {}, &Summit::lag);
  }
  peaks_.clear();
  for (const Summit& summit : summits_) peaks_.push_back(Refined(summit.lag));
  return peaks_;
}

void CorrelationFrame::FillCurve(std::ptrdiff_t begin, std::ptrdiff_t mean_begin,
                                 std::ptrdiff_t mean_count) {
  const auto size = static_cast<std::ptrdiff_t>(pcm_.size());
  const std::ptrdiff_t from = std::clamp<std::ptrdiff_t>(mean_begin, 0, size);
  const std::ptrdiff_t to = std::clamp<std::ptrdiff_t>(mean_begin + mean_count, from, size);
  const auto mean = static_cast<float>(
      MeanOf(pcm_.subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from))));
  for (std::size_t i = 0; i < span_.size(); ++i) {
    const std::ptrdiff_t at = begin + static_cast<std::ptrdiff_t>(i);
    span_[i] = (at < 0 || at >= size ? 0.0F : pcm_[static_cast<std::size_t>(at)]) - mean;
  }
  const std::size_t half = window_ / 2;
  local_peak_ = LargestFrom(std::span(span_).subspan(half, window_), 0.0);

  const double own = Product(span_.data(), span_.data(), window_);
  double other = own;
  for (std::size_t lag = 0; lag < curve_.size(); ++lag) {
    const double norm = std::sqrt(own * std::max(0.0, other));
    curve_[lag] = norm > 0.0 ? Product(span_.data(), span_.data() + lag, window_) / norm : 0.0;
    other += Square(span_[lag + window_]) - Square(span_[lag]);
  }
}

/// Hann-windowed sin(x)/x, over fewer samples near the curve's end; the curve is taken for
/// symmetric about lag 0.
double CorrelationFrame::Interpolated(double lag) const {
  const auto middle = static_cast<std::ptrdiff_t>(std::floor(lag));
  const double fraction = lag - static_cast<double>(middle);
  if (fraction < 1e-9) return curve_[static_cast<std::size_t>(middle)];
  const std::ptrdiff_t reach = std::min(kSincReach, std::ssize(curve_) - 1 - middle);
  const double first_sine = std::sin(std::numbers::pi * fraction) / std::numbers::pi;
  double sum = 0.0;
  for (const std::ptrdiff_t side : {-1, 1}) {
    const double nearest = side < 0 ? fraction : 1.0 - fraction;
    // The window's cosine turns by the same angle from tap to tap: cos(a + b) = 2 cos(b) cos(a) − …
    const double turn = std::numbers::pi / (nearest + static_cast<double>(reach));
    const double twice = 2.0 * std::cos(turn);
    double cosine = std::cos(turn * nearest), before = std::cos(turn * (nearest - 1.0));
    double sine = first_sine;
    std::ptrdiff_t at = side < 0 ? middle : middle + 1;
    for (std::ptrdiff_t i = 0; i < reach; ++i, at += side) {
      sum += sine / (nearest + static_cast<double>(i)) * (0.5 + 0.5 * cosine) *
             curve_[static_cast<std::size_t>(std::abs(at))];
      const double next = twice * cosine - before;
      before = cosine;
      cosine = next;
      sine = -sine;
    }
  }
  return sum;
}

/// The top of the curve within a sample of `lag`, by Brent's search (1973): parabolas through the
/// three best points, and a golden section where these lead nowhere.
CorrelationPeak CorrelationFrame::Refined(std::size_t lag) const {
  constexpr double kGolden = 0.381966011250105;  // The smaller part.
  struct Point {
    double at;
    double height;
  };
  const auto middle = static_cast<double>(lag);
  double low = middle - 1.0, high = middle + 1.0, step = 0.0, before_last = 0.0;
  Point best{middle, curve_[lag]}, second{low, curve_[lag - 1]}, third{high, curve_[lag + 1]};
  if (third.height > second.height) std::swap(second, third);
  for (int i = 0; i < kMostSteps; ++i) {
    const double centre = 0.5 * (low + high);
    if (std::abs(best.at - centre) <= 2.0 * kTolerance - 0.5 * (high - low)) break;
    const double r = (best.at - second.at) * (best.height - third.height);
    const double q = (best.at - third.at) * (best.height - second.height);
    const double bend = 2.0 * (q - r);
    const double shift =
        bend != 0.0 ? ((best.at - second.at) * r - (best.at - third.at) * q) / bend : 0.0;
    const double aim = best.at + shift;
    const bool parabolic = bend != 0.0 && aim > low && aim < high &&
                           (i < 2 || std::abs(shift) < 0.5 * std::abs(before_last));
    before_last = i == 0 ? 1.0 : step;
    step = parabolic ? shift : kGolden * ((best.at < centre ? high : low) - best.at);
    if (std::abs(step) < kTolerance) step = step < 0.0 ? -kTolerance : kTolerance;
    const Point next{best.at + step, Interpolated(best.at + step)};
    if (next.height >= best.height) {
      (step < 0.0 ? high : low) = best.at;
      third = std::exchange(second, std::exchange(best, next));
    } else {
      (step < 0.0 ? low : high) = next.at;
      if (next.height >= second.height) {
        third = std::exchange(second, next);
      } else if (next.height >= third.height) {
        third = next;
      }
    }
  }
  return {.lag_s = best.at / rate_, .strength = std::min(1.0, best.height)};
}

}  // namespace euphone
