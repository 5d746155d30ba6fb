#pragma once

#include <string>

#include "base/result.h"
#include "model_litert/litert_api.h"

namespace euphone {

/// The LiteRT library of this process: loaded on first use, kept to the end, silent except for what
/// it returns. It computes on the processor (XNNPACK); no other accelerator is looked for. Internal
/// to this module. Thread: all functions may be called from several threads.
class LiteRtRuntime {
 public:
  /// Fails: kNotFound if the library is not there; kUnsupported if it lacks a function or refuses
  /// its environment. A failure is final.
  static Result<const LiteRtRuntime*> Get();

  /// The same for a library of this name, anew. For tests, and for Get().
  static Result<LiteRtRuntime> Load(const char* soname);

  const litert::Api& api() const { return api_; }
  litert::Environment* environment() const { return environment_; }

 private:
  litert::Api api_ = {};
  litert::Environment* environment_ = nullptr;
};

}  // namespace euphone
