#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "kernels/float_lanes.h"
#include "kernels/float_rows.h"
#include "kernels/kernels.h"
#include "kernels/tiles.h"

// What every source for a set of instructions includes: products of floats, and what follows the
// sums of the products that it has of its own.
namespace euphone::kernels {
namespace {

/// `kRows` rows by `kVectors` vectors of columns from `column` on.
template <std::size_t kRows, std::size_t kVectors>
inline void FloatTile(const FloatWeights& w, const FloatRows& rows, std::size_t row,
                      std::size_t column, float* result, std::size_t stride) {
  Floats sums[kRows][kVectors] = {};
  const float* weights = w.weights + column;
  const float* from = rows.numbers + row * rows.stride;
  for (std::size_t k = 0; k < w.inputs; ++k, weights += w.stride) {
    Floats some[kVectors];
    for (std::size_t v = 0; v < kVectors; ++v) some[v] = Load(weights + v * kLanes);
    for (std::size_t r = 0; r < kRows; ++r) {
      const float number = from[r * rows.stride + k];
      for (std::size_t v = 0; v < kVectors; ++v) sums[r][v] += some[v] * number;
    }
  }
  for (std::size_t r = 0; r < kRows; ++r) {
    for (std::size_t v = 0; v < kVectors; ++v)
      Store(sums[r][v], result + (row + r) * stride + column + v * kLanes);
  }
}

template <std::size_t kVectors>
inline void FloatColumns(const FloatWeights& w, const FloatRows& rows, std::size_t column,
                         float* result, std::size_t stride) {
  InTiles<4>(rows.count, [&]<std::size_t kRows>(std::size_t row) {
    FloatTile<kRows, kVectors>(w, rows, row, column, result, stride);
  });
}

inline void MultiplyFloats(const FloatWeights& w, const FloatRows& rows, float* result,
                           std::size_t stride) {
  std::size_t column = 0;
#if EUPHONE_LANES == 16
  for (; column + 3 * kPanel <= w.columns; column += 3 * kPanel)
    FloatColumns<3>(w, rows, column, result, stride);
#endif
  for (; column < w.columns; column += kPanel)
    FloatColumns<kParts>(w, rows, column, result, stride);
}

/// Σ of the bytes of a row.
inline std::int32_t SumOfBytes(const std::uint8_t* bytes, std::size_t count) {
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += bytes[i];
  return sum;
}

/// Sums of bytes · weights of one row and a panel, as they are without zeros, into numbers.
inline void FinishPanel(const ByteWeights& w, const ByteRows& rows, std::size_t panel,
                        std::int32_t row_sum, std::int32_t zero, const std::int32_t* sums,
                        float* result) {
  const std::size_t first = panel * kPanel;
  float numbers[kPanel];
  for (std::size_t i = 0; i < kPanel; ++i) {
    const std::size_t o = first + i;
    const std::int32_t whole = sums[i] - zero * w.sums[o] - w.zeros[o] * row_sum;
    numbers[i] = static_cast<float>(whole) * (rows.scale * w.scales[o]);
  }
  if (w.bias != nullptr) {
    for (std::size_t i = 0; i < kPanel; ++i) numbers[i] += w.bias[first + i];
  }
  const std::size_t count = w.outputs - first < kPanel ? w.outputs - first : kPanel;
  std::memcpy(result + first, numbers, count * sizeof(float));
}

}  // namespace
}  // namespace euphone::kernels

/// The table of a source that has MultiplyBytes and MultiplyWords of its own.
#define EUPHONE_KERNELS(called)                                                                \
  {                                                                                            \
    .name = called, .multiply_bytes = MultiplyBytes, .multiply_words = MultiplyWords,          \
    .multiply_floats = MultiplyFloats, .quantise_bytes = QuantiseBytes,                        \
    .quantise_words = QuantiseWords, .range = Range, .gelu = Gelu, .tanh = Tanh,               \
    .softmax = Softmax, .log_softmax = LogSoftmax, .normalise = Normalise, .moments = Moments, \
    .add = Add, .scale_and_shift = ScaleAndShift                                               \
  }
