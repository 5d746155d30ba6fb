#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/bundle.h"
#include "model/model_options.h"
#include "model_litert/litert_runtime.h"

namespace euphone {

/// What a LiteRT model is asked for; all tensors are float32.
struct LiteRtSpec {
  std::vector<std::string> inputs;  ///< The first one may be of any length, [1, length].
  std::vector<std::string> outputs;
};

/// A tensor that came out, row-major.
struct LiteRtTensor {
  std::vector<std::int64_t> shape;
  std::vector<float> numbers;
};

/// A LiteRT model with one signature. Internal to this module.
/// Memory: each run that goes on at once has an interpreter of its own, with weights packed for
/// this processor and room for the longest input so far; they are kept for the next run.
/// Thread: Run() may be called from several threads at once.
class LiteRtSession {
 public:
  /// Checks the digest of the file kModel, loads it and checks its inputs and outputs. Fails:
  /// kCorrupt, naming bundle and file; what LiteRtRuntime::Get gives.
  static Result<LiteRtSession> Open(const Bundle& bundle, LiteRtSpec spec,
                                    const ModelOptions& options);

  /// One tensor for each output of the spec, of whatever shape. `inputs` in the order of the spec.
  /// REQUIRES: as many of them. Fails: kInternal, naming bundle and file; also where another number
  /// of values is given than a tensor takes.
  Result<std::vector<LiteRtTensor>> Run(std::span<const std::span<const float>> inputs) const;

  const std::string& context() const { return context_; }  ///< "bundle: file", for messages.

  LiteRtSession(LiteRtSession&&) = default;
  LiteRtSession& operator=(LiteRtSession&&) = default;

 private:
  class Interpreter;
  struct Pool {
    std::mutex mutex;
    std::vector<std::unique_ptr<Interpreter>> idle;
  };
  struct Release {
    const litert::Api* api;
    void operator()(litert::Model* model) const { api->destroy_model(model); }
  };
  struct Ends;  ///< Which tensors of the model are those of the spec.

  LiteRtSession(const LiteRtRuntime& runtime, Bundle bundle, std::string context, int threads);

  Status ReadSignature(const LiteRtSpec& spec);
  Result<std::unique_ptr<Interpreter>> Make() const;

  const LiteRtRuntime* runtime_;
  Bundle bundle_;  ///< Holds the bytes of the model.
  std::string context_;
  int threads_;
  std::unique_ptr<litert::Model, Release> model_;
  std::shared_ptr<Ends> ends_;
  std::shared_ptr<Pool> pool_;
};

}  // namespace euphone
