#pragma once

#include "audio/quality.h"
#include "base/units.h"

namespace euphone {

/// Listens to a recording before anyone scores it: is there speech, and is it fit to be judged?
/// A severe finding withholds the score; the gate is tuned so that real recordings of children and
/// of accented speech do not get one (see the thresholds in quality_gate.cc).
/// `pcm`: mono, finite. Rate: kMinRate to kMaxRate of raw_format.h; bandwidth is seen to 8 kHz.
/// Pure; about 1,000 times faster than real time; memory 160 bytes per 16 ms.
QualityReport AssessQuality(PcmView pcm, SampleRate rate);

/// Adds to the report on what ReadRecording() gave what only the reader knows: the offset that it
/// took off, and that the recording was cut short. Analyzer does so.
void AddSourceFindings(const SourceFormat& source, QualityReport& report);

/// Adds what somebody else found out, behind what is as grave.
void AddFinding(Finding finding, QualityReport& report);

}  // namespace euphone
