#pragma once

#include <memory>

#include "base/result.h"
#include "model/acoustic_stream.h"
#include "model/bundle.h"
#include "model_ort/model_options.h"

namespace euphone {

/// Makes ready what an acoustic bundle hears live speech with: its section `live` where there is
/// one, else its acoustic model if that streams. The bundle may go afterwards. Fails: kUnsupported
/// if neither does; else as OpenAcousticModel.
Result<std::unique_ptr<StreamingModel>> OpenStreamingModel(const Bundle& bundle,
                                                           const ModelOptions& options = {});

}  // namespace euphone
