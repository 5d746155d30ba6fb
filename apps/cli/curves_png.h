#pragma once

#include <string>

#include "base/result.h"
#include "curves/scene.h"

namespace euphone::cli {

/// A PNG of a scene on white, with twice as many pixels across as the scene has units, by Cairo,
/// which is loaded for it. Fails: kNotFound (no Cairo on this machine), kInternal.
Result<std::string> PngOf(const Scene& scene);

}  // namespace euphone::cli
