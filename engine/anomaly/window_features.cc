#include "anomaly/window_features.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "audio/spectrum.h"

namespace euphone {
namespace {

constexpr int kBandCount = 12;
constexpr double kFloorPower = 1e-30;
constexpr double kBandReach = 1e-9;  ///< Of the power: below is the rounding of the transform.
constexpr double kLeastDb = 0.1;     ///< Of a level: no sensor is steadier than that.
constexpr double kLeastOctaves = 0.05;
constexpr double kLeastPercent = 0.1;

double Db(double power) { return 10.0 * std::log10(std::max(power, kFloorPower)); }

std::vector<WindowFeature> MakeList() {
  std::vector<WindowFeature> list{{"mean", 0.0},
                                  {"rms", kLeastDb},
                                  {"peak", kLeastDb},
                                  {"crest", kLeastDb},
                                  {"kurtosis", kLeastOctaves},
                                  {"crossings", kLeastPercent},
                                  {"dominant", kLeastOctaves}};
  for (int band = 1; band <= kBandCount; ++band)
    list.push_back({"band_" + std::to_string(band), kLeastDb});
  return list;
}

struct Shape {
  double mean = 0.0, power = 0.0, fourth = 0.0, peak = 0.0, crossings = 0.0;
};

Shape ShapeOf(std::span<const float> window) {
  const auto count = static_cast<double>(window.size());
  Shape shape;
  for (const float sample : window) shape.mean += sample / count;
  bool above = window.front() >= shape.mean;
  for (const float sample : window) {
    const double value = sample - shape.mean;
    shape.power += value * value / count;
    shape.fourth += value * value * value * value / count;
    shape.peak = std::max(shape.peak, std::abs(value));
    if ((value >= 0.0) != above) shape.crossings += 100.0 / count;
    above = value >= 0.0;
  }
  return shape;
}

}  // namespace

struct WindowFeatures::Parts {
  Parts(std::size_t length, double rate) : size(length), rate_hz(rate), spectrum(length / 2 * 2) {}
  std::size_t size;
  double rate_hz;
  Spectrum spectrum;
  std::vector<float> centered;
};

WindowFeatures::WindowFeatures(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
WindowFeatures::WindowFeatures(WindowFeatures&&) noexcept = default;
WindowFeatures& WindowFeatures::operator=(WindowFeatures&&) noexcept = default;
WindowFeatures::~WindowFeatures() = default;

Result<WindowFeatures> WindowFeatures::Create(std::size_t size, double rate_hz) {
  if (!(rate_hz > 0.0) || size < kShortestWindow || size > kLongestWindow) {
    return Error{Errc::kInvalidArgument,
                 "a window of " + std::to_string(size) + " samples; choose a length that holds " +
                     std::to_string(kShortestWindow) + " to " + std::to_string(kLongestWindow)};
  }
  return WindowFeatures(std::make_unique<Parts>(size, rate_hz));
}

const std::vector<WindowFeature>& WindowFeatures::List() {
  static const std::vector<WindowFeature> list = MakeList();
  return list;
}

std::size_t WindowFeatures::size() const { return parts_->size; }

void WindowFeatures::Compute(std::span<const float> window, std::vector<float>& out) {
  const Shape shape = ShapeOf(window);
  const double peak_power = shape.peak * shape.peak;
  const auto add = [&out](double value) { out.push_back(static_cast<float>(value)); };
  add(shape.mean);
  add(Db(shape.power));
  add(Db(peak_power));
  add(Db(peak_power) - Db(shape.power));
  add(shape.power * shape.power > kFloorPower
          ? std::log2(shape.fourth / (shape.power * shape.power))
          : 0.0);
  add(shape.crossings);

  // Of the order of 1, whatever the unit: the transform works in single precision.
  const double unit = std::sqrt(std::max(shape.power, kFloorPower));
  std::vector<float>& centered = parts_->centered;
  centered.resize(parts_->spectrum.size());
  for (std::size_t i = 0; i < centered.size(); ++i)
    centered[i] = static_cast<float>((window[i] - shape.mean) / unit);
  parts_->spectrum.Analyse(centered, 0.0f);
  const auto power = parts_->spectrum.power();
  const double bin_hz = parts_->rate_hz / static_cast<double>(parts_->spectrum.size());
  const auto strongest = std::max_element(power.begin() + 1, power.end()) - power.begin();
  add(std::log2(static_cast<double>(strongest) * bin_hz));
  std::size_t end = power.size();
  for (int band = 1; band <= kBandCount; ++band) {
    const double share = std::exp2(-0.5 * band) * static_cast<double>(power.size() - 1);
    const std::size_t begin =
        band == kBandCount
            ? 1
            : std::min(end, std::max<std::size_t>(1, static_cast<std::size_t>(share + 0.5)));
    double sum = 0.0;
    for (std::size_t bin = begin; bin < end; ++bin) sum += power[bin];
    add(Db(std::max(sum, kBandReach)) + Db(unit * unit));
    end = begin;
  }
}

}  // namespace euphone
