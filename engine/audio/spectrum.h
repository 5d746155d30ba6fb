#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace euphone {

/// Power spectrum and autocorrelation of Hann-windowed frames of one size, through a real FFT
/// (kissfft). Thread: one at a time.
class Spectrum {
 public:
  /// `size` must be even and at least 4.
  explicit Spectrum(std::size_t size);
  Spectrum(Spectrum&&) noexcept;
  ~Spectrum();

  std::size_t size() const { return window_.size(); }
  std::size_t bins() const { return window_.size() / 2 + 1; }

  /// Analyses `frame`, of size() samples, taking `offset` off each. Afterwards power() sums to
  /// the mean square of the frame, as far as the window lets it.
  void Analyse(std::span<const float> frame, float offset);

  /// [bins()]: power at bin * rate / size().
  std::span<const float> power() const { return power_; }

  /// The autocorrelation of the last frame at each lag from 0 to size() / 2, divided by the value
  /// at 0 and by that of the window, as in Boersma (1993): 1 at the period of a steady tone.
  /// All 0 for silence.
  std::span<const float> Autocorrelation();

 private:
  struct Transforms;

  std::vector<float> window_;
  std::vector<float> window_correlation_;
  std::vector<float> buffer_;
  std::vector<float> power_;
  std::unique_ptr<Transforms> transforms_;
};

}  // namespace euphone
