#include "embed/layer_math.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace euphone {
namespace {

using ::testing::FloatNear;
using ::testing::Pointwise;
using Numbers = std::vector<float>;

TEST(Normalise, GivesEachRowTheMeanAndTheSpreadOfTheNorm) {
  Numbers rows = {1, 3, 100, 100};
  Normalise({.factors = {2, 2}, .shifts = {0, 1}}, rows);
  EXPECT_THAT(rows, Pointwise(FloatNear(1e-5F), {-2.0F, 3.0F, 0.0F, 1.0F}));
}

TEST(Gelu, IsAsItsFormulaSaysEverywhere) {
  for (float x = -20.0F; x < 20.0F; x += 0.0371F) {
    Numbers numbers = {x};
    Gelu(numbers);
    EXPECT_NEAR(numbers[0], x * 0.5 * std::erfc(-double{x} / std::sqrt(2.0)), 2e-5) << x;
  }
  Numbers ends = {std::numeric_limits<float>::max(), std::numeric_limits<float>::lowest()};
  Gelu(ends);
  EXPECT_EQ(ends[0], std::numeric_limits<float>::max());
  EXPECT_NEAR(ends[1], 0.0, 1e-6);
}

TEST(Attention, TakesTheValuesOfRowsWhoseKeysAreLikeTheQueryHeadByHead) {
  // The first head looks at the row with the key 1, the second one sees no difference.
  const Numbers query = {100, 0, 100, 0}, key = {1, 5, 0, 5}, value = {7, 1, 8, 3};
  Numbers result(4);
  Attention{.width = 2, .heads = 2}.Apply(query, key, value, result);
  EXPECT_THAT(result, Pointwise(FloatNear(1e-5F), {7.0F, 2.0F, 7.0F, 2.0F}));
}

TEST(Attention, DividesByTheRootOfAHeadsWidth) {
  const Numbers query = {1, 1, 1, 1}, key = {0, 0, 0, 0, 1, 1, 1, 1}, value(8);
  Numbers twice = query, values = value, result(8);
  twice.insert(twice.end(), query.begin(), query.end());
  for (std::size_t i = 4; i < 8; ++i) values[i] = 1.0F;
  Attention{.width = 4, .heads = 1}.Apply(twice, key, values, result);
  EXPECT_NEAR(result[0], 1.0 / (1.0 + std::exp(-2.0)), 1e-5);
}

TEST(Attention, StaysFiniteForLargeNumbers) {
  const Numbers large = {1e15F, -1e15F};
  Numbers result(2);
  Attention{.width = 1, .heads = 1}.Apply(large, large, large, result);
  EXPECT_EQ(result, large);
}

}  // namespace
}  // namespace euphone
