#pragma once

#include <memory>

#include "base/result.h"
#include "model/bundle.h"
#include "model/model_options.h"
#include "model/recogniser.h"

namespace euphone {

/// Makes the model of a recogniser bundle ready to run; the bundle may go afterwards. It always
/// takes the likeliest token. Fails: kInvalidArgument for another kind of bundle; kCorrupt for
/// tokens that cannot be read or do not fit the manifest; as OpenAcousticModel.
Result<std::unique_ptr<Recogniser>> OpenRecogniser(const Bundle& bundle,
                                                   const ModelOptions& options = {});

}  // namespace euphone
