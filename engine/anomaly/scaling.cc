#include "anomaly/scaling.h"

#include <algorithm>
#include <cmath>

namespace euphone {
namespace {

constexpr double kLeastShare = 0.001;
constexpr double kTiny = 1e-9;

}  // namespace

void RunningMoments::Add(double value) {
  ++count_;
  const double before = value - mean_;
  mean_ += before / static_cast<double>(count_);
  squares_ += before * (value - mean_);
}

double RunningMoments::variance() const {
  return count_ < 2 ? 0.0 : squares_ / static_cast<double>(count_ - 1);
}

double MedianOf(std::vector<double> values) {
  return values.empty() ? 0.0 : QuantileOf(std::move(values), 0.5);
}

double QuantileOf(std::vector<double> values, double rank) {
  std::sort(values.begin(), values.end());
  const double place = rank * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

std::vector<double> Scaling::Apply(std::span<const float> row) const {
  std::vector<double> scaled(row.size());
  for (std::size_t i = 0; i < row.size(); ++i) scaled[i] = (row[i] - center[i]) / scale[i];
  return scaled;
}

Scaling FitScaling(const Matrix& data, ScalingKind kind, std::span<const double> least) {
  Scaling scaling;
  std::vector<double> column(data.rows);
  for (std::size_t c = 0; c < data.columns; ++c) {
    RunningMoments moments;
    for (std::size_t r = 0; r < data.rows; ++r) {
      column[r] = data.at(r, c);
      moments.Add(column[r]);
    }
    double center = moments.mean();
    double scale = std::sqrt(moments.variance());
    if (kind == ScalingKind::kRobust) {
      center = MedianOf(column);
      for (double& value : column) value = std::abs(value - center);
      scale = kDeviationsInMedian * MedianOf(column);
    }
    scaling.center.push_back(center);
    scaling.scale.push_back(std::max({scale, least[c], kLeastShare * std::abs(center), kTiny}));
  }
  return scaling;
}

}  // namespace euphone
