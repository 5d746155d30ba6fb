#include "embed/byte_matrix.h"

#include "kernels/kernels.h"

namespace euphone {

void QuantisedRows::Assign(std::span<const float> numbers, std::size_t width) {
  width_ = width;
  numbers_.resize(numbers.size());
  scales_.resize(numbers.size() / width);
  for (std::size_t row = 0; row < scales_.size(); ++row) {
    scales_[row] = kernels::BestKernels().quantise_words(numbers.data() + row * width, width,
                                                         numbers_.data() + row * width);
  }
}

void ByteMatrix::Apply(const QuantisedRows& rows, std::span<float> result) const {
  kernels::BestKernels().multiply_words({weights, inputs, outputs, scales.data(), bias.data()},
                                        rows.view(), result.data(), outputs);
}

}  // namespace euphone
