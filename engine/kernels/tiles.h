#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/kernels.h"

// How rows are taken several at a time, so that a weight is loaded once for all of them. Compiled
// anew for each set of instructions, as float_body.h.
namespace euphone::kernels {
namespace {

/// Calls `tile.template operator()<kRows>(row)` for all rows: kMost at a time, then those left.
template <std::size_t kMost, class Tile>
inline void InTiles(std::size_t count, Tile tile) {
  static_assert(kMost == 3 || kMost == 4);
  std::size_t row = 0;
  for (; row + kMost <= count; row += kMost) tile.template operator()<kMost>(row);
  if constexpr (kMost > 3) {
    if (count - row == 3) tile.template operator()<3>(row);
  }
  if (count - row == 2) tile.template operator()<2>(row);
  if (count - row == 1) tile.template operator()<1>(row);
}

inline float FinishWord(const WordWeights& w, const WordRows& rows, std::size_t row,
                        std::size_t output, std::int32_t sum) {
  const float number = w.scales[output] * rows.scales[row] * static_cast<float>(sum);
  return w.bias == nullptr ? number : w.bias[output] + number;
}

/// Products with words by `Sums`, which adds kStep of them to its lanes at a time: Load() of
/// weights, Add() of those and words, Total().
template <class Sums>
inline void MultiplyWordsBy(const WordWeights& w, const WordRows& rows, float* result,
                            std::size_t stride) {
  InTiles<4>(rows.count, [&]<std::size_t kRows>(std::size_t row) {
    const std::int16_t* const words = rows.words + row * w.inputs;
    for (std::size_t output = 0; output < w.outputs; ++output) {
      const std::int8_t* const weights = w.weights + output * w.inputs;
      Sums sums[kRows];
      std::size_t i = 0;
      for (; i + Sums::kStep <= w.inputs; i += Sums::kStep) {
        const auto some = Sums::Load(weights + i);
        for (std::size_t r = 0; r < kRows; ++r) sums[r].Add(some, words + r * w.inputs + i);
      }
      for (std::size_t r = 0; r < kRows; ++r) {
        std::int32_t sum = sums[r].Total();
        for (std::size_t j = i; j < w.inputs; ++j) sum += words[r * w.inputs + j] * weights[j];
        result[(row + r) * stride + output] = FinishWord(w, rows, row + r, output, sum);
      }
    }
  });
}

}  // namespace
}  // namespace euphone::kernels
