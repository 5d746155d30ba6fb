#pragma once

#include <memory>

#include "base/result.h"
#include "kernels/kernels.h"
#include "model/bundle.h"
#include "model/grapheme_model.h"

namespace euphone {

/// Makes the model of a G2P bundle ready to run on our own kernels; the bundle may go afterwards.
/// Fails: kInvalidArgument for a bundle of another kind; kUnsupported for another network than the
/// one that the kernels know; kCorrupt for a damaged or unfitting file.
Result<std::unique_ptr<GraphemeModel>> OpenKernelsGraphemeModel(
    const Bundle& bundle, const kernels::Kernels& functions = kernels::BestKernels());

}  // namespace euphone
