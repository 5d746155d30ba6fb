#include "embed/byte_matrix.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace euphone {
namespace {

// 2048 inputs · 127 · 8191 < 2^31.
constexpr float kMost = 8191.0F;
static_assert(ByteMatrix::kMostInputs * 127 * 8191 < std::size_t{1} << 31);

/// A row of zeros has a scale, too, and its factor does not overflow.
constexpr float kLeast = 1e-30F;

/// Rows at a time, so that a weight is read once for all of them.
constexpr std::size_t kBlock = 4;

using Sums = std::array<std::int32_t, kBlock>;
using Rows = std::array<const std::int16_t*, kBlock>;

[[gnu::always_inline]] inline Sums Multiply(const std::int8_t* weights, const Rows& rows,
                                            std::size_t inputs) {
  std::int32_t a = 0, b = 0, c = 0, d = 0;
  for (std::size_t i = 0; i < inputs; ++i) {
    const auto weight = static_cast<std::int16_t>(weights[i]);
    a += weight * rows[0][i];
    b += weight * rows[1][i];
    c += weight * rows[2][i];
    d += weight * rows[3][i];
  }
  return {a, b, c, d};
}

using Multiplier = Sums (*)(const std::int8_t* weights, const Rows& rows, std::size_t inputs);

Sums MultiplyAnywhere(const std::int8_t* weights, const Rows& rows, std::size_t inputs) {
  return Multiply(weights, rows, inputs);
}

// The same sums in half of the time, where the compiler may use what nearly every processor since
// 2013 has. Those of ARM need no such choice.
#if defined(__x86_64__) && defined(__GNUC__)
[[gnu::target("avx2")]] Sums MultiplyWithAvx2(const std::int8_t* weights, const Rows& rows,
                                              std::size_t inputs) {
  return Multiply(weights, rows, inputs);
}
Multiplier BestMultiplier() {
  return __builtin_cpu_supports("avx2") ? MultiplyWithAvx2 : MultiplyAnywhere;
}
#else
Multiplier BestMultiplier() { return MultiplyAnywhere; }
#endif

}  // namespace

void QuantisedRows::Assign(std::span<const float> numbers, std::size_t width) {
  width_ = width;
  numbers_.resize(numbers.size());
  scales_.resize(numbers.size() / width);
  for (std::size_t row = 0; row < scales_.size(); ++row) {
    const auto from = numbers.subspan(row * width, width);
    float most = kLeast;
    for (const float number : from) most = std::max(most, std::abs(number));
    const float factor = kMost / most;
    scales_[row] = most / kMost;
    std::int16_t* const to = numbers_.data() + row * width;
    for (std::size_t i = 0; i < width; ++i) {
      const float number = from[i] * factor;
      to[i] = static_cast<std::int16_t>(number + (number < 0.0F ? -0.5F : 0.5F));
    }
  }
}

void ByteMatrix::Apply(const QuantisedRows& rows, std::span<float> result) const {
  static const Multiplier multiply = BestMultiplier();
  for (std::size_t begin = 0; begin < rows.rows(); begin += kBlock) {
    const std::size_t count = std::min(kBlock, rows.rows() - begin);
    Rows block;
    for (std::size_t i = 0; i < kBlock; ++i) block[i] = rows.row(begin + std::min(i, count - 1));
    for (std::size_t output = 0; output < outputs; ++output) {
      const Sums sums = multiply(weights + output * inputs, block, inputs);
      for (std::size_t i = 0; i < count; ++i) {
        result[(begin + i) * outputs + output] =
            bias[output] + scales[output] * rows.scale(begin + i) * static_cast<float>(sums[i]);
      }
    }
  }
}

}  // namespace euphone
