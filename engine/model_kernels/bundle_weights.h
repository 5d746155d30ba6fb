#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

#include "base/result.h"
#include "model/bundle.h"
#include "model_kernels/onnx_graph.h"

namespace euphone {

// What the three kinds of networks have in common when they are opened and have answered. Internal
// to this module.

/// "bundle: file", for messages. REQUIRES: a file with the role.
inline std::string ContextOf(const Bundle& bundle, FileRole role) {
  return bundle.name() + ": " + bundle.manifest().Find(role)->path;
}

/// The weights in the bundle's file with this role, by Weights::Read(). REQUIRES: that file. Fails:
/// kCorrupt for a damaged file; as OnnxGraph::Read and Weights::Read; messages begin with
/// ContextOf().
template <class Weights, class Entry>
Result<Weights> ReadWeights(const Bundle& bundle, FileRole role, const Entry& entry) {
  const std::string& path = bundle.manifest().Find(role)->path;
  if (auto intact = bundle.Verify(path); !intact) return intact.error();
  const auto graph = OnnxGraph::Read(bundle.bytes(path));
  if (!graph) return Prefixed(ContextOf(bundle, role), graph.error());
  auto weights = Weights::Read(*graph, entry);
  if (!weights) return Prefixed(ContextOf(bundle, role), weights.error());
  return weights;
}

/// Fails: kInternal for an answer that holds a number that is not finite.
inline Status CheckOutput(std::span<const float> numbers, const std::string& context) {
  if (std::ranges::all_of(numbers, [](float number) { return std::isfinite(number); })) return {};
  return Error{Errc::kInternal, context + ": an output holds numbers that are not finite"};
}

}  // namespace euphone
