#pragma once

#include <memory>

#include "base/result.h"
#include "kernels/kernels.h"
#include "model/bundle.h"
#include "model/scoring_model.h"

namespace euphone {

/// Makes the scorer of a small bundle ready to run on our own kernels; the bundle may go
/// afterwards. Fails: kInvalidArgument if there is none; kUnsupported for another network than the
/// small scorer; kCorrupt for a damaged or unfitting file.
Result<std::unique_ptr<ScoringModel>> OpenKernelsScoringModel(
    const Bundle& bundle, const kernels::Kernels& functions = kernels::BestKernels());

}  // namespace euphone
