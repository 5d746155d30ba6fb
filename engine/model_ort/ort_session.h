#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/matrix.h"
#include "base/result.h"
#include "model/bundle.h"
#include "model/model_options.h"
#include "model_ort/node_map.h"
#include "model_ort/profile_folder.h"

struct OrtSession;

namespace euphone {

enum class ElementType { kFloat, kInt64, kBool };

/// Extents of a tensor. As a wish, kAny stands for one of at least 1.
using Shape = std::vector<std::int64_t>;
inline constexpr std::int64_t kAny = -1;

struct InputSpec {
  std::string name;
  ElementType type = ElementType::kFloat;
};

/// Which file of a bundle to run, and its tensors; outputs are float32.
struct SessionSpec {
  FileRole file = FileRole::kModel;
  std::vector<InputSpec> inputs;
  std::vector<std::string> outputs;
  bool profiled = false;  ///< Notes what runs where, until it is asked for.
};

/// A tensor to put in, row-major. Refers to the caller's numbers.
struct InputTensor {
  InputTensor(std::span<const float> numbers, Shape extents)
      : bytes(std::as_bytes(numbers)), shape(std::move(extents)) {}
  InputTensor(std::span<const std::int64_t> numbers, Shape extents)
      : bytes(std::as_bytes(numbers)), type(ElementType::kInt64), shape(std::move(extents)) {}
  InputTensor(std::span<const bool> flags, Shape extents)
      : bytes(std::as_bytes(flags)), type(ElementType::kBool), shape(std::move(extents)) {}

  std::span<const std::byte> bytes;
  ElementType type = ElementType::kFloat;
  Shape shape;
};

/// A tensor that came out, row-major.
struct OutputTensor {
  Shape shape;
  std::vector<float> numbers;
};

/// An ONNX model of the kind that this engine uses.
/// Thread: Run() may be called from several threads at once.
class InferenceSession {
 public:
  /// Loads one file of a bundle and checks it (SHA-256, on a second thread meanwhile) and its
  /// inputs and outputs. REQUIRES: a file with the role. Fails: kCorrupt, naming bundle and file;
  /// kUnsupported, where the device of the options cannot be had or cannot run it; what
  /// OrtRuntime::Get gives.
  static Result<InferenceSession> Open(const Bundle& bundle, SessionSpec spec,
                                       const ModelOptions& options);

  /// One tensor per wish, in the order of the spec, of the shapes wished for and with finite
  /// values; outputs behind the last wish are not computed. REQUIRES: inputs and wishes in the
  /// order of the spec; as many numbers as the shapes say. Fails: kInternal, naming bundle, file
  /// and output.
  Result<std::vector<OutputTensor>> Run(std::span<const InputTensor> inputs,
                                        std::span<const Shape> wishes) const;

  /// What ran where since the session was opened; from now on it is no longer noted. REQUIRES:
  /// profiled, not asked for before, and a run. Fails: kInternal, kIo.
  Result<NodeMap> TakeNodeMap();

  const std::string& context() const { return context_; }  ///< "bundle: file", for messages.

 private:
  struct Release {
    void operator()(OrtSession* session) const;
  };

  InferenceSession(std::unique_ptr<OrtSession, Release> session, SessionSpec spec,
                   std::string context, ProfileFolder profile)
      : profile_(std::move(profile)),
        session_(std::move(session)),
        spec_(std::move(spec)),
        context_(std::move(context)) {}

  ProfileFolder profile_;  ///< Outlives the session, which writes into it.
  std::unique_ptr<OrtSession, Release> session_;
  SessionSpec spec_;
  std::string context_;
};

/// Takes over the numbers as a table with so many columns; what stands before and between them are
/// rows. REQUIRES: a multiple of `columns`.
inline Matrix AsTable(OutputTensor tensor, std::size_t columns) {
  return {tensor.numbers.size() / columns, columns, std::move(tensor.numbers)};
}

}  // namespace euphone
