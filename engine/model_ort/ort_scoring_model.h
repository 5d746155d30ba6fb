#pragma once

#include <memory>

#include "base/result.h"
#include "model/bundle.h"
#include "model/model_options.h"
#include "model/scoring_model.h"

namespace euphone {

/// Makes the scorer of an acoustic bundle ready to run; the bundle may go afterwards. Fails:
/// kInvalidArgument for a bundle without one; else as OpenAcousticModel.
Result<std::unique_ptr<ScoringModel>> OpenScoringModel(const Bundle& bundle,
                                                       const ModelOptions& options = {});

}  // namespace euphone
