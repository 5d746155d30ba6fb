#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/units.h"

namespace euphone {

/// A lag at which a stretch of sound resembles itself.
struct CorrelationPeak {
  double lag_s = 0.0;
  double strength = 0.0;  ///< Normalised correlation there: at most 1, which is a perfect period.
};

/// Forward cross-correlation of one window of a recording with what follows it: r(lag) =
/// Σ x(t) x(t + lag) / sqrt(Σ x²(t) Σ x²(t + lag)), over a window of one longest period, after the
/// local mean is taken off. The span of window and longest lag is centred on the frame, so that the
/// two periods that are compared lie about it (Boersma 1993 and the Praat manual, 'Sound: To Pitch
/// (cc)'). Peaks are placed between samples by sin(x)/x interpolation, without which a clean voice
/// comes out noisy. Internal to this module. Thread: one at a time.
class CorrelationFrame {
 public:
  /// Keeps a view of `pcm`, not a copy. Lags: from `shortest_s` to `longest_s`.
  CorrelationFrame(PcmView pcm, SampleRate rate, double shortest_s, double longest_s);

  /// Where the first frame of a recording stands and how many fit, a frame each `step_s`, centred
  /// in it. None where it is shorter than two longest periods.
  struct Grid {
    double first_s = 0.0;
    double step_s = 0.0;
    std::size_t frames = 0;
    double TimeOf(std::size_t frame) const { return first_s + step_s * static_cast<double>(frame); }
  };
  Grid GridOf(double step_s) const;

  /// Peaks over `least`, by rising lag. `centre_s` is one of a Grid. Valid until the next call.
  std::span<const CorrelationPeak> At(double centre_s, double least);

  /// Largest deviation from the mean within half a longest period of the last frame's centre.
  double local_peak() const { return local_peak_; }
  /// The same of the whole recording.
  double global_peak() const { return global_peak_; }

 private:
  /// The window lies from `begin` on; the mean is that of `mean_count` samples from `mean_begin` on.
  void FillCurve(std::ptrdiff_t begin, std::ptrdiff_t mean_begin, std::ptrdiff_t mean_count);
  double Interpolated(double lag) const;
  CorrelationPeak Refined(std::size_t lag) const;

  PcmView pcm_;
  double rate_;
  double shortest_;  ///< Lag in samples, as the next three.
  double longest_;
  std::size_t window_;
  std::size_t reach_;  ///< Longest lag with what interpolation needs beyond it.
  double global_peak_ = 0.0;
  double local_peak_ = 0.0;
  std::vector<float> span_;    ///< The frame's samples without their mean.
  std::vector<double> curve_;  ///< r at each whole lag from 0 to reach_.
  std::vector<CorrelationPeak> peaks_;
};

}  // namespace euphone
