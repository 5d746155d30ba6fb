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
/// Σ x(t) x(t + lag) / sqrt(Σ x²(t) Σ x²(t + lag)), after the mean of one longest period to each
/// side of the frame is taken off. The window is even and two or three samples shorter than the
/// longest period, and lags go up to its length. That this is a forward cross-correlation over one
/// longest period is in the Praat manual ('Sound: To Pitch (cc)'; Boersma (1993) has
/// autocorrelation, and only what is made of the peaks is his); to the sample it was measured
/// (docs/decisions/036-voice-constants.md). Peaks are placed between samples by sin(x)/x
/// interpolation over 70 samples to each side, fewer near the longest lag (manual, 'vector value
/// interpolation'), without which a clean voice comes out noisy. Internal to this module. Thread:
/// one at a time.
class CorrelationFrame {
 public:
  /// So many peaks of a frame are looked at, the highest ones.
  static constexpr std::size_t kMostPeaks = 14;

  /// Keeps a view of `pcm`, not a copy. Lags: from two samples to three less than `longest_s` has.
  CorrelationFrame(PcmView pcm, SampleRate rate, double longest_s);

  /// Where the first frame of a recording stands and how many fit, a frame each `step_s`, centred
  /// in it. None where it is shorter than two longest periods.
  struct Grid {
    double first_s = 0.0;
    double step_s = 0.0;
    std::size_t frames = 0;
    double TimeOf(std::size_t frame) const { return first_s + step_s * static_cast<double>(frame); }
  };
  Grid GridOf(double step_s) const;

  /// Peaks over `least`, by rising lag; where there are more than kMostPeaks, those that are
  /// highest when each octave of lag costs `octave_cost`. `centre_s` is one of a Grid. Valid until
  /// the next call.
  std::span<const CorrelationPeak> At(double centre_s, double least, double octave_cost);

  /// Largest deviation from the mean within half a longest period of the last frame's centre.
  double local_peak() const { return local_peak_; }
  /// The same of the whole recording.
  double global_peak() const { return global_peak_; }

 private:
  /// A whole lag that is higher than its neighbours.
  struct Summit {
    std::size_t lag;
    double worth;
  };

  /// The window lies from `begin` on; the mean is that of `mean_count` samples from `mean_begin`
  /// on.
  void FillCurve(std::ptrdiff_t begin, std::ptrdiff_t mean_begin, std::ptrdiff_t mean_count);
  double Interpolated(double lag) const;
  CorrelationPeak Refined(std::size_t lag) const;

  PcmView pcm_;
  double rate_;
  double longest_;  ///< In samples, as the next.
  std::size_t window_;
  double global_peak_ = 0.0;
  double local_peak_ = 0.0;
  std::vector<float> span_;    ///< The frame's samples without their mean.
  std::vector<double> curve_;  ///< r at each whole lag from 0 to window_.
  std::vector<Summit> summits_;
  std::vector<CorrelationPeak> peaks_;
};

}  // namespace euphone
