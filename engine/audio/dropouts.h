#pragma once

#include <cstddef>
#include <vector>

#include "base/units.h"

namespace euphone {

/// A place where samples were lost: silence or one value held, [begin, end), cut into a sound that
/// goes on behind it. Internal to this module.
struct Dropout {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Dropouts of 3 ms to 1 s, in order: a buffer that was not filled in time, a loose plug, a radio
/// link that breaks off. A sound that stops by itself, as before a p or t, or behind a noise gate,
/// fades first: what counts is a run of equal samples between two loud neighbours with sharp edges.
/// Flat tops of clipping do not count. `offset` (the mean) is taken off; `swing`: the highest
/// distance of a sample from it. Lossy coding after the loss hides it: only what still is flat is
/// found.
std::vector<Dropout> FindDropouts(PcmView pcm, SampleRate rate, double offset, double swing);

double SecondsOf(const std::vector<Dropout>& dropouts, SampleRate rate);

}  // namespace euphone
