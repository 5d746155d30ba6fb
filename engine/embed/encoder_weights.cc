#include "embed/encoder_weights.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <string>
#include <utility>

namespace euphone {
namespace {

static_assert(std::endian::native == std::endian::little, "bundles hold little-endian numbers");

constexpr float kMostSize = 10'000.0F;

/// Takes one part of the file after the other. REQUIRES: the file holds them.
class Parts {
 public:
  explicit Parts(std::span<const std::byte> file) : left_(file) {}

  const std::int8_t* Bytes(std::size_t count) {
    return reinterpret_cast<const std::int8_t*>(Take(count).data());
  }

  std::vector<float> Floats(std::size_t count) {
    std::vector<float> numbers(count);
    std::memcpy(numbers.data(), Take(count * sizeof(float)).data(), count * sizeof(float));
    sound_ = sound_ && std::ranges::all_of(
                           numbers, [](float number) { return std::abs(number) <= kMostSize; });
    return numbers;
  }

  ByteMatrix Matrix(std::size_t outputs, std::size_t inputs) {
    const std::int8_t* const weights = Bytes(outputs * inputs);
    std::vector<float> scales = Floats(outputs), bias = Floats(outputs);
    return {weights, inputs, outputs, std::move(scales), std::move(bias)};
  }

  Norm ReadNorm(std::size_t width) {
    std::vector<float> factors = Floats(width), shifts = Floats(width);
    return {std::move(factors), std::move(shifts)};
  }

  bool sound() const { return sound_; }

 private:
  std::span<const std::byte> Take(std::size_t count) {
    const auto part = left_.first(count);
    left_ = left_.subspan(count);
    return part;
  }

  std::span<const std::byte> left_;
  bool sound_ = true;
};

std::size_t SizeOf(const EmbeddingEntry& entry, std::size_t tokens) {
  const std::size_t width = entry.spec.width, inner = entry.inner;
  constexpr std::size_t kNumber = sizeof(float);
  const std::size_t words = tokens * (width + kNumber);
  const std::size_t places = (entry.spec.max_tokens + 2) * width * kNumber;
  const std::size_t products = 4 * width * width + 2 * width * inner;
  const std::size_t others = (2 * (5 * width + inner) + 4 * width) * kNumber;
  return words + places + entry.layers * (products + others);
}

EncoderLayer ReadLayer(Parts& parts, std::size_t width, std::size_t inner) {
  EncoderLayer layer;
  for (ByteMatrix* matrix : {&layer.query, &layer.key, &layer.value, &layer.out})
    *matrix = parts.Matrix(width, width);
  layer.after_attention = parts.ReadNorm(width);
  layer.up = parts.Matrix(inner, width);
  layer.down = parts.Matrix(width, inner);
  layer.after = parts.ReadNorm(width);
  return layer;
}

}  // namespace

Result<EncoderWeights> EncoderWeights::Read(std::span<const std::byte> file,
                                            const EmbeddingEntry& entry, std::size_t tokens) {
  if (const std::size_t size = SizeOf(entry, tokens); file.size() != size) {
    return Error{Errc::kCorrupt, "has " + std::to_string(file.size()) + " bytes instead of the " +
                                     std::to_string(size) + " that the sizes in the manifest and " +
                                     std::to_string(tokens) + " tokens make"};
  }
  const std::size_t width = entry.spec.width;
  Parts parts(file);
  EncoderWeights weights;
  weights.words = parts.Bytes(tokens * width);
  weights.word_scales = parts.Floats(tokens);
  weights.places = parts.Floats(entry.spec.max_tokens * width);
  weights.first = parts.ReadNorm(width);
  for (std::size_t layer = 0; layer < entry.layers; ++layer)
    weights.layers.push_back(ReadLayer(parts, width, entry.inner));
  if (!parts.sound()) return Error{Errc::kCorrupt, "holds numbers that are no weights"};
  return weights;
}

}  // namespace euphone
