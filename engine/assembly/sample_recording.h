#pragma once

#include "audio/audio_reader.h"
#include "base/result.h"
#include "base/units.h"

namespace euphone {

/// A recording out of samples that a program has in memory: mono, at any rate of raw_format.h, in
/// [-1, 1]. They become what ReadRecording() makes of a file that holds them. Fails: as that.
Result<Recording> RecordingOf(PcmView samples, SampleRate rate);

}  // namespace euphone
