#if defined(__x86_64__)
#define EUPHONE_LANES 16
#include <immintrin.h>

#include "kernels/float_body.h"
#include "kernels/variants.h"

namespace euphone::kernels {
namespace {

inline __m512i LoadAll(const void* from) { return _mm512_loadu_si512(from); }

/// 32 products at a time.
struct WordSums {
  static constexpr std::size_t kStep = 32;
  __m512i sixteen = _mm512_setzero_si512();

  static __m512i Load(const std::int8_t* weights) {
    return _mm512_cvtepi8_epi16(
        _mm256_loadu_si256(static_cast<const __m256i*>(static_cast<const void*>(weights))));
  }
  void Add(__m512i weights, const std::int16_t* words) {
    sixteen = _mm512_dpwssd_epi32(sixteen, weights, LoadAll(words));
  }
  /// By way of memory: GCC 12 warns of its own header's way.
  std::int32_t Total() const {
    __m256i halves[2];
    Store(sixteen, halves);
    const __m256i eight = _mm256_add_epi32(halves[0], halves[1]);
    const __m128i four =
        _mm_add_epi32(_mm256_castsi256_si128(eight), _mm256_extracti128_si256(eight, 1));
    const __m128i two = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0b01001110));
    return _mm_cvtsi128_si32(_mm_add_epi32(two, _mm_shuffle_epi32(two, 0b10110001)));
  }
};

template <std::size_t kRows, std::size_t kPanels>
inline void BytePanels(const ByteWeights& w, const ByteRows& rows, std::size_t row,
                       std::size_t panel, const std::int32_t* row_sums, float* result,
                       std::size_t stride) {
  const std::size_t panel_bytes = w.inputs * kPanel;
  const std::int8_t* weights = w.weights + panel * panel_bytes;
  const std::uint8_t* const from = rows.bytes + row * rows.stride;
  __m512i sums[kRows][kPanels];
  for (auto& of_row : sums)
    for (__m512i& some : of_row) some = _mm512_setzero_si512();
  for (std::size_t k = 0; k < w.inputs; k += kGroup, weights += kPanel * kGroup) {
    __m512i some[kPanels];
    for (std::size_t p = 0; p < kPanels; ++p) some[p] = LoadAll(weights + p * panel_bytes);
    for (std::size_t r = 0; r < kRows; ++r) {
      std::int32_t group;
      std::memcpy(&group, from + r * rows.stride + k, sizeof group);
      const __m512i bytes = _mm512_set1_epi32(group);
      for (std::size_t p = 0; p < kPanels; ++p)
        sums[r][p] = _mm512_dpbusd_epi32(sums[r][p], bytes, some[p]);
    }
  }
  for (std::size_t r = 0; r < kRows; ++r) {
    for (std::size_t p = 0; p < kPanels; ++p) {
      std::int32_t numbers[kPanel];
      Store(sums[r][p], numbers);
      FinishPanel(w, rows, panel + p, row_sums[r], rows.zero, numbers, result + (row + r) * stride);
    }
  }
}

template <std::size_t kRows>
inline void ByteTile(const ByteWeights& w, const ByteRows& rows, std::size_t row, float* result,
                     std::size_t stride) {
  std::int32_t row_sums[kRows];
  for (std::size_t r = 0; r < kRows; ++r)
    row_sums[r] = SumOfBytes(rows.bytes + (row + r) * rows.stride, w.inputs);
  const std::size_t panels = Padded(w.outputs) / kPanel;
  std::size_t panel = 0;
  for (; panel + 4 <= panels; panel += 4)
    BytePanels<kRows, 4>(w, rows, row, panel, row_sums, result, stride);
  for (; panel + 2 <= panels; panel += 2)
    BytePanels<kRows, 2>(w, rows, row, panel, row_sums, result, stride);
  if (panel < panels) BytePanels<kRows, 1>(w, rows, row, panel, row_sums, result, stride);
}

void MultiplyBytes(const ByteWeights& w, const ByteRows& rows, float* result, std::size_t stride) {
  InTiles<4>(rows.count, [&]<std::size_t kRows>(std::size_t row) {
    ByteTile<kRows>(w, rows, row, result, stride);
  });
}

void MultiplyWords(const WordWeights& w, const WordRows& rows, float* result, std::size_t stride) {
  MultiplyWordsBy<WordSums>(w, rows, result, stride);
}

}  // namespace

const Kernels kAvx512VnniKernels = EUPHONE_KERNELS("avx512-vnni");

}  // namespace euphone::kernels
#endif
