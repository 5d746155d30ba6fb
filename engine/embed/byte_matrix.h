#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "kernels/kernels.h"

namespace euphone {

/// Rows of numbers as a ByteMatrix takes them: in 14 bits, with one scale for each row.
class QuantisedRows {
 public:
  /// Takes over what is there; the memory is kept. `numbers`: [rows, width], finite.
  void Assign(std::span<const float> numbers, std::size_t width);

  std::size_t rows() const { return scales_.size(); }
  const std::int16_t* row(std::size_t i) const { return numbers_.data() + i * width_; }
  float scale(std::size_t i) const { return scales_[i]; }
  kernels::WordRows view() const { return {numbers_.data(), scales_.data(), rows()}; }

 private:
  std::size_t width_ = 0;
  std::vector<std::int16_t> numbers_;
  std::vector<float> scales_;
};

/// A linear layer whose weights lie in a mapped file as int8, with one scale for each output.
/// Products are summed in whole numbers: the sums are the same on every machine, in whatever order
/// its compiler adds them.
struct ByteMatrix {
  /// So that 32 bits hold any sum.
  static constexpr std::size_t kMostInputs = kernels::WordWeights::kMostInputs;

  const std::int8_t* weights = nullptr;  ///< [outputs, inputs].
  std::size_t inputs = 0, outputs = 0;   ///< Inputs: at most kMostInputs.
  std::vector<float> scales = {}, bias = {};

  /// result[row, output] = bias + scales · Σ weights · rows; `result`: [rows, outputs].
  void Apply(const QuantisedRows& rows, std::span<float> result) const;
};

}  // namespace euphone
