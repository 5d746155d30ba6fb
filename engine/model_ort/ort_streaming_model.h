#pragma once

#include <memory>

#include "base/result.h"
#include "model/acoustic_stream.h"
#include "model/bundle.h"
#include "model/model_options.h"

namespace euphone {

/// Makes ready the model of an acoustic bundle to hear live speech. The bundle may go afterwards.
/// Fails: kUnsupported if it does not stream; else as OpenAcousticModel.
Result<std::unique_ptr<StreamingModel>> OpenStreamingModel(const Bundle& bundle,
                                                           const ModelOptions& options = {});

}  // namespace euphone
