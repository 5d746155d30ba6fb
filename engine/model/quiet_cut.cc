#include "model/quiet_cut.h"

#include <algorithm>
#include <cassert>

namespace euphone {

std::size_t QuietCut(PcmView pcm, std::size_t most, SampleRate rate) {
  assert(pcm.size() > most && most >= 3);
  const std::size_t first = most - most / 3;
  const auto wanted = static_cast<std::size_t>(SamplesIn(Millis{200.0}, rate));
  const std::size_t length = std::clamp<std::size_t>(wanted, 1, most - first);
  const auto power = [&](std::size_t i) { return double{pcm[i]} * double{pcm[i]}; };
  double energy = 0.0;
  for (std::size_t i = first; i < first + length; ++i) energy += power(i);
  double least = energy;
  std::size_t quietest = first;
  for (std::size_t begin = first + 1; begin + length <= most; ++begin) {
    energy += power(begin + length - 1) - power(begin - 1);
    if (energy < least) {
      least = energy;
      quietest = begin;
    }
  }
  return quietest + length / 2;
}

}  // namespace euphone
