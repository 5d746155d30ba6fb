#pragma once

#include <memory>

#include "base/result.h"
#include "kernels/kernels.h"
#include "model/acoustic_model.h"
#include "model/acoustic_stream.h"
#include "model/bundle.h"

namespace euphone {

/// Makes the small acoustic model of a bundle ready to run on our own kernels, without a runtime;
/// the bundle may go afterwards. Its Run() and its limits are those of the model on ONNX Runtime.
/// Fails: kInvalidArgument for a bundle of another kind; kUnsupported for another network than the
/// small one; kCorrupt for a damaged or unfitting model file.
Result<std::unique_ptr<AcousticModel>> OpenKernelsAcousticModel(
    const Bundle& bundle, const kernels::Kernels& functions = kernels::BestKernels());

/// The same for live speech. Fails: kUnsupported also if the bundle does not stream.
/// Its streams allocate nothing for a window but the tables that they give back.
Result<std::unique_ptr<StreamingModel>> OpenKernelsStreamingModel(
    const Bundle& bundle, const kernels::Kernels& functions = kernels::BestKernels());

}  // namespace euphone
