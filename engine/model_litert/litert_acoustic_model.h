#pragma once

#include <memory>

#include "base/result.h"
#include "model/acoustic_model.h"
#include "model/acoustic_stream.h"
#include "model/bundle.h"
#include "model/model_options.h"

namespace euphone {

/// Whether the network of an acoustic bundle is a LiteRT (TensorFlow Lite) model: the name of the
/// file with the role model ends in ".tflite".
bool IsLiteRtBundle(const Bundle& bundle);

/// Makes the model of an acoustic bundle ready to run on LiteRT; the bundle may go afterwards.
/// Fails: kInvalidArgument for a bundle of another kind; kUnsupported for one whose model is not
/// LiteRT's; kCorrupt for a damaged or unfitting model file; kNotFound or kUnsupported for a
/// missing or unfitting library.
Result<std::unique_ptr<AcousticModel>> OpenLiteRtAcousticModel(const Bundle& bundle,
                                                               const ModelOptions& options = {});

/// The same to hear live speech. Fails: kUnsupported if the model does not stream; as above.
Result<std::unique_ptr<StreamingModel>> OpenLiteRtStreamingModel(const Bundle& bundle,
                                                                 const ModelOptions& options = {});

}  // namespace euphone
