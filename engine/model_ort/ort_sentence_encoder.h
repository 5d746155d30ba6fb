#pragma once

#include <memory>

#include "base/result.h"
#include "model/bundle.h"
#include "model/sentence_encoder.h"
#include "model_ort/model_options.h"

namespace euphone {

/// Makes the model of an embedding bundle ready to run; the bundle may go afterwards. Its Run()
/// also fails with kInvalidArgument on a token outside the bundle's list. Fails as
/// OpenAcousticModel.
Result<std::unique_ptr<SentenceEncoder>> OpenSentenceEncoder(const Bundle& bundle,
                                                             const ModelOptions& options = {});

}  // namespace euphone
