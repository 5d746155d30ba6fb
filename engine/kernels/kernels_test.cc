#include "kernels/kernels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace euphone::kernels {
namespace {

using ::testing::FloatNear;
using ::testing::Pointwise;
using Numbers = std::vector<float>;

Numbers Random(std::size_t count, float size, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> each(-size, size);
  Numbers numbers(count);
  for (float& number : numbers) number = each(random);
  return numbers;
}

/// A bit for a bit, so that −0 is not 0.
bool SameBits(const Numbers& a, const Numbers& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

/// Weights of bytes and what they point to.
struct PackedBytesFixture {
  std::vector<std::uint8_t> raw, zeros;
  std::vector<std::int8_t> packed;
  std::vector<std::int32_t> sums, packed_zeros;
  Numbers scales, bias;
  ByteWeights weights;

  PackedBytesFixture(std::size_t inputs, std::size_t outputs, bool is_unsigned, unsigned seed)
      : raw(inputs * outputs),
        zeros(outputs),
        packed(PackedBytes(inputs, outputs)),
        sums(Padded(outputs)),
        packed_zeros(Padded(outputs)),
        scales(Random(Padded(outputs), 0.1F, seed)),
        bias(Random(Padded(outputs), 3.0F, seed + 1)) {
    std::mt19937 random(seed);
    for (std::uint8_t& byte : raw) byte = static_cast<std::uint8_t>(random());
    for (std::uint8_t& byte : zeros) byte = static_cast<std::uint8_t>(random());
    PackBytes(raw.data(), zeros.data(), is_unsigned, inputs, outputs, packed.data(), sums.data(),
              packed_zeros.data());
    weights = {packed.data(), inputs,        outputs,    packed_zeros.data(),
               sums.data(),   scales.data(), bias.data()};
  }
};

class EachKernels : public ::testing::TestWithParam<const Kernels*> {
 protected:
  const Kernels& k() const { return *GetParam(); }
  const Kernels& scalar() const { return *RunnableKernels().front(); }
};

TEST_P(EachKernels, MultipliesBytesByTheFormula) {
  const std::size_t inputs = 8, outputs = 18;
  for (const bool is_unsigned : {true, false}) {
    const PackedBytesFixture made(inputs, outputs, is_unsigned, 7);
    const std::vector<std::uint8_t> rows = {0, 255, 3, 128, 127, 1, 77, 200, 9, 8, 7, 6};
    const ByteRows table = {rows.data(), 4, 2, 0.5F, 100};  // The second row overlaps the first.
    Numbers result(2 * outputs);
    k().multiply_bytes(made.weights, table, result.data(), outputs);
    const auto number = [&](std::uint8_t byte) {
      return is_unsigned ? int{byte} : int{static_cast<std::int8_t>(byte)};
    };
    for (std::size_t row = 0; row < 2; ++row) {
      for (std::size_t o = 0; o < outputs; ++o) {
        int sum = 0;
        for (std::size_t i = 0; i < inputs; ++i) {
          sum += (rows[4 * row + i] - 100) *
                 (number(made.raw[i * outputs + o]) - number(made.zeros[o]));
        }
        const float expected = static_cast<float>(sum) * (0.5F * made.scales[o]) + made.bias[o];
        EXPECT_FLOAT_EQ(result[row * outputs + o], expected) << row << ' ' << o;
      }
    }
  }
}

TEST_P(EachKernels, GivesTheBitsOfTheScalarOnesForEveryProductOfBytes) {
  for (const std::size_t inputs : {4U, 36U, 180U, 2016U}) {
    for (const std::size_t outputs : {1U, 16U, 40U, 97U, 180U}) {
      PackedBytesFixture made(inputs, outputs, true, 3);
      for (const std::size_t count : {1U, 2U, 3U, 4U, 7U}) {
        std::mt19937 random(5);
        std::vector<std::uint8_t> rows(count * inputs);
        for (std::uint8_t& byte : rows) byte = static_cast<std::uint8_t>(random());
        const ByteRows table = {rows.data(), inputs, count, 0.013F, 131};
        Numbers expected(count * outputs), result(count * outputs);
        scalar().multiply_bytes(made.weights, table, expected.data(), outputs);
        k().multiply_bytes(made.weights, table, result.data(), outputs);
        EXPECT_TRUE(SameBits(result, expected)) << inputs << ' ' << outputs << ' ' << count;
      }
    }
  }
}

TEST_P(EachKernels, HoldsTheLargestSumsOfBytes) {
  PackedBytesFixture made(2016, 1, true, 3);
  std::ranges::fill(made.raw, std::uint8_t{255});
  std::ranges::fill(made.zeros, std::uint8_t{0});
  PackBytes(made.raw.data(), made.zeros.data(), true, 2016, 1, made.packed.data(), made.sums.data(),
            made.packed_zeros.data());
  made.scales[0] = 1.0F;
  made.bias[0] = 0.0F;
  const std::vector<std::uint8_t> row(2016, 255);
  float result = 0.0F;
  k().multiply_bytes(made.weights, {row.data(), 2016, 1, 1.0F, 0}, &result, 1);
  EXPECT_EQ(result, 2016.0F * 255 * 255);
}

TEST_P(EachKernels, GivesTheBitsOfTheScalarOnesForEveryProductOfWords) {
  for (const std::size_t inputs : {1U, 31U, 96U, 709U, 2048U}) {
    for (const std::size_t count : {1U, 2U, 3U, 4U, 9U}) {
      const std::size_t outputs = 5;
      std::mt19937 random(9);
      std::vector<std::int8_t> weights(inputs * outputs);
      for (std::int8_t& w : weights) w = static_cast<std::int8_t>(int(random() % 255) - 127);
      const Numbers rows = Random(inputs * count, 2.0F, 4), scales = Random(outputs, 0.1F, 2);
      std::vector<std::int16_t> words(rows.size()), expected_words(rows.size());
      Numbers row_scales(count);
      for (std::size_t i = 0; i < count; ++i) {
        row_scales[i] = k().quantise_words(&rows[i * inputs], inputs, &words[i * inputs]);
        const float expected =
            scalar().quantise_words(&rows[i * inputs], inputs, &expected_words[i * inputs]);
        EXPECT_EQ(row_scales[i], expected);
      }
      EXPECT_EQ(words, expected_words);
      const WordWeights w = {weights.data(), inputs, outputs, scales.data(), nullptr};
      Numbers expected(count * outputs), result(count * outputs);
      scalar().multiply_words(w, {words.data(), row_scales.data(), count}, expected.data(), 5);
      k().multiply_words(w, {words.data(), row_scales.data(), count}, result.data(), 5);
      EXPECT_TRUE(SameBits(result, expected)) << inputs << ' ' << count;
    }
  }
}

TEST_P(EachKernels, HoldsTheLargestSumsOfWords) {
  const std::vector<std::int8_t> weights(WordWeights::kMostInputs, -127);
  const std::vector<std::int16_t> words(WordWeights::kMostInputs, 8191);
  const float one = 1.0F;
  float result = 0.0F;
  k().multiply_words({weights.data(), WordWeights::kMostInputs, 1, &one, nullptr},
                     {words.data(), &one, 1}, &result, 1);
  EXPECT_EQ(result, -127.0F * 8191.0F * 2048.0F);
}

TEST_P(EachKernels, GivesTheBitsOfTheScalarOnesForEveryProductOfFloats) {
  for (const std::size_t columns : {16U, 48U, 80U, 288U}) {
    for (const std::size_t count : {1U, 3U, 6U}) {
      const std::size_t inputs = 37, stride = columns + 16;
      const Numbers table = Random(inputs * stride, 1.0F, 1), rows = Random(count * 40, 1.0F, 2);
      Numbers expected(count * columns), result(count * columns);
      const FloatWeights w = {table.data(), inputs, columns, stride};
      scalar().multiply_floats(w, {rows.data(), 40, count}, expected.data(), columns);
      k().multiply_floats(w, {rows.data(), 40, count}, result.data(), columns);
      EXPECT_TRUE(SameBits(result, expected)) << columns << ' ' << count;
      double sum = 0.0;
      for (std::size_t i = 0; i < inputs; ++i) sum += double{table[i * stride]} * rows[i];
      EXPECT_NEAR(result[0], sum, 1e-5);
    }
  }
}

TEST_P(EachKernels, GivesTheBitsOfTheScalarOnesForEveryFunctionOfRows) {
  for (const std::size_t count : {1U, 15U, 16U, 17U, 40U, 67U, 288U}) {
    const Numbers row = Random(count, 6.0F, 8), gains = Random(count, 1.0F, 1);
    const auto check = [&](const auto& function, const char* name) {
      Numbers expected = row, result = row;
      function(scalar(), expected);
      function(k(), result);
      EXPECT_TRUE(SameBits(result, expected)) << name << ' ' << count;
    };
    check([](const Kernels& f, Numbers& x) { f.gelu(x.data(), x.size()); }, "gelu");
    check([](const Kernels& f, Numbers& x) { f.tanh(x.data(), x.size()); }, "tanh");
    check([](const Kernels& f, Numbers& x) { f.softmax(x.data(), x.size()); }, "softmax");
    check([](const Kernels& f, Numbers& x) { f.log_softmax(x.data(), x.size()); }, "log_softmax");
    check(
        [&](const Kernels& f, Numbers& x) {
          f.normalise(x.data(), x.size(), gains.data(), gains.data(), 1e-5F, x.data());
        },
        "normalise");
    check(
        [&](const Kernels& f, Numbers& x) {
          f.scale_and_shift(x.data(), x.size(), 0.3F, 1.7F, gains.data(), gains.data(), x.data());
        },
        "scale_and_shift");
    check([&](const Kernels& f, Numbers& x) { f.add(gains.data(), x.size(), x.data()); }, "add");
    check(
        [](const Kernels& f, Numbers& x) {
          Numbers found(4);
          f.moments(x.data(), x.size(), found.data());
          f.range(x.data(), x.size(), &found[2], &found[3]);
          x = found;
        },
        "moments and range");
    std::vector<std::uint8_t> bytes(count), expected_bytes(count);
    k().quantise_bytes(row.data(), count, 0.05F, 117, bytes.data());
    scalar().quantise_bytes(row.data(), count, 0.05F, 117, expected_bytes.data());
    EXPECT_EQ(bytes, expected_bytes);
  }
}

TEST_P(EachKernels, KnowsItsFunctionsToSevenDigits) {
  for (float x = -20.0F; x < 20.0F; x += 0.0371F) {
    Numbers gelu = {x}, tanh = {x};
    k().gelu(gelu.data(), 1);
    k().tanh(tanh.data(), 1);
    EXPECT_NEAR(gelu[0], x * 0.5 * std::erfc(-double{x} / std::sqrt(2.0)), 5e-7) << x;
    EXPECT_NEAR(tanh[0], std::tanh(double{x}), 3e-7) << x;
  }
  Numbers ends = {std::numeric_limits<float>::max(), std::numeric_limits<float>::lowest()};
  k().gelu(ends.data(), 2);
  EXPECT_EQ(ends[0], std::numeric_limits<float>::max());
  EXPECT_EQ(ends[1], 0.0F);
}

TEST_P(EachKernels, SharesAddUpToOneAndLogsAreTheirs) {
  const Numbers row = Random(67, 30.0F, 6);
  Numbers shares = row, logs = row;
  k().softmax(shares.data(), shares.size());
  k().log_softmax(logs.data(), logs.size());
  double sum = 0.0, whole = 0.0;
  for (const float number : row) whole += std::exp(double{number});
  for (std::size_t i = 0; i < row.size(); ++i) {
    sum += shares[i];
    EXPECT_NEAR(logs[i], row[i] - std::log(whole), 1e-5);
    EXPECT_NEAR(shares[i], std::exp(double{row[i]}) / whole, 1e-6);
  }
  EXPECT_NEAR(sum, 1.0, 1e-6);
}

TEST_P(EachKernels, ScoresFarBelowTheOthersHaveNoShareAtAll) {
  Numbers row = {1.0F, -1e4F, 0.5F};
  k().softmax(row.data(), row.size());
  EXPECT_EQ(row[1], 0.0F);
}

TEST_P(EachKernels, GivesARowTheMeanZeroAndTheVarianceOne) {
  const Numbers row = {1, 3, 1, 3}, twice = {2, 2, 2, 2}, one = {0, 1, 0, 1};
  Numbers result(4);
  k().normalise(row.data(), 4, twice.data(), one.data(), 0.0F, result.data());
  EXPECT_THAT(result, Pointwise(FloatNear(1e-6F), {-2.0F, 3.0F, -2.0F, 3.0F}));
}

TEST_P(EachKernels, RoundsHalvesOfBytesToEvenOnesAndStaysInside) {
  const Numbers numbers = {0.5F, 1.5F, 2.5F, -0.5F, -500.0F, 500.0F};
  std::vector<std::uint8_t> bytes(6);
  k().quantise_bytes(numbers.data(), 6, 1.0F, 100, bytes.data());
  EXPECT_EQ(bytes, (std::vector<std::uint8_t>{100, 102, 102, 100, 0, 255}));
}

INSTANTIATE_TEST_SUITE_P(Runnable, EachKernels,
                         ::testing::ValuesIn(RunnableKernels().begin(), RunnableKernels().end()),
                         [](const auto& set) {
                           std::string name = set.param->name;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(Kernels, BeginWithTheScalarOnesAndTheBestAreTheLast) {
  EXPECT_STREQ(RunnableKernels().front()->name, "scalar");
  EXPECT_EQ(&BestKernels(), RunnableKernels().back());
}

TEST(FindByteScale, IsOnnxs) {
  EXPECT_EQ(FindByteScale(-1.0F, 1.55F).zero, 100);
  EXPECT_FLOAT_EQ(FindByteScale(-1.0F, 1.55F).scale, 0.01F);
  EXPECT_EQ(FindByteScale(0.0F, 0.0F).scale, 1.0F);
  EXPECT_EQ(FindByteScale(-2.0F, 0.0F).zero, 255);
}

}  // namespace
}  // namespace euphone::kernels
