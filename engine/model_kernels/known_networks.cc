#include "model_kernels/known_networks.h"

#include <cstdint>
#include <variant>

#include "model_kernels/acoustic_weights.h"
#include "model_kernels/grapheme_weights.h"
#include "model_kernels/onnx_graph.h"
#include "model_kernels/scorer_weights.h"

namespace euphone {
namespace {

/// Whether the bundle's file with this role, if it has one, is a network of this structure.
bool Is(const Bundle& bundle, FileRole role, std::uint64_t structure) {
  const BundleFile* const file = bundle.manifest().Find(role);
  if (file == nullptr) return true;
  const auto graph = OnnxGraph::Read(bundle.bytes(file->path));
  return graph && graph->Structure() == structure;
}

}  // namespace

bool KernelsRun(const Bundle& bundle) {
  const auto& model = bundle.manifest().model;
  if (std::holds_alternative<GraphemeEntry>(model))
    return Is(bundle, FileRole::kModel, GraphemeWeights::kStructure);
  return std::holds_alternative<AcousticEntry>(model) &&
         Is(bundle, FileRole::kModel, AcousticWeights::kStructure) &&
         Is(bundle, FileRole::kScorer, ScorerWeights::kStructure);
}

}  // namespace euphone
