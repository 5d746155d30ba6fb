#include "model_kernels/weights.h"

#include <algorithm>

namespace euphone {
namespace {

bool HoldsFloats(const OnnxTensor* tensor, std::size_t least) {
  return tensor == nullptr || (tensor->type == OnnxTensor::kFloat && tensor->size() >= least);
}

std::vector<float> Part(const OnnxTensor* tensor, std::size_t first, std::size_t count,
                        std::size_t padded) {
  if (tensor == nullptr) return {};
  const std::vector<float> all = tensor->Floats();
  std::vector<float> part(padded, 0.0F);
  std::copy_n(all.begin() + static_cast<std::ptrdiff_t>(first), count, part.begin());
  return part;
}

const float* DataOf(const std::vector<float>& numbers) {
  return numbers.empty() ? nullptr : numbers.data();
}

std::size_t Extent(const OnnxTensor& tensor, std::size_t from_behind) {
  return static_cast<std::size_t>(tensor.shape[tensor.shape.size() - from_behind]);
}

}  // namespace

kernels::ByteWeights ByteProduct::view() const {
  return {packed_.data(), inputs_,        outputs_,     zeros_.data(),
          sums_.data(),   scales_.data(), DataOf(bias_)};
}

ByteProduct ByteProduct::Pack(const OnnxTensor& weights, const OnnxTensor& zeros,
                              const OnnxTensor& scales, const OnnxTensor* bias) {
  const bool is_unsigned = weights.type == OnnxTensor::kUint8;
  if ((!is_unsigned && weights.type != OnnxTensor::kInt8) || weights.shape.size() != 2) return {};
  const std::size_t inputs = Extent(weights, 2), outputs = Extent(weights, 1);
  if (inputs % kernels::kGroup != 0 || inputs > 1U << 16 || zeros.type != weights.type ||
      zeros.size() != outputs || !HoldsFloats(&scales, outputs) || !HoldsFloats(bias, outputs))
    return {};
  ByteProduct product;
  product.inputs_ = inputs;
  product.outputs_ = outputs;
  const std::size_t padded = kernels::Padded(outputs);
  product.packed_.resize(kernels::PackedBytes(inputs, outputs));
  product.sums_.resize(padded);
  product.zeros_.resize(padded);
  kernels::PackBytes(weights.Bytes(), zeros.Bytes(), is_unsigned, inputs, outputs,
                     product.packed_.data(), product.sums_.data(), product.zeros_.data());
  product.scales_ = Part(&scales, 0, outputs, padded);
  product.bias_ = Part(bias, 0, outputs, padded);
  return product;
}

kernels::WordWeights WordProduct::view(std::size_t first, std::size_t count) const {
  return {turned_.data() + first * inputs_, inputs_, count, scales_.data() + first,
          bias_.empty() ? nullptr : bias_.data() + first};
}

WordProduct WordProduct::Turn(const OnnxTensor& weights, const OnnxTensor& scales,
                              const OnnxTensor* bias, std::size_t part) {
  if (weights.type != OnnxTensor::kInt8 || weights.shape.size() < 2) return {};
  const std::size_t inputs = Extent(weights, 2), outputs = Extent(weights, 1);
  if (inputs > kernels::WordWeights::kMostInputs ||
      weights.size() < (part + 1) * inputs * outputs ||
      !HoldsFloats(&scales, (part + 1) * outputs) || !HoldsFloats(bias, (part + 1) * outputs))
    return {};
  WordProduct product;
  product.inputs_ = inputs;
  product.outputs_ = outputs;
  product.turned_.resize(inputs * outputs);
  const std::uint8_t* const from = weights.Bytes() + part * inputs * outputs;
  for (std::size_t i = 0; i < inputs; ++i) {
    for (std::size_t o = 0; o < outputs; ++o) {
      const auto weight = static_cast<std::int8_t>(from[i * outputs + o]);
      if (weight == -128) return {};  // Sums of such might not fit.
      product.turned_[o * inputs + i] = weight;
    }
  }
  product.scales_ = Part(&scales, part * outputs, outputs, outputs);
  product.bias_ = Part(bias, part * outputs, outputs, outputs);
  return product;
}

}  // namespace euphone
