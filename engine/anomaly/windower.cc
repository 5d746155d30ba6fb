#include "anomaly/windower.h"

#include <cmath>
#include <utility>

namespace euphone {

Windower::Windower(WindowFeatures features, std::size_t channels, double rate_hz)
    : features_(std::move(features)), rate_hz_(rate_hz), held_(channels) {}

Result<Windower> Windower::Create(std::size_t channels, double rate_hz, double window_s) {
  if (channels == 0) return Error{Errc::kInvalidArgument, "no channel to watch"};
  const double samples = window_s * rate_hz;
  if (!(samples < 1e9)) return Error{Errc::kInvalidArgument, "choose a shorter window"};
  auto features = WindowFeatures::Create(static_cast<std::size_t>(std::lround(samples)), rate_hz);
  if (!features) return features.error();
  return Windower(std::move(*features), channels, rate_hz);
}

std::vector<std::string> Windower::Names(const std::vector<std::string>& channels) {
  std::vector<std::string> names;
  for (const std::string& channel : channels)
    for (const WindowFeature& feature : WindowFeatures::List())
      names.push_back(channel + "." + feature.name);
  return names;
}

std::vector<double> Windower::LeastScales(std::size_t channels) {
  std::vector<double> scales;
  for (std::size_t channel = 0; channel < channels; ++channel)
    for (const WindowFeature& feature : WindowFeatures::List())
      scales.push_back(feature.least_scale);
  return scales;
}

bool Windower::Push(std::span<const float> instant) {
  for (std::size_t channel = 0; channel < held_.size(); ++channel)
    held_[channel].push_back(instant[channel]);
  ++instants_;
  if (held_.front().size() < features_.size()) return false;
  window_.features.clear();
  for (std::vector<float>& samples : held_) {
    features_.Compute(samples, window_.features);
    samples.clear();
  }
  window_.end_s = skipped_s_ + static_cast<double>(instants_) / rate_hz_;
  window_.start_s = window_.end_s - static_cast<double>(features_.size()) / rate_hz_;
  return true;
}

void Windower::Skip(double seconds) {
  for (std::vector<float>& samples : held_) samples.clear();
  skipped_s_ += seconds;
}

}  // namespace euphone
