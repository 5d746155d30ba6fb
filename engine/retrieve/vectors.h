#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace euphone {

/// Vectors of a passage in the form in which they are kept: for each a float32 scale and `width`
/// int8 numbers, little-endian. What the numbers lose of a vector moves a product by less than
/// 0.005.
std::string PackVectors(std::span<const std::vector<float>> vectors);

/// How like a passage is to a query: dot products, −1 to 1; 0 for a passage without vectors.
struct Likeness {
  float text = 0.0F;   ///< Of its first vector.
  float asked = 0.0F;  ///< Of the nearest of the others, or of the first where there are none.
};

/// Vectors of passages, compared one by one: exact, and below 50,000 of them fast enough.
class VectorTable {
 public:
  /// `width` ≤ 4096.
  explicit VectorTable(std::size_t width) : width_(width) {}

  /// Those of the next passage; may be empty. Fails: kCorrupt for bytes that no vectors of this
  /// width make.
  Status Add(std::string_view packed);

  std::size_t size() const { return scales_.size(); }  ///< Vectors.

  /// Of each passage, in the order in which they were added. `query`: of `width`, of length 1.
  std::vector<Likeness> Compare(std::span<const float> query) const;

 private:
  std::size_t width_;
  std::vector<std::size_t> ends_;  ///< Of each passage's vectors.
  std::vector<float> scales_;
  std::vector<std::int8_t> numbers_;  ///< [size, width].
};

}  // namespace euphone
