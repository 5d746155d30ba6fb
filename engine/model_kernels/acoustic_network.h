#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "kernels/kernels.h"
#include "model_kernels/acoustic_weights.h"
#include "model_kernels/attention_ring.h"
#include "model_kernels/network_math.h"

namespace euphone {

/// Where the answer of a window goes; two rows for each of its steps.
struct AcousticTables {
  float* ctc = nullptr;       ///< [rows, classes], natural log.
  float* frames = nullptr;    ///< The same.
  float* features = nullptr;  ///< [rows, width]
};

/// One stretch of speech on its way through the network: what is carried from window to window, and
/// the memory for one window, all of which is taken when it is made.
class AcousticHearing {
 public:
  /// For windows of up to `steps` encoder frames; without `is_stream` for one window alone, whose
  /// frames look at nothing before it. `weights` and `functions` must outlive it.
  AcousticHearing(const AcousticWeights& weights, const kernels::Kernels& functions,
                  std::size_t steps, bool is_stream);

  /// Takes memory for windows of up to so many steps; what was heard stays.
  void Reserve(std::size_t steps);

  /// Hears the next window. REQUIRES: as many samples as the manifest says for `steps`; no more of
  /// these than there is memory for. Allocates nothing.
  void Hear(std::span<const float> pcm, std::size_t steps, const AcousticTables& tables);

  std::size_t kept_bytes() const { return kept_.bytes(); }  ///< From window to window.
  std::size_t work_bytes() const { return work_.bytes(); }  ///< For one window.

 private:
  std::size_t trunk_width() const { return w_.smooth.outputs(); }
  std::size_t local_width() const { return trunk_width() + w_.fine.outputs(); }
  NetworkMath math() const { return {k_, bytes_, words_}; }

  void Take(kernels::Arena& kept, kernels::Arena& work);
  void Norm(std::size_t rows);
  void Open(const float* pcm);
  void Pass(const AcousticLayer& layer, std::size_t number);
  void Close(const AcousticTables& tables);

  const AcousticWeights& w_;
  const kernels::Kernels& k_;
  Block kept_, work_;
  std::size_t room_ = 0;  ///< Steps that there is memory for.
  std::size_t n_ = 0;     ///< Steps of this window.
  AttentionRing ring_;
  float norm_[3] = {};      ///< Frames seen by the running norm, their mean, their mean square.
  float* tails_ = nullptr;  ///< [2, trunk], then [2, local]: what the heads look back at.

  float* first_ = nullptr;   ///< [6 n + 7, width], then the 12 ms map [2 n + 1, conv_width].
  float* x_ = nullptr;       ///< [n, width]
  float* normed_ = nullptr;  ///< [n, width or inner]
  float* mixed_ = nullptr;   ///< [n, width]
  float* wide_ = nullptr;    ///< Whatever is widest between two products.
  float* trunk_ = nullptr;   ///< [2 + 2 n, trunk]
  float* both_ = nullptr;    ///< [2 + 2 n, local]
  std::uint8_t* bytes_ = nullptr;
  std::int16_t* words_ = nullptr;
};

}  // namespace euphone
