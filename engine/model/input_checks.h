#pragma once

#include <cstdint>
#include <span>

#include "base/result.h"
#include "base/units.h"
#include "model/acoustic_model.h"
#include "model/bundle.h"
#include "model/grapheme_model.h"

namespace euphone {

// What every runtime asks of what it is given, before it computes anything.

/// Whether a model may hear the clip at once. Fails: kInvalidArgument (too short), kTooLarge.
Status CheckClipLength(PcmView pcm, const AcousticSpec& spec);

/// Fails: kInvalidArgument for a sample that is not finite.
Status CheckFinite(PcmView pcm);

/// Fails: kInvalidArgument for no letters, and for one that the model does not know.
Status CheckLetters(std::span<const std::int64_t> letters, const GraphemeSpec& spec);

/// What the bundle says of its acoustic network. Fails: kInvalidArgument for another kind.
Result<const AcousticEntry*> AcousticEntryOf(const Bundle& bundle);

/// Fails: kUnsupported for a network that hears whole recordings only.
Status CheckStreams(const Bundle& bundle, const AcousticEntry& entry);

}  // namespace euphone
