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

/// Rows [first, last) of `from` after those of `to`, which may be empty.
inline void AppendRows(const Matrix& from, std::size_t first, std::size_t last, Matrix& to) {
  const auto at = [&](std::size_t row) {
    return from.values.begin() + static_cast<std::ptrdiff_t>(row * from.columns);
  };
  to.columns = from.columns;
  to.rows += last - first;
  to.values.insert(to.values.end(), at(first), at(last));
}

}  // namespace euphone
