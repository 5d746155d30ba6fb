#pragma once

namespace euphone {

/// Between which pitches a voice is looked for, Hz. The floor also sets how much sound each
/// measurement sees: two of its periods. REQUIRES: 0 < floor < ceiling.
struct PitchRange {
  double floor_hz = 75.0;
  double ceiling_hz = 600.0;
};

}  // namespace euphone
