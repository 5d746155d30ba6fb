#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/kernels.h"
#include "model_kernels/onnx_graph.h"

namespace euphone {

/// Weights for rows of bytes, packed as the kernels want them. May be moved.
class ByteProduct {
 public:
  std::size_t inputs() const { return inputs_; }
  std::size_t outputs() const { return outputs_; }
  kernels::ByteWeights view() const;

  /// `weights`: [inputs, outputs] of bytes with or without a sign; `zeros`, `scales` and `bias`
  /// (null: none): [outputs]. Empty if they do not fit each other or the kernels.
  static ByteProduct Pack(const OnnxTensor& weights, const OnnxTensor& zeros,
                          const OnnxTensor& scales, const OnnxTensor* bias);

 private:
  std::size_t inputs_ = 0, outputs_ = 0;
  std::vector<std::int8_t> packed_;
  std::vector<std::int32_t> sums_, zeros_;
  std::vector<float> scales_, bias_;
};

/// Weights for rows of 14 bits. May be moved.
class WordProduct {
 public:
  std::size_t inputs() const { return inputs_; }
  std::size_t outputs() const { return outputs_; }
  kernels::WordWeights view() const { return view(0, outputs_); }
  /// Of some of the outputs.
  kernels::WordWeights view(std::size_t first, std::size_t count) const;

  /// `weights`: [inputs, outputs] or several such tables, of which it takes the one at `part`;
  /// likewise `scales` and `bias` (null: none), [outputs]. Empty if they do not fit.
  static WordProduct Turn(const OnnxTensor& weights, const OnnxTensor& scales,
                          const OnnxTensor* bias, std::size_t part = 0);

 private:
  std::size_t inputs_ = 0, outputs_ = 0;
  std::vector<std::int8_t> turned_;
  std::vector<float> scales_, bias_;
};

/// Whether a product has weights, and maps so many numbers to so many.
template <class Product>
bool HasShape(const Product& product, std::size_t inputs, std::size_t outputs) {
  return outputs > 0 && product.inputs() == inputs && product.outputs() == outputs;
}

}  // namespace euphone
