#pragma once

#include <cstddef>

#include "kernels/arena.h"
#include "kernels/kernels.h"

namespace euphone {

/// Sizes of the attention of an encoder.
struct AttentionSizes {
  std::size_t layers = 0, heads = 0, head_width = 0;
  std::size_t left = 0;  ///< Frames of the past that a window may look at; 0: there is no past.
  const float* frequencies = nullptr;  ///< [head_width] of the rotation, equal in pairs; or null.
  /// [2 reach + 1, heads], what is added for how far a key lies behind the query; or null. Only
  /// without a past.
  const float* distance_bias = nullptr;
  std::size_t reach = 0;
  std::size_t inner() const { return heads * head_width; }
};

/// Attention of a window to itself and to what was heard before it (Vaswani et al. 2017), with
/// rotated positions (Su et al. 2021) or none. Keys and values lie in rings, keys turned to where
/// they stand: frame number i is in slot i % slots for as long as windows may look at it. Nothing
/// is moved from window to window.
class AttentionRing {
 public:
  AttentionRing(const AttentionSizes& sizes, const kernels::Kernels& kernels)
      : sizes_(sizes), kernels_(kernels) {}

  /// Takes memory for windows of up to `steps` frames, `kept` from window to window. The kept one
  /// must be all zero. REQUIRES: nothing was heard, or Adopt() follows.
  void Take(std::size_t steps, kernels::Arena& kept, kernels::Arena& work);

  /// Takes over what another ring of the same sizes has heard.
  void Adopt(const AttentionRing& other);

  /// A window of n frames begins: n ≤ steps.
  void Begin(std::size_t n);
  /// `keys_and_values`: [n, 2 inner] of the window; the keys are turned there.
  void Keep(std::size_t layer, float* keys_and_values);
  /// `queries`: [n, inner], turned and scaled there; `result`: [n, inner].
  void Attend(std::size_t layer, float* queries, float* result);
  /// The window is over.
  void End() { heard_ += frames_; }

 private:
  /// Queries that look at their keys at once.
  static constexpr std::size_t kQueries = 16;

  std::size_t kept_layers() const { return sizes_.left == 0 ? 1 : sizes_.layers; }
  std::size_t padded_slots() const { return kernels::Padded(slots_); }
  std::size_t value_stride() const;
  float* KeysOf(std::size_t layer) const;
  float* ValuesOf(std::size_t layer) const;
  bool IsGone(std::size_t slot) const;
  void Turn(float* row, std::size_t frame) const;
  void Bias(std::size_t head, std::size_t query, float* row) const;

  AttentionSizes sizes_;
  const kernels::Kernels& kernels_;
  std::size_t slots_ = 0;
  std::size_t heard_ = 0;     ///< Frames before the window.
  std::size_t frames_ = 0;    ///< Of the window.
  float* keys_ = nullptr;     ///< [kept layers, inner, padded slots]
  float* values_ = nullptr;   ///< [kept layers, slots, value_stride]
  float* cosines_ = nullptr;  ///< [steps, head_width]
  float* sines_ = nullptr;    ///< The same.
  float* scores_ = nullptr;   ///< [kQueries, padded slots]
  float* looked_ = nullptr;   ///< [kQueries, padded head_width]
};

}  // namespace euphone
