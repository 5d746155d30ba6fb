#pragma once

#include <functional>
#include <memory>

#include "base/result.h"
#include "model/bundle.h"
#include "model/grapheme_model.h"

namespace euphone {

using OpensGraphemeModel = std::function<Result<std::unique_ptr<GraphemeModel>>(const Bundle&)>;

/// A model of a G2P bundle that `open` makes ready only at the first Run(): few texts hold a word
/// that no dictionary lists. What opening fails with, every Run() fails with. `open` is called
/// once, by the thread that needs it. Fails: kInvalidArgument for a bundle of another kind.
Result<std::unique_ptr<GraphemeModel>> DeferGraphemeModel(Bundle bundle, OpensGraphemeModel open);

}  // namespace euphone
