#include "kernels/float_body.h"
#include "kernels/variants.h"

namespace euphone::kernels {
namespace {

void MultiplyBytes(const ByteWeights& w, const ByteRows& rows, float* result, std::size_t stride) {
  for (std::size_t row = 0; row < rows.count; ++row) {
    const std::uint8_t* const bytes = rows.bytes + row * rows.stride;
    const std::int32_t row_sum = SumOfBytes(bytes, w.inputs);
    const std::int8_t* weights = w.weights;
    for (std::size_t panel = 0; panel * kPanel < w.outputs; ++panel) {
      std::int32_t sums[kPanel] = {};
      for (std::size_t k = 0; k < w.inputs; k += kGroup) {
        for (std::size_t o = 0; o < kPanel; ++o, weights += kGroup) {
          for (std::size_t i = 0; i < kGroup; ++i) sums[o] += bytes[k + i] * weights[i];
        }
      }
      FinishPanel(w, rows, panel, row_sum, rows.zero, sums, result + row * stride);
    }
  }
}

void MultiplyWords(const WordWeights& w, const WordRows& rows, float* result, std::size_t stride) {
  for (std::size_t row = 0; row < rows.count; ++row) {
    const std::int16_t* const words = rows.words + row * w.inputs;
    for (std::size_t output = 0; output < w.outputs; ++output) {
      const std::int8_t* const weights = w.weights + output * w.inputs;
      std::int32_t sum = 0;
      for (std::size_t i = 0; i < w.inputs; ++i) sum += words[i] * weights[i];
      result[row * stride + output] = FinishWord(w, rows, row, output, sum);
    }
  }
}

}  // namespace

const Kernels kScalarKernels = EUPHONE_KERNELS("scalar");

}  // namespace euphone::kernels
