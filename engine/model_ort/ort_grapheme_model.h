#pragma once

#include <memory>

#include "base/result.h"
#include "model/bundle.h"
#include "model/grapheme_model.h"
#include "model/model_options.h"

namespace euphone {

/// Makes the model of a G2P bundle ready to run; the bundle may go afterwards. Its Run() also fails
/// with kInvalidArgument on an id outside the letters. Fails as OpenAcousticModel.
Result<std::unique_ptr<GraphemeModel>> OpenGraphemeModel(const Bundle& bundle,
                                                         const ModelOptions& options = {});

}  // namespace euphone
