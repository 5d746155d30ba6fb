#pragma once

#if defined(__aarch64__)
#define EUPHONE_LANES 4
#include <arm_neon.h>

#include "kernels/float_body.h"
#include "kernels/variants.h"

// Products on ARM, compiled without and with its instructions for sums of four products.
namespace euphone::kernels {
namespace {

/// Four outputs of a panel and a group of a row, whose bytes are offset by 128 to have a sign.
#if defined(__ARM_FEATURE_DOTPROD)
struct FourSums {
  int32x4_t sums = vdupq_n_s32(0);
  void Add(int8x16_t weights, int8x16_t bytes) { sums = vdotq_s32(sums, weights, bytes); }
  int32x4_t Get() const { return sums; }
};
#else
struct FourSums {
  int32x4_t first = vdupq_n_s32(0), second = vdupq_n_s32(0);  ///< Of pairs.
  void Add(int8x16_t weights, int8x16_t bytes) {
    first = vpadalq_s16(first, vmull_s8(vget_low_s8(weights), vget_low_s8(bytes)));
    second = vpadalq_s16(second, vmull_high_s8(weights, bytes));
  }
  int32x4_t Get() const { return vpaddq_s32(first, second); }
};
#endif

template <std::size_t kRows>
inline void ByteTile(const ByteWeights& w, const ByteRows& rows, std::size_t row, float* result,
                     std::size_t stride) {
  const std::uint8_t* const from = rows.bytes + row * rows.stride;
  std::int32_t row_sums[kRows];
  for (std::size_t r = 0; r < kRows; ++r) {
    row_sums[r] =
        SumOfBytes(from + r * rows.stride, w.inputs) - 128 * static_cast<std::int32_t>(w.inputs);
  }
  const std::int8_t* weights = w.weights;
  for (std::size_t panel = 0; panel * kPanel < w.outputs; ++panel) {
    FourSums fours[kRows][4];
    for (std::size_t k = 0; k < w.inputs; k += kGroup, weights += kPanel * kGroup) {
      int8x16_t bytes[kRows];
      for (std::size_t r = 0; r < kRows; ++r) {
        std::uint32_t group;
        std::memcpy(&group, from + r * rows.stride + k, sizeof group);
        bytes[r] = vreinterpretq_s8_u32(vdupq_n_u32(group ^ 0x80808080U));
      }
      for (std::size_t v = 0; v < 4; ++v) {
        const int8x16_t some = vld1q_s8(weights + v * 16);
        for (std::size_t r = 0; r < kRows; ++r) fours[r][v].Add(some, bytes[r]);
      }
    }
    for (std::size_t r = 0; r < kRows; ++r) {
      std::int32_t sums[kPanel];
      for (std::size_t v = 0; v < 4; ++v) vst1q_s32(sums + v * 4, fours[r][v].Get());
      FinishPanel(w, rows, panel, row_sums[r], rows.zero - 128, sums, result + (row + r) * stride);
    }
  }
}

void MultiplyBytes(const ByteWeights& w, const ByteRows& rows, float* result, std::size_t stride) {
  InTiles<3>(rows.count, [&]<std::size_t kRows>(std::size_t row) {
    ByteTile<kRows>(w, rows, row, result, stride);
  });
}

/// Eight products at a time.
struct WordSums {
  static constexpr std::size_t kStep = 8;
  int32x4_t four = vdupq_n_s32(0);

  static int16x8_t Load(const std::int8_t* weights) { return vmovl_s8(vld1_s8(weights)); }
  void Add(int16x8_t weights, const std::int16_t* words) {
    const int16x8_t eight = vld1q_s16(words);
    four = vmlal_s16(four, vget_low_s16(weights), vget_low_s16(eight));
    four = vmlal_high_s16(four, weights, eight);
  }
  std::int32_t Total() const { return vaddvq_s32(four); }
};

void MultiplyWords(const WordWeights& w, const WordRows& rows, float* result, std::size_t stride) {
  MultiplyWordsBy<WordSums>(w, rows, result, stride);
}

}  // namespace
}  // namespace euphone::kernels
#endif
