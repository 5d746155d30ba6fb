#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/result.h"
#include "model/manifest.h"
#include "model_kernels/onnx_graph.h"
#include "model_kernels/weights.h"

namespace euphone {

/// A layer normalisation.
struct NormWeights {
  std::vector<float> gain, offset;
};
inline bool HasShape(const NormWeights& norm, std::size_t width) {
  return norm.gain.size() == width && norm.offset.size() == width;
}

struct ScorerBlock {
  NormWeights attention_norm, mlp_norm;
  WordProduct qkv, out, up, down;
};

/// One member of the ensemble, as training/euphone_train/models/scorer.py has it.
struct ScorerMember {
  WordProduct reduce;
  std::vector<float> phones, front, back, places;  ///< [any, width]
  std::vector<float> tokens;                       ///< [sentence scores, width]
  std::vector<ScorerBlock> blocks;
  NormWeights norm;
  WordProduct phone_head, word_head, sentence_head;
};

/// The scorer of the small bundle.
struct ScorerWeights {
  /// Of the graph that this reads.
  static constexpr std::uint64_t kStructure = 0x50246022f6f90d4e;
  static constexpr std::size_t kHeads = 4, kBlocks = 3;

  std::vector<float> mean, scale;  ///< [inputs], of what is described.
  std::vector<ScorerMember> members;
  std::size_t width = 0;

  /// Fails: kUnsupported for another network than this one; kCorrupt if its sizes do not fit each
  /// other or the manifest.
  static Result<ScorerWeights> Read(const OnnxGraph& graph, const ScorerEntry& entry);
};

}  // namespace euphone
