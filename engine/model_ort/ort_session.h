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
#include "model_ort/model_options.h"

struct OrtSession;

namespace euphone {

enum class ElementType { kFloat, kInt64 };

/// One tensor in, [1, n], and tables out, float32 [1, rows, columns].
struct SessionSpec {
  std::string input;
  ElementType input_type = ElementType::kFloat;
  std::vector<std::string> outputs;
  std::size_t columns = 0;  ///< Of every output.
};

/// An ONNX model of the shape that this engine uses.
/// Thread: Run() may be called from several threads at once.
class InferenceSession {
 public:
  /// Loads the model of a bundle and checks its file (SHA-256, on a second thread meanwhile) and
  /// its inputs and outputs. Fails: kCorrupt, naming bundle and file; what OrtRuntime::Get gives.
  static Result<InferenceSession> Open(const Bundle& bundle, SessionSpec spec,
                                       const ModelOptions& options);

  /// One table per output, in the order of the spec, all with the same rows and finite values.
  /// REQUIRES: the element type of the spec; at least one element. Fails: kInternal.
  Result<std::vector<Matrix>> Run(std::span<const float> input) const;
  Result<std::vector<Matrix>> Run(std::span<const std::int64_t> input) const;

 private:
  struct Release {
    void operator()(OrtSession* session) const;
  };

  InferenceSession(std::unique_ptr<OrtSession, Release> session, SessionSpec spec,
                   std::string context)
      : session_(std::move(session)), spec_(std::move(spec)), context_(std::move(context)) {}
  Result<std::vector<Matrix>> RunBytes(std::span<const std::byte> input,
                                       std::size_t elements) const;

  std::unique_ptr<OrtSession, Release> session_;
  SessionSpec spec_;
  std::string context_;  ///< "bundle: file", for messages.
};

}  // namespace euphone
