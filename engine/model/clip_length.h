#pragma once

#include "base/result.h"
#include "base/units.h"
#include "model/acoustic_model.h"

namespace euphone {

/// Whether a model may hear the clip at once. Fails: kInvalidArgument (too short), kTooLarge.
Status CheckClipLength(PcmView pcm, const AcousticSpec& spec);

}  // namespace euphone
