#if defined(__x86_64__)
#define EUPHONE_LANES 8
#include <immintrin.h>

#include "kernels/float_body.h"
#include "kernels/variants.h"

namespace euphone::kernels {
namespace {

inline __m256i LoadWords(const std::int16_t* from) {
  return _mm256_loadu_si256(static_cast<const __m256i*>(static_cast<const void*>(from)));
}
inline __m256i LoadAsWords(const std::int8_t* from) {
  return _mm256_cvtepi8_epi16(
      _mm_loadu_si128(static_cast<const __m128i*>(static_cast<const void*>(from))));
}

/// Bytes are made words of first: products of bytes, added in pairs, do not fit into 16 bits.
template <std::size_t kRows>
inline void BytePanel(const ByteWeights& w, const ByteRows& rows, std::size_t row,
                      std::size_t panel, const std::int32_t* row_sums, float* result,
                      std::size_t stride) {
  const std::int8_t* weights = w.weights + panel * w.inputs * kPanel;
  const std::uint8_t* const from = rows.bytes + row * rows.stride;
  // Sums of pairs: each vector has four outputs.
  __m256i pairs[kRows][4];
  for (auto& of_row : pairs)
    for (__m256i& four : of_row) four = _mm256_setzero_si256();
  for (std::size_t k = 0; k < w.inputs; k += kGroup, weights += kPanel * kGroup) {
    __m256i bytes[kRows];
    for (std::size_t r = 0; r < kRows; ++r) {
      std::int32_t group;
      std::memcpy(&group, from + r * rows.stride + k, sizeof group);
      bytes[r] = _mm256_cvtepu8_epi16(_mm_set1_epi32(group));
    }
    for (std::size_t v = 0; v < 4; ++v) {
      const __m256i some = LoadAsWords(weights + v * 16);
      for (std::size_t r = 0; r < kRows; ++r)
        pairs[r][v] = _mm256_add_epi32(pairs[r][v], _mm256_madd_epi16(some, bytes[r]));
    }
  }
  for (std::size_t r = 0; r < kRows; ++r) {
    std::int32_t sums[kPanel];
    for (std::size_t v = 0; v < 4; v += 2) {
      const __m256i mixed = _mm256_hadd_epi32(pairs[r][v], pairs[r][v + 1]);
      Store(_mm256_permute4x64_epi64(mixed, 0b11011000), sums + v * 4);
    }
    FinishPanel(w, rows, panel, row_sums[r], rows.zero, sums, result + (row + r) * stride);
  }
}

template <std::size_t kRows>
inline void ByteTile(const ByteWeights& w, const ByteRows& rows, std::size_t row, float* result,
                     std::size_t stride) {
  std::int32_t row_sums[kRows];
  for (std::size_t r = 0; r < kRows; ++r)
    row_sums[r] = SumOfBytes(rows.bytes + (row + r) * rows.stride, w.inputs);
  for (std::size_t panel = 0; panel * kPanel < w.outputs; ++panel)
    BytePanel<kRows>(w, rows, row, panel, row_sums, result, stride);
}

void MultiplyBytes(const ByteWeights& w, const ByteRows& rows, float* result, std::size_t stride) {
  InTiles<3>(rows.count, [&]<std::size_t kRows>(std::size_t row) {
    ByteTile<kRows>(w, rows, row, result, stride);
  });
}

/// 16 products at a time.
struct WordSums {
  static constexpr std::size_t kStep = 16;
  __m256i eight = _mm256_setzero_si256();

  static __m256i Load(const std::int8_t* weights) { return LoadAsWords(weights); }
  void Add(__m256i weights, const std::int16_t* words) {
    eight = _mm256_add_epi32(eight, _mm256_madd_epi16(weights, LoadWords(words)));
  }
  std::int32_t Total() const {
    const __m128i four =
        _mm_add_epi32(_mm256_castsi256_si128(eight), _mm256_extracti128_si256(eight, 1));
    const __m128i two = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0b01001110));
    return _mm_cvtsi128_si32(_mm_add_epi32(two, _mm_shuffle_epi32(two, 0b10110001)));
  }
};

void MultiplyWords(const WordWeights& w, const WordRows& rows, float* result, std::size_t stride) {
  MultiplyWordsBy<WordSums>(w, rows, result, stride);
}

}  // namespace

const Kernels kAvx2Kernels = EUPHONE_KERNELS("avx2");

}  // namespace euphone::kernels
#endif
