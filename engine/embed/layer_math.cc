#include "embed/layer_math.h"

#include <algorithm>
#include <cmath>

#include "kernels/kernels.h"

namespace euphone {
namespace {

/// Published BERT models are computed with it.
constexpr float kEpsilon = 1e-12F;

}  // namespace

void Normalise(const Norm& norm, std::span<float> rows) {
  const std::size_t width = norm.factors.size();
  for (; !rows.empty(); rows = rows.subspan(width)) {
    const auto row = rows.first(width);
    kernels::BestKernels().normalise(row.data(), width, norm.factors.data(), norm.shifts.data(),
                                     kEpsilon, row.data());
  }
}

void Gelu(std::span<float> numbers) { kernels::BestKernels().gelu(numbers.data(), numbers.size()); }

void Attention::Apply(std::span<const float> query, std::span<const float> key,
                      std::span<const float> value, std::span<float> result) const {
  const std::size_t each = width / heads, rows = query.size() / width;
  const float scale = 1.0F / std::sqrt(static_cast<float>(each));
  std::vector<float> turned(each * rows), scores(rows);
  std::ranges::fill(result, 0.0F);
  for (std::size_t begin = 0; begin < width; begin += each) {
    // Turned, so that the inner loops have neighbours to add.
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t i = 0; i < each; ++i)
        turned[i * rows + row] = key[row * width + begin + i] * scale;
    }
    for (std::size_t row = 0; row < rows; ++row) {
      std::ranges::fill(scores, 0.0F);
      for (std::size_t i = 0; i < each; ++i) {
        const float wanted = query[row * width + begin + i];
        for (std::size_t other = 0; other < rows; ++other)
          scores[other] += wanted * turned[i * rows + other];
      }
      kernels::BestKernels().softmax(scores.data(), rows);
      float* const to = result.data() + row * width + begin;
      for (std::size_t other = 0; other < rows; ++other) {
        const float* const from = value.data() + other * width + begin;
        for (std::size_t i = 0; i < each; ++i) to[i] += scores[other] * from[i];
      }
    }
  }
}

}  // namespace euphone
