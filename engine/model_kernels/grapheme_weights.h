#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/result.h"
#include "model/manifest.h"
#include "model_kernels/onnx_graph.h"
#include "model_kernels/scorer_weights.h"
#include "model_kernels/weights.h"

namespace euphone {

struct GraphemeLayer {
  NormWeights attention_norm, feed_forward_norm;
  std::vector<float> distance_bias;  ///< [2 reach + 1, heads]
  ByteProduct query, key, value, out, expand, contract;
};

/// From letters to phones, as training/euphone_train/g2p/model.py has it.
struct GraphemeWeights {
  /// Of the graph that this reads.
  static constexpr std::uint64_t kStructure = 0x641d6e36cc31268d;
  static constexpr std::size_t kFeedbackAfter = 2, kLayers = 4, kFramesPerLetter = 2;

  std::vector<float> embedding;  ///< [letters, embedding width]
  ByteProduct mix, head, feedback;
  NormWeights norm;
  std::vector<GraphemeLayer> layers;
  std::size_t window = 0;  ///< Letters seen to each side by the input layer.
  std::size_t heads = 0;

  std::size_t width() const { return mix.outputs(); }

  /// Fails: kUnsupported for another network than this one; kCorrupt if its sizes do not fit each
  /// other or the manifest.
  static Result<GraphemeWeights> Read(const OnnxGraph& graph, const GraphemeEntry& entry);
};

}  // namespace euphone
