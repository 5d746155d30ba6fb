#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace euphone {

/// A dense row-major table of floats, [rows, columns]; here mostly log-probabilities, [frames,
/// classes].
struct Matrix {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<float> values;  ///< rows * columns of them.

  static Matrix Filled(std::size_t rows, std::size_t columns, float value) {
    return {rows, columns, std::vector<float>(rows * columns, value)};
  }
  std::span<const float> row(std::size_t r) const { return {values.data() + r * columns, columns}; }
  std::span<float> row(std::size_t r) { return {values.data() + r * columns, columns}; }
  float at(std::size_t r, std::size_t c) const { return values[r * columns + c]; }
};

}  // namespace euphone
