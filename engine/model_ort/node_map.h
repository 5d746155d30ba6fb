#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace euphone {

/// One operation of a network as it was run: after fusions, so that an execution provider that
/// compiles a part of the network shows that part as one.
struct PlacedNode {
  std::string name;
  std::string operation;  ///< "MatMulInteger"; a compiled part: a name of the provider's own.
  std::string provider;   ///< As ONNX Runtime calls it: "CPUExecutionProvider".
  std::int64_t microseconds = 0;  ///< Of its first run.
};

/// Which execution provider ran what, in the order of running.
struct NodeMap {
  std::vector<PlacedNode> nodes;

  /// Nodes that `provider` ran, without those that only copy between memories.
  std::size_t CountOn(std::string_view provider) const;
  /// Nodes that only copy between a device's memory and the processor's.
  std::size_t Copies() const;
  /// Partitions: a part that was compiled counts as one, others as long as one provider runs one
  /// node after the other.
  std::size_t Partitions() const;
};

/// Reads a profile that ONNX Runtime wrote (JSON, one event for each run of a node). Each node is
/// listed once. Fails: kCorrupt for what is not such a profile, or holds no node.
Result<NodeMap> ReadProfile(std::string_view json);

}  // namespace euphone
