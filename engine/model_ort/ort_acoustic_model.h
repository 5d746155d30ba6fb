#pragma once

#include <memory>

#include "base/result.h"
#include "model/acoustic_model.h"
#include "model/bundle.h"
#include "model/model_options.h"

namespace euphone {

/// Makes the model of an acoustic bundle ready to run on ONNX Runtime; the bundle may go
/// afterwards. Its Run() also fails with kInvalidArgument on a sample that is not finite. Fails:
/// kInvalidArgument for a bundle of another kind; kCorrupt for a damaged or unfitting model file;
/// kNotFound or kUnsupported for a missing or too old ONNX Runtime.
Result<std::unique_ptr<AcousticModel>> OpenAcousticModel(const Bundle& bundle,
                                                         const ModelOptions& options = {});

}  // namespace euphone
