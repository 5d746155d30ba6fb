#pragma once

#include <string>

#include "base/result.h"
#include "model/bundle.h"

namespace euphone {

/// The single file of a bundle: an uncompressed tar (ustar) of its manifest and the files that it
/// names, in the manifest's order, without times or owners, so that the same bundle is the same
/// bytes everywhere. Fails: kCorrupt, as Bundle::Verify; kInternal.
Result<std::string> PackBundle(const Bundle& bundle);

}  // namespace euphone
