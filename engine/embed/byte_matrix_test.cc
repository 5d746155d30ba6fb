#include "embed/byte_matrix.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace euphone {
namespace {

using ::testing::FloatNear;
using ::testing::Pointwise;
using Numbers = std::vector<float>;

QuantisedRows Rows(const Numbers& numbers, std::size_t width) {
  QuantisedRows rows;
  rows.Assign(numbers, width);
  return rows;
}

TEST(QuantisedRows, GiveEachRowAScaleOfItsOwn) {
  const QuantisedRows rows = Rows({1.0F, -2.0F, 0.001F, 0.0F, 0.0F, 0.0F}, 2);
  ASSERT_EQ(rows.rows(), 3u);
  EXPECT_EQ(rows.row(0)[1], -8191);
  EXPECT_NEAR(static_cast<float>(rows.row(0)[0]) * rows.scale(0), 1.0, 1e-3);
  EXPECT_EQ(rows.row(1)[0], 8191);
  EXPECT_NEAR(static_cast<float>(rows.row(1)[0]) * rows.scale(1), 0.001, 1e-6);
  EXPECT_EQ(rows.row(2)[0], 0);
}

TEST(ByteMatrix, MultipliesAnyNumberOfRowsAndAddsItsBias) {
  const std::vector<std::int8_t> weights = {1, 2, 3, -4, 0, 127};
  const ByteMatrix matrix{.weights = weights.data(),
                          .inputs = 3,
                          .outputs = 2,
                          .scales = {0.5F, 2.0F},
                          .bias = {10.0F, -1.0F}};
  for (std::size_t count = 1; count < 10; ++count) {
    Numbers numbers, expected;
    for (std::size_t row = 0; row < count; ++row) {
      const auto x = static_cast<float>(row + 1);
      numbers.insert(numbers.end(), {x, -x, 0.5F * x});
      expected.insert(expected.end(), {10.0F + 0.25F * x, -1.0F + 119.0F * x});
    }
    Numbers result(count * 2);
    matrix.Apply(Rows(numbers, 3), result);
    EXPECT_THAT(result, Pointwise(FloatNear(0.3F), expected));
  }
}

TEST(ByteMatrix, HoldsTheLargestSums) {
  const std::vector<std::int8_t> weights(ByteMatrix::kMostInputs, -127);
  const ByteMatrix matrix{.weights = weights.data(),
                          .inputs = ByteMatrix::kMostInputs,
                          .outputs = 1,
                          .scales = {1.0F},
                          .bias = {0.0F}};
  Numbers result(1);
  matrix.Apply(Rows(Numbers(ByteMatrix::kMostInputs, 1.0F), ByteMatrix::kMostInputs), result);
  EXPECT_NEAR(result[0], -127.0 * 2048.0, 0.1);
}

}  // namespace
}  // namespace euphone
