#pragma once

#include <memory>

#include "base/result.h"
#include "model/bundle.h"
#include "model/grapheme_model.h"
#include "model_ort/model_options.h"

namespace euphone {

/// Makes the model of a G2P bundle ready to run; the bundle may go afterwards. Its Run() also fails
/// with kInvalidArgument on an id outside the letters. Fails as OpenAcousticModel.
Result<std::unique_ptr<GraphemeModel>> OpenGraphemeModel(const Bundle& bundle,
                                                         const ModelOptions& options = {});

/// The same, but made ready only by the first Run(): few texts hold a word that no dictionary
/// lists. What opening would have failed with, every Run() fails with. Fails: kInvalidArgument for
/// a bundle of another kind.
Result<std::unique_ptr<GraphemeModel>> DeferGraphemeModel(Bundle bundle,
                                                          const ModelOptions& options = {});

}  // namespace euphone
