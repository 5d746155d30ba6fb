#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/result.h"
#include "model/manifest.h"
#include "model_kernels/onnx_graph.h"
#include "model_kernels/weights.h"

namespace euphone {

/// What one layer of the encoder multiplies and normalises by.
struct AcousticLayer {
  std::vector<float> attention_norm, mlp_norm;  ///< [width]
  ByteProduct query, out, up, down;
  WordProduct keys_and_values;  ///< [width] to keys and values, each [heads * head_width].
};

/// The small acoustic network, as training/euphone_train/export/lean_graph.py writes it.
struct AcousticWeights {
  /// Of the graph that this reads.
  static constexpr std::uint64_t kStructure = 0xab0e4a22aa1e4fd6;

  std::vector<float> taps;          ///< Of the first convolution, [kernel, padded width].
  std::size_t kernel = 0;           ///< Samples that one of its frames sees.
  std::vector<float> gain, offset;  ///< [width]
  ByteProduct second_in, second_out;
  WordProduct third_in, third_out;
  std::vector<AcousticLayer> layers;
  std::vector<float> frequencies;  ///< [head_width] of the rotation, pair by pair; 0: not turned.
  std::vector<float> share;        ///< [layers], of the mix.
  ByteProduct reduce, smooth, fine, local, ctc, frames;

  std::size_t width() const { return gain.size(); }
  std::size_t conv_width() const { return second_out.outputs(); }
  std::size_t inner() const { return layers.front().query.outputs(); }
  std::size_t heads = 0, head_width = 0;
  std::size_t left = 0;  ///< Frames of the past that a window may look at.

  /// `entry` is that of the bundle. Fails: kUnsupported for another network than this one;
  /// kCorrupt if its sizes do not fit each other or the manifest.
  static Result<AcousticWeights> Read(const OnnxGraph& graph, const AcousticEntry& entry);
};

}  // namespace euphone
