#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "kernels/kernels.h"

// The functions on floats, written once and compiled for each set of instructions: a source defines
// how many floats it takes at a time, 4, 8 or 16. Everything has internal linkage and nothing of
// the standard library's is called, so that no other source ends up with instructions that its
// processor may not have.
#ifndef EUPHONE_LANES
#define EUPHONE_LANES 4
#endif

// Vectors are passed between functions of one source alone.
#pragma GCC diagnostic ignored "-Wpsabi"

namespace euphone::kernels {
namespace {

constexpr std::size_t kLanes = EUPHONE_LANES;
constexpr std::size_t kParts = kPanel / kLanes;  ///< Vectors of 16 floats.

typedef float Floats __attribute__((vector_size(4 * EUPHONE_LANES)));
typedef std::int32_t Ints __attribute__((vector_size(4 * EUPHONE_LANES)));
typedef std::int16_t Words __attribute__((vector_size(2 * EUPHONE_LANES)));
typedef std::uint8_t Bytes __attribute__((vector_size(EUPHONE_LANES)));

inline Floats Load(const float* from) {
  Floats loaded;
  std::memcpy(&loaded, from, sizeof loaded);
  return loaded;
}
template <class Vector, class Number>
inline void Store(const Vector& vector, Number* to) {
  std::memcpy(to, &vector, sizeof vector);
}
inline Floats All(float number) { return number - Floats{}; }
inline Floats Larger(Floats a, Floats b) { return a > b ? a : b; }
inline Floats Smaller(Floats a, Floats b) { return a < b ? a : b; }
inline float Larger(float a, float b) { return a > b ? a : b; }
inline float Smaller(float a, float b) { return a < b ? a : b; }

/// The last numbers, too few for a vector, and zeros behind them.
inline Floats LoadSome(const float* from, std::size_t count) {
  Floats loaded{};
  std::memcpy(&loaded, from, count * sizeof(float));
  return loaded;
}

/// Adding and subtracting it rounds to a whole number, halves to even ones.
constexpr float kRounder = 12582912.0F;
inline Floats Rounded(Floats x) { return (x + kRounder) - kRounder; }

/// e to the power of x, 0 below −87 (Cephes' expf).
inline Floats Exp(Floats x) {
  const Floats inside = Larger(Smaller(x, All(88.0F)), All(-87.0F));
  const Floats whole = Rounded(inside * 1.44269504F);
  const Floats r = (inside - whole * 0.693359375F) + whole * 2.12194440e-4F;
  Floats p = All(1.9875691500e-4F);
  p = p * r + 1.3981999507e-3F;
  p = p * r + 8.3334519073e-3F;
  p = p * r + 4.1665795894e-2F;
  p = p * r + 1.6666665459e-1F;
  p = p * r + 5.0000001201e-1F;
  p = (p * (r * r) + r) + 1.0F;
  const Ints power = (__builtin_convertvector(whole, Ints) + 127) << 23;
  Floats two;
  std::memcpy(&two, &power, sizeof two);
  const Floats result = p * two;
  return x < -87.0F ? Floats{} : result;
}

/// Abramowitz and Stegun 7.1.26 for the error function: off by at most 1.5e-7.
inline Floats GeluOf(Floats x) {
  const Floats size = (x < 0.0F ? -x : x) * 0.70710678F;
  const Floats t = 1.0F / (size * 0.3275911F + 1.0F);
  Floats p = All(1.061405429F);
  p = p * t - 1.453152027F;
  p = p * t + 1.421413741F;
  p = p * t - 0.284496736F;
  p = p * t + 0.254829592F;
  const Floats beyond = p * t * Exp(-(size * size)) * 0.5F;
  return x * (x < 0.0F ? beyond : 1.0F - beyond);
}

inline Floats TanhOf(Floats x) { return 1.0F - 2.0F / (Exp(x * 2.0F) + 1.0F); }

}  // namespace
}  // namespace euphone::kernels
