#include "audio/spectrum.h"

#include <kiss_fftr.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace euphone {

// Twice the frame, so that the autocorrelation does not wrap round.
struct Spectrum::Transforms {
  struct Free {
    void operator()(kiss_fftr_cfg plan) const { kiss_fftr_free(plan); }
  };
  using Plan = std::unique_ptr<kiss_fftr_state, Free>;

  explicit Transforms(int padded)
      : forward(kiss_fftr_alloc(padded, 0, nullptr, nullptr)),
        inverse(kiss_fftr_alloc(padded, 1, nullptr, nullptr)),
        bins(static_cast<std::size_t>(padded / 2 + 1)) {}

  Plan forward;
  Plan inverse;
  std::vector<kiss_fft_cpx> bins;
};

Spectrum::Spectrum(std::size_t size)
    : window_(size),
      buffer_(2 * size),
      power_(size / 2 + 1),
      transforms_(std::make_unique<Transforms>(static_cast<int>(2 * size))) {
  for (std::size_t i = 0; i < size; ++i) {
    const double turn = 2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(size);
    window_[i] = static_cast<float>(0.5 - 0.5 * std::cos(turn));
  }
  const std::vector<float> ones(size, 1.0f);
  window_correlation_.assign(size / 2 + 1, 1.0f);
  Analyse(ones, 0.0f);
  const auto correlation = Autocorrelation();
  window_correlation_.assign(correlation.begin(), correlation.end());
}

Spectrum::Spectrum(Spectrum&&) noexcept = default;
Spectrum::~Spectrum() = default;

void Spectrum::Analyse(std::span<const float> frame, float offset) {
  for (std::size_t i = 0; i < window_.size(); ++i) buffer_[i] = (frame[i] - offset) * window_[i];
  std::fill(buffer_.begin() + std::ssize(window_), buffer_.end(), 0.0f);
  std::vector<kiss_fft_cpx>& bins = transforms_->bins;
  kiss_fftr(transforms_->forward.get(), buffer_.data(), bins.data());
  for (kiss_fft_cpx& bin : bins) bin = {bin.r * bin.r + bin.i * bin.i, 0.0f};
  // A Hann window keeps 3/8 of the power; every frequency but 0 and the highest stands for two.
  const auto length = static_cast<float>(size());
  const float scale = 2.0f / (0.375f * length * length);
  for (std::size_t i = 0; i < power_.size(); ++i) power_[i] = bins[2 * i].r * scale;
  power_.front() *= 0.5f;
  power_.back() *= 0.5f;
}

std::span<const float> Spectrum::Autocorrelation() {
  kiss_fftri(transforms_->inverse.get(), transforms_->bins.data(), buffer_.data());
  const float whole = buffer_.front();
  for (std::size_t lag = 0; lag < window_correlation_.size(); ++lag) {
    buffer_[lag] = whole > 0.0f ? buffer_[lag] / (whole * window_correlation_[lag]) : 0.0f;
  }
  return std::span(buffer_).first(window_correlation_.size());
}

}  // namespace euphone
