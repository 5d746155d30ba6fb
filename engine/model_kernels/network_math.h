#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

#include "kernels/arena.h"
#include "kernels/kernels.h"
#include "model_kernels/weights.h"

namespace euphone {

/// Keeps a norm of silence finite; that of PyTorch, in which the networks were trained.
inline constexpr float kNormEpsilon = 1e-5F;

/// A block of memory as an Arena wants it.
class Block {
 public:
  Block() = default;
  explicit Block(std::size_t bytes)
      : bytes_(bytes), memory_(static_cast<std::byte*>(::operator new(bytes, kAlignment))) {}

  std::byte* get() const { return memory_.get(); }
  std::size_t bytes() const { return bytes_; }

 private:
  static constexpr std::align_val_t kAlignment{kernels::Arena::kAlignment};
  struct Free {
    void operator()(std::byte* memory) const { ::operator delete(memory, kAlignment); }
  };

  std::size_t bytes_ = 0;
  std::unique_ptr<std::byte, Free> memory_;
};

/// Rows of floats through linear layers, by way of memory that is large enough for them.
class NetworkMath {
 public:
  /// Rows that are quantised to 14 bits at once.
  static constexpr std::size_t kWordRows = 4;

  /// `bytes`: as many as any tensor has numbers; `words`: kWordRows rows.
  NetworkMath(const kernels::Kernels& kernels, std::uint8_t* bytes, std::int16_t* words)
      : kernels_(kernels), bytes_(bytes), words_(words) {}

  /// One scale for all of [count, width], which lie `stride` apart; then the product of rows that
  /// begin at every `step`-th number. Where rows overlap, `step` is less than the product's inputs.
  void Bytes(const ByteProduct& product, const kernels::FloatRows& table, std::size_t width,
             std::size_t step, std::size_t rows, float* result, std::size_t stride) const {
    float least = 0.0F, most = 0.0F;
    for (std::size_t i = 0; i < table.count; ++i) {
      float low = 0.0F, high = 0.0F;
      kernels_.range(table.numbers + i * table.stride, width, &low, &high);
      least = std::min(least, low);
      most = std::max(most, high);
    }
    const kernels::ByteScale scale = kernels::FindByteScale(least, most);
    for (std::size_t i = 0; i < table.count; ++i) {
      kernels_.quantise_bytes(table.numbers + i * table.stride, width, scale.scale, scale.zero,
                              bytes_ + i * width);
    }
    kernels_.multiply_bytes(product.view(), {bytes_, step, rows, scale.scale, scale.zero}, result,
                            stride);
  }

  /// Of rows that lie one behind the other and do not overlap.
  void Bytes(const ByteProduct& product, const float* numbers, std::size_t rows, float* result,
             std::size_t stride) const {
    const std::size_t width = product.inputs();
    Bytes(product, {numbers, 0, 1}, rows * width, width, rows, result, stride);
  }

  /// Each row with a scale of its own; they may overlap.
  void Words(const WordProduct& product, const kernels::FloatRows& rows, float* result) const {
    Words(product.view(), rows, result);
  }
  void Words(const kernels::WordWeights& weights, const kernels::FloatRows& rows,
             float* result) const {
    const std::size_t width = weights.inputs;
    for (std::size_t begin = 0; begin < rows.count; begin += kWordRows) {
      const std::size_t count = std::min(kWordRows, rows.count - begin);
      float scales[kWordRows];
      for (std::size_t i = 0; i < count; ++i) {
        scales[i] = kernels_.quantise_words(rows.numbers + (begin + i) * rows.stride, width,
                                            words_ + i * width);
      }
      kernels_.multiply_words(weights, {words_, scales, count}, result + begin * weights.outputs,
                              weights.outputs);
    }
  }

  const kernels::Kernels& kernels() const { return kernels_; }

 private:
  const kernels::Kernels& kernels_;
  std::uint8_t* bytes_;
  std::int16_t* words_;
};

}  // namespace euphone
