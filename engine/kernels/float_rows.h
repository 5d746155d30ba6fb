#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "kernels/float_lanes.h"
#include "kernels/kernels.h"

// The functions of Kernels on rows of floats; float_lanes.h says how they are compiled.
namespace euphone::kernels {
namespace {

template <class Function>
inline void Each(float* numbers, std::size_t count, Function function) {
  std::size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) Store(function(Load(numbers + i)), numbers + i);
  if (i == count) return;
  const Floats last = function(LoadSome(numbers + i, count - i));
  std::memcpy(numbers + i, &last, (count - i) * sizeof(float));
}

inline void Gelu(float* numbers, std::size_t count) { Each(numbers, count, GeluOf); }
inline void Tanh(float* numbers, std::size_t count) { Each(numbers, count, TanhOf); }

/// Sixteen numbers side by side, whatever the width of a vector.
struct Sixteen {
  Floats parts[kParts] = {};

  float sum() const {
    float numbers[kPanel];
    std::memcpy(numbers, parts, sizeof numbers);
    for (std::size_t half = kPanel / 2; half > 0; half /= 2) {
      for (std::size_t i = 0; i < half; ++i) numbers[i] += numbers[i + half];
    }
    return numbers[0];
  }
};

/// Numbers [at, at + 16) of a row that may end before, with zeros behind it.
inline Sixteen SixteenOf(const float* row, std::size_t at, std::size_t count) {
  Sixteen loaded;
  const std::size_t left = count - at < kPanel ? count - at : kPanel;
  std::memcpy(loaded.parts, row + at, left * sizeof(float));
  return loaded;
}

/// Σ f(number) in the one order; f(0) of what lies behind the end must be 0.
template <class Function>
inline float SumOf(const float* row, std::size_t count, Function f) {
  Sixteen sums;
  std::size_t at = 0;
  for (; at + kPanel <= count; at += kPanel) {
    for (std::size_t p = 0; p < kParts; ++p) sums.parts[p] += f(Load(row + at + p * kLanes));
  }
  if (at < count) {
    const Sixteen last = SixteenOf(row, at, count);
    for (std::size_t p = 0; p < kParts; ++p) sums.parts[p] += f(last.parts[p]);
  }
  return sums.sum();
}

inline void Moments(const float* row, std::size_t count, float* sums) {
  sums[0] += SumOf(row, count, [](Floats x) { return x; });
  sums[1] += SumOf(row, count, [](Floats x) { return x * x; });
}

inline void Range(const float* numbers, std::size_t count, float* least, float* most) {
  Floats low{}, high{};
  std::size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    const Floats x = Load(numbers + i);
    low = Smaller(low, x);
    high = Larger(high, x);
  }
  const Floats last = LoadSome(numbers + i, count - i);
  low = Smaller(low, last);
  high = Larger(high, last);
  *least = *most = 0.0F;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    *least = Smaller(*least, low[lane]);
    *most = Larger(*most, high[lane]);
  }
}

inline float LargestOf(const float* row, std::size_t count) {
  float most = row[0];
  Floats high = All(most);
  std::size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) high = Larger(high, Load(row + i));
  for (std::size_t lane = 0; lane < kLanes; ++lane) most = Larger(most, high[lane]);
  for (; i < count; ++i) most = Larger(most, row[i]);
  return most;
}

inline void Softmax(float* row, std::size_t count) {
  const Floats most = All(LargestOf(row, count));
  Each(row, count, [most](Floats x) { return Exp(x - most); });
  const Floats share = All(1.0F / SumOf(row, count, [](Floats x) { return x; }));
  Each(row, count, [share](Floats x) { return x * share; });
}

inline void LogSoftmax(float* row, std::size_t count) {
  const Floats most = All(LargestOf(row, count));
  Each(row, count, [most](Floats x) { return x - most; });
  // What lies behind the end counts as e to the power of 0, which is taken off again.
  const auto behind = static_cast<float>((kPanel - count % kPanel) % kPanel);
  const float sum = SumOf(row, count, Exp) - behind;
  const Floats log = All(__builtin_logf(sum));
  Each(row, count, [log](Floats x) { return x - log; });
}

inline void Normalise(const float* row, std::size_t count, const float* factors,
                      const float* shifts, float epsilon, float* result) {
  const auto width = static_cast<float>(count);
  const float mean = SumOf(row, count, [](Floats x) { return x; }) / width;
  for (std::size_t i = 0; i < count; ++i) result[i] = row[i] - mean;
  const float variance = SumOf(result, count, [](Floats x) { return x * x; }) / width;
  const float factor = 1.0F / __builtin_sqrtf(variance + epsilon);
  std::size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    Floats x = Load(result + i) * factor;
    if (factors != nullptr) x *= Load(factors + i);
    if (shifts != nullptr) x += Load(shifts + i);
    Store(x, result + i);
  }
  for (; i < count; ++i) {
    result[i] *= factor;
    if (factors != nullptr) result[i] *= factors[i];
    if (shifts != nullptr) result[i] += shifts[i];
  }
}

inline void Add(const float* others, std::size_t count, float* numbers) {
  for (std::size_t i = 0; i < count; ++i) numbers[i] += others[i];
}

inline void ScaleAndShift(const float* row, std::size_t count, float mean, float deviation,
                          const float* gains, const float* offsets, float* result) {
  for (std::size_t i = 0; i < count; ++i)
    result[i] = (row[i] - mean) / deviation * gains[i] + offsets[i];
}

inline void QuantiseBytes(const float* numbers, std::size_t count, float scale, std::int32_t zero,
                          std::uint8_t* bytes) {
  const auto whole = [scale, zero](Floats x) {
    Ints n = __builtin_convertvector(Rounded(x / scale), Ints) + zero;
    n = n < 0 ? Ints{} : n;
    n = n > 255 ? 255 - Ints{} : n;
    return __builtin_convertvector(n, Bytes);
  };
  std::size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) Store(whole(Load(numbers + i)), bytes + i);
  if (i == count) return;
  const Bytes last = whole(LoadSome(numbers + i, count - i));
  std::memcpy(bytes + i, &last, count - i);
}

/// 2048 inputs · 127 · 8191 < 2^31.
constexpr float kMostWord = 8191.0F;
static_assert(WordWeights::kMostInputs * 127 * 8191 < std::size_t{1} << 31);

inline float QuantiseWords(const float* numbers, std::size_t count, std::int16_t* words) {
  float least = 0.0F, most = 0.0F;
  Range(numbers, count, &least, &most);
  // A row of zeros has a scale, too, and its factor does not overflow.
  const float size = Larger(Larger(most, -least), 1e-30F);
  const float factor = kMostWord / size;
  const auto whole = [factor](Floats x) {
    const Floats scaled = x * factor;
    const Floats moved = scaled < 0.0F ? scaled - 0.5F : scaled + 0.5F;
    return __builtin_convertvector(__builtin_convertvector(moved, Ints), Words);
  };
  std::size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) Store(whole(Load(numbers + i)), words + i);
  if (i < count) {
    const Words last = whole(LoadSome(numbers + i, count - i));
    std::memcpy(words + i, &last, (count - i) * sizeof(std::int16_t));
  }
  return size / kMostWord;
}

}  // namespace
}  // namespace euphone::kernels
