#include "retrieve/vectors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace euphone {
namespace {

using Vector = std::vector<float>;

TEST(VectorTable, TellsOfEachPassageTheLikenessOfItsTextAndOfItsNearestQuestion) {
  VectorTable table(2);
  ASSERT_TRUE(table.Add(PackVectors(std::vector<Vector>{{1, 0}})));
  ASSERT_TRUE(table.Add(""));
  ASSERT_TRUE(table.Add(PackVectors(std::vector<Vector>{{1, 0}, {-1, 0}, {0.6F, 0.8F}})));
  EXPECT_EQ(table.size(), 4u);
  const auto all = table.Compare(Vector{0, 1});
  ASSERT_EQ(all.size(), 3u);
  EXPECT_NEAR(all[0].text, 0.0, 0.005);
  EXPECT_NEAR(all[0].asked, 0.0, 0.005);
  EXPECT_EQ(all[1].text, 0.0F);
  EXPECT_NEAR(all[2].text, 0.0, 0.005);
  EXPECT_NEAR(all[2].asked, 0.8, 0.005);
  EXPECT_NEAR(table.Compare(Vector{-1, 0})[2].asked, 1.0, 0.005);
}

TEST(VectorTable, RefusesVectorsOfAnotherWidth) {
  VectorTable table(3);
  EXPECT_EQ(table.Add(PackVectors(std::vector<Vector>{{1, 0}})).error().code, Errc::kCorrupt);
  std::string bytes = PackVectors(std::vector<Vector>{{1, 0, 0}});
  bytes.replace(0, 4, "\xFF\xFF\xFF\xFF");
  EXPECT_EQ(table.Add(bytes).error().code, Errc::kCorrupt);
  EXPECT_TRUE(table.Compare(Vector{1, 0, 0}).empty());
}

TEST(VectorTable, LosesLittleOfAVector) {
  Vector one(384), other(384);
  double product = 0.0, squares = 0.0;
  for (std::size_t i = 0; i < one.size(); ++i) one[i] = std::sin(static_cast<float>(i * i));
  for (std::size_t i = 0; i < one.size(); ++i) other[i] = std::cos(static_cast<float>(3 * i));
  const auto normed = [&](Vector& vector) {
    squares = 0.0;
    for (const float number : vector) squares += double{number} * number;
    for (float& number : vector) number /= static_cast<float>(std::sqrt(squares));
  };
  normed(one);
  normed(other);
  for (std::size_t i = 0; i < one.size(); ++i) product += double{one[i]} * other[i];
  VectorTable table(384);
  ASSERT_TRUE(table.Add(PackVectors(std::vector<Vector>{one})));
  EXPECT_NEAR(table.Compare(other)[0].text, product, 0.005);
  EXPECT_NEAR(table.Compare(one)[0].text, 1.0, 0.005);
}

}  // namespace
}  // namespace euphone
