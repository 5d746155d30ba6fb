#include "retrieve/vectors.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

namespace euphone {
namespace {

static_assert(std::endian::native == std::endian::little, "vectors are kept little-endian");

constexpr float kMost = 127.0F;
/// Of a query's numbers, which are at most 1: 4,096 products of them and of 127 are below 2^31.
constexpr float kQueryScale = 4096.0F;

template <class Number>
void Put(std::string& bytes, Number number) {
  bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
}

}  // namespace

std::string PackVectors(std::span<const std::vector<float>> vectors) {
  std::string packed;
  for (const std::vector<float>& vector : vectors) {
    float most = std::numeric_limits<float>::min();
    for (const float number : vector) most = std::max(most, std::abs(number));
    Put(packed, most / kMost);
    for (const float number : vector)
      Put(packed, static_cast<std::int8_t>(std::lround(number / most * kMost)));
  }
  return packed;
}

Status VectorTable::Add(std::string_view packed) {
  const std::size_t each = sizeof(float) + width_;
  if (packed.size() % each != 0)
    return Error{Errc::kCorrupt, "vectors of a passage have another width"};
  for (; !packed.empty(); packed.remove_prefix(each)) {
    float scale = 0.0F;
    std::memcpy(&scale, packed.data(), sizeof scale);
    if (!std::isfinite(scale)) return Error{Errc::kCorrupt, "a vector's scale is no number"};
    scales_.push_back(scale);
    const auto* numbers = reinterpret_cast<const std::int8_t*>(packed.data() + sizeof scale);
    numbers_.insert(numbers_.end(), numbers, numbers + width_);
  }
  ends_.push_back(scales_.size());
  return {};
}

std::vector<Likeness> VectorTable::Compare(std::span<const float> query) const {
  // In whole numbers, which a compiler may add in any order, so that it adds many at once.
  std::vector<std::int16_t> whole(width_);
  std::ranges::transform(query, whole.begin(), [](float number) {
    return static_cast<std::int16_t>(std::lround(number * kQueryScale));
  });
  const auto product = [&](std::size_t vector) {
    const std::int8_t* const numbers = numbers_.data() + vector * width_;
    std::int32_t sum = 0;
    for (std::size_t n = 0; n < width_; ++n) sum += numbers[n] * whole[n];
    return static_cast<float>(sum) * scales_[vector] / kQueryScale;
  };
  std::vector<Likeness> all;
  std::size_t begin = 0;
  for (const std::size_t end : ends_) {
    Likeness& likeness = all.emplace_back();
    if (begin < end) likeness.text = product(begin);
    likeness.asked = likeness.text;
    for (std::size_t vector = begin + 1; vector < end; ++vector) {
      const float now = product(vector);
      likeness.asked = vector == begin + 1 ? now : std::max(likeness.asked, now);
    }
    begin = end;
  }
  return all;
}

}  // namespace euphone
