#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace euphone {

/// A number all of whose bits depend on all of `z`: the last step of SplitMix64.
constexpr std::uint64_t Stirred(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

/// A seeded source of chance, the same on every machine and compiler, unlike std::'s distributions:
/// SplitMix64 (Steele, Lea and Flood 2014). Not for secrets.
class Random {
 public:
  constexpr explicit Random(std::uint64_t seed) : state_(seed) {}

  constexpr std::uint64_t Next() { return Stirred(state_ += 0x9e3779b97f4a7c15u); }

  /// 0 ≤ index < count; the bias of the remainder is below count / 2^64. REQUIRES: count > 0.
  std::size_t Below(std::size_t count) { return Next() % count; }

  /// Uniform in [0, 1).
  double Unit() { return static_cast<double>(Next() >> 11) * 0x1.0p-53; }

 private:
  std::uint64_t state_;
};

/// A seed of its own for each name (FNV-1a), so that no draw depends on what was drawn before it.
inline std::uint64_t SeedFor(std::uint64_t seed, std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325u ^ seed;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return hash;
}

}  // namespace euphone
