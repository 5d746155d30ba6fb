#include "embed/encoder_weights.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <limits>
#include <string>

namespace euphone {
namespace {

using ::testing::HasSubstr;

constexpr std::size_t kTokens = 3;

EmbeddingEntry Small() {
  EmbeddingEntry entry;
  entry.spec.width = 2;
  entry.spec.max_tokens = 3;
  entry.layers = entry.heads = 1;
  entry.inner = 4;
  return entry;
}

/// Its parts in their order; the whole numbers count up, the others count up from a place on.
std::string File() {
  std::string file;
  float number = 1.0F;
  char byte = 1;
  const auto bytes = [&](std::size_t count) {
    while (count-- > 0) file += byte++;
  };
  const auto floats = [&](std::size_t count) {
    for (; count-- > 0; number += 1.0F)
      file.append(reinterpret_cast<const char*>(&number), sizeof number);
  };
  bytes(kTokens * 2);
  floats(kTokens + 3 * 2 + 2 * 2);
  for (int i = 0; i < 4; ++i) {
    bytes(4);
    floats(4);
  }
  floats(4);
  bytes(8);
  floats(8);
  bytes(8);
  floats(4);
  floats(4);
  return file;
}

Result<EncoderWeights> Read(const std::string& file) {
  return EncoderWeights::Read(std::as_bytes(std::span(file)), Small(), kTokens);
}

TEST(EncoderWeights, AreReadInTheOrderOfTheFormat) {
  const std::string file = File();
  const auto weights = Read(file);
  ASSERT_TRUE(weights) << weights.error().message;
  EXPECT_EQ(weights->words[5], 6);
  EXPECT_EQ(weights->word_scales, (std::vector<float>{1, 2, 3}));
  EXPECT_EQ(weights->places, (std::vector<float>{4, 5, 6, 7, 8, 9}));
  EXPECT_EQ(weights->first.shifts, (std::vector<float>{12, 13}));
  ASSERT_EQ(weights->layers.size(), 1u);
  const EncoderLayer& layer = weights->layers[0];
  EXPECT_EQ(layer.query.weights[0], 7);
  EXPECT_EQ(layer.query.scales, (std::vector<float>{14, 15}));
  EXPECT_EQ(layer.query.bias, (std::vector<float>{16, 17}));
  EXPECT_EQ(layer.out.bias, (std::vector<float>{28, 29}));
  EXPECT_EQ(layer.after_attention.factors, (std::vector<float>{30, 31}));
  EXPECT_EQ(layer.up.outputs, 4u);
  EXPECT_EQ(layer.up.inputs, 2u);
  EXPECT_EQ(layer.up.scales, (std::vector<float>{34, 35, 36, 37}));
  EXPECT_EQ(layer.down.inputs, 4u);
  EXPECT_EQ(layer.down.bias, (std::vector<float>{44, 45}));
  EXPECT_EQ(layer.after.shifts, (std::vector<float>{48, 49}));
}

TEST(EncoderWeights, OfAnotherSizeThanTheManifestMakesAreRefused) {
  for (const std::string& file : {File() + "x", File().substr(1), std::string()}) {
    const auto weights = Read(file);
    ASSERT_FALSE(weights);
    EXPECT_EQ(weights.error().code, Errc::kCorrupt);
    EXPECT_THAT(weights.error().message, HasSubstr("3 tokens make"));
  }
}

TEST(EncoderWeights, ThatAreNoNumbersAreRefused) {
  for (const float number : {std::numeric_limits<float>::quiet_NaN(),
                             -std::numeric_limits<float>::infinity(), 10'001.0F}) {
    std::string file = File();
    std::memcpy(file.data() + file.size() - sizeof number, &number, sizeof number);
    const auto weights = Read(file);
    ASSERT_FALSE(weights) << number;
    EXPECT_EQ(weights.error().code, Errc::kCorrupt);
  }
}

}  // namespace
}  // namespace euphone
