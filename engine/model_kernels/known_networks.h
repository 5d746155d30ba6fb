#pragma once

#include "model/bundle.h"

namespace euphone {

/// Whether the kernels know every network of this bundle, by its structure; tells so without making
/// any ready, in less than a millisecond.
bool KernelsRun(const Bundle& bundle);

}  // namespace euphone
