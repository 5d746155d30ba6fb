#include "embed/layer_math.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace euphone {
namespace {

/// Published BERT models are computed with it.
constexpr float kEpsilon = 1e-12F;

/// The function between −8 and 8; beyond, it is 0 or x. The error function takes ten times as long.
constexpr int kReach = 8, kSteps = 128;
using GeluTable = std::array<float, 2 * kReach * kSteps + 2>;

GeluTable MakeGeluTable() {
  GeluTable table;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const double x = static_cast<double>(i) / kSteps - kReach;
    table[i] = static_cast<float>(x * 0.5 * std::erfc(-x / std::numbers::sqrt2));
  }
  return table;
}

/// In place; the largest becomes at most 1 before they are summed, so that nothing overflows.
void Softmax(std::span<float> scores) {
  const float most = *std::ranges::max_element(scores);
  float sum = 0.0F;
  for (float& score : scores) sum += score = std::exp(score - most);
  for (float& score : scores) score /= sum;
}

}  // namespace

void Normalise(const Norm& norm, std::span<float> rows) {
  const std::size_t width = norm.factors.size();
  for (; !rows.empty(); rows = rows.subspan(width)) {
    const auto row = rows.first(width);
    float mean = 0.0F, variance = 0.0F;
    for (const float number : row) mean += number;
    mean /= static_cast<float>(width);
    for (const float number : row) variance += (number - mean) * (number - mean);
    const float factor = 1.0F / std::sqrt(variance / static_cast<float>(width) + kEpsilon);
    for (std::size_t i = 0; i < width; ++i)
      row[i] = (row[i] - mean) * factor * norm.factors[i] + norm.shifts[i];
  }
}

void Gelu(std::span<float> numbers) {
  static const GeluTable table = MakeGeluTable();
  for (float& number : numbers) {
    if (number >= kReach) continue;
    const float place = (std::max(number, -float{kReach}) + kReach) * kSteps;
    const auto below = static_cast<std::size_t>(place);
    const float share = place - static_cast<float>(below);
    number = table[below] + share * (table[below + 1] - table[below]);
  }
}

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
      Softmax(scores);
      float* const to = result.data() + row * width + begin;
      for (std::size_t other = 0; other < rows; ++other) {
        const float* const from = value.data() + other * width + begin;
        for (std::size_t i = 0; i < each; ++i) to[i] += scores[other] * from[i];
      }
    }
  }
}

}  // namespace euphone
