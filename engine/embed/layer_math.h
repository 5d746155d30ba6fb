#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace euphone {

/// Factors and shifts of a layer normalisation (Ba, Kiros and Hinton 2016).
struct Norm {
  std::vector<float> factors, shifts;
};

/// Makes each row's mean 0 and its variance 1, then applies the norm. `rows`: [any, width].
void Normalise(const Norm& norm, std::span<float> rows);

/// x · Φ(x), the Gaussian error linear unit (Hendrycks and Gimpel 2016), of each number.
void Gelu(std::span<float> numbers);

/// What each row attends to, head by head (Vaswani et al. 2017): softmax(query · keyᵀ / √(width of
/// a head)) · value. All: [rows, width]; REQUIRES: heads divides width.
struct Attention {
  std::size_t width = 0, heads = 0;
  void Apply(std::span<const float> query, std::span<const float> key, std::span<const float> value,
             std::span<float> result) const;
};

}  // namespace euphone
