#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace euphone {

/// A constant of a graph; its numbers lie in the file. Element types are ONNX's.
struct OnnxTensor {
  enum Type { kFloat = 1, kUint8 = 2, kInt8 = 3, kInt64 = 7, kBool = 9 };

  int type = 0;
  std::vector<std::int64_t> shape;
  std::span<const std::byte> bytes;  ///< At any address.

  std::size_t size() const;                    ///< Numbers.
  std::vector<float> Floats() const;           ///< REQUIRES: kFloat.
  std::vector<std::int64_t> Integers() const;  ///< REQUIRES: kInt64.
  const std::uint8_t* Bytes() const;           ///< REQUIRES: kUint8 or kInt8.
};

struct OnnxNode {
  std::string_view kind;
  std::vector<std::string_view> inputs, outputs;
};

/// The nodes and constants of an ONNX file, as onnx.proto has them; as much of the format as the
/// exporters of this project's networks write. The bytes must outlive it.
class OnnxGraph {
 public:
  /// Fails: kCorrupt for what is no ONNX file; kUnsupported for constants in another file.
  static Result<OnnxGraph> Read(std::span<const std::byte> bytes);

  const std::vector<std::string_view>& inputs() const { return inputs_; }
  const std::vector<std::string_view>& outputs() const { return outputs_; }
  const std::vector<OnnxNode>& nodes() const { return nodes_; }
  /// Null if there is none.
  const OnnxTensor* constant(std::string_view name) const;

  /// Alike for networks that compute the same from weights of other values: of each node what it
  /// is, its attributes and where its inputs come from; of constants the type and the number of
  /// dimensions, and of single floats and of whole numbers of 64 bits, which are sizes, the values.
  std::uint64_t Structure() const;

 private:
  std::vector<std::string_view> inputs_, outputs_;
  std::vector<OnnxNode> nodes_;
  std::vector<std::string> attributes_;  ///< Of each node, as they lie in the file.
  std::map<std::string_view, OnnxTensor> constants_;
  /// Numbers that the file has not in one piece.
  std::vector<std::vector<std::byte>> unpacked_;
};

/// Goes along the nodes of a graph whose structure is known, and picks weights up.
class OnnxWalk {
 public:
  explicit OnnxWalk(const OnnxGraph& graph) : graph_(graph) {}

  /// The next node of this kind, behind the one given last. REQUIRES: there is one.
  const OnnxNode& To(std::string_view kind);
  /// The next one of which this input is a constant; gives the constant. REQUIRES: likewise.
  const OnnxTensor& ToConstant(std::string_view kind, std::size_t input);

  /// A constant input of the node given last. REQUIRES: it is one.
  const OnnxTensor& Constant(std::size_t input) const;

 private:
  const OnnxGraph& graph_;
  std::size_t next_ = 0;
};

}  // namespace euphone
